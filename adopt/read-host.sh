#!/bin/sh
# Prints what a Proxmox VE host has, for `make adopt`. It reads and never writes; nothing of /etc/pve/priv is read, and
# passwords of cloud-init are left out. A line that begins with "@" names what follows; each line below it has a space before it.
# By hand, on the host:  sh read-host.sh > house.txt
set -u
section() { printf '@ %s\n' "$1"; }
content() { sed -E 's/^((ci)?password|lxc\.environment)([a-z.]*) *[:=].*/\1\3: hidden/; s/^/ /'; }
file() { [ -r "$1" ] || return 0; section "$1"; content <"$1"; }
# A program that is not there, or fails, leaves its section out; the reader says which are missing.
output() { name=$1; shift; text=$("$@" 2>/dev/null) || return 0; section "$name"; printf '%s\n' "$text" | content; }

section 'homelab-house 1'
output hostname hostname
output pveversion pveversion
output nproc nproc
file /proc/meminfo
file /etc/network/interfaces
file /etc/pve/storage.cfg
file /etc/pve/jobs.cfg
file /etc/pve/ha/resources.cfg
file /etc/pve/replication.cfg
for config in /etc/pve/nodes/*/lxc/*.conf /etc/pve/nodes/*/qemu-server/*.conf /etc/pve/firewall/*.fw; do file "$config"; done
output resources pvesh get /cluster/resources --type vm --output-format json
output zpool zpool list -Hp -o name,size,health
output zfs zfs list -Hp -t filesystem,volume -o name,used,mountpoint
for config in /etc/pve/lxc/*.conf; do
  [ -e "$config" ] || continue
  id=$(basename "$config" .conf)
  output "addresses $id" lxc-info -n "$id" -iH
  pid=$(lxc-info -n "$id" -pH 2>/dev/null) && [ -r "/proc/$pid/net/tcp" ] && output "tcp $id" cat "/proc/$pid/net/tcp" "/proc/$pid/net/tcp6"
done
section end
