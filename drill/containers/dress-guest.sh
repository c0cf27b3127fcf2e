#!/bin/sh
# Takes from ROOT what only a Proxmox VE host has, after dress-host.sh: what is left is a Debian 13 guest on the same wire.
set -eu
root=$1
rm -f "$root/etc/apt/sources.list.d/pve-enterprise.sources" "$root/etc/apt/sources.list.d/ceph.sources" "$root/root/.forward"
# No DNS server is on the wire: a name that /etc/hosts does not have is unknown at once.
sed -i 's/^hosts:.*/hosts: files/' "$root/etc/nsswitch.conf"
