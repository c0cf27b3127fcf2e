#!/bin/sh
# What a virtual machine needs beyond a container: dress-machine.sh ROOT.
set -eu
root=$1

echo '/dev/vda / ext4 defaults 0 1' >"$root/etc/fstab"
# The only network is QEMU's own, reached from outside through one forwarded port. ifupdown2 would take half of the boot.
mkdir -p "$root/etc/systemd/network"
cat >"$root/etc/systemd/network/eth0.network" <<'FILE'
[Match]
Name=eth0

[Network]
Address=10.0.2.15/24
Gateway=10.0.2.2
LinkLocalAddressing=no
FILE
sed -i 's/^192\.168\.88\.10/10.0.2.15/' "$root/etc/hosts"

# As the role pve-init leaves the package sources: without them no package list can be read offline.
sed -i '$a Enabled: no' "$root/etc/apt/sources.list.d/pve-enterprise.sources" "$root/etc/apt/sources.list.d/ceph.sources"

cat >"$root/etc/systemd/system/pvescheduler.service" <<'UNIT'
[Unit]
Description=stand-in for pvescheduler

[Service]
ExecStart=/usr/bin/sleep infinity
UNIT

# Every installation has its own host id. Copied systems would share one, and a foreign pool would look like our own.
rm -f "$root/etc/hostid"
cat >"$root/etc/systemd/system/drill-first-boot.service" <<'UNIT'
[Unit]
Description=Identity of a fresh installation
DefaultDependencies=no
After=systemd-remount-fs.service
Before=zfs-load-module.service zfs-import-cache.service zfs-import-scan.service ssh.service sysinit.target
ConditionPathExists=!/etc/hostid

[Service]
Type=oneshot
ExecStart=/usr/sbin/zgenhostid
ExecStart=/usr/bin/ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
UNIT
mkdir -p "$root/etc/systemd/system/sysinit.target.wants" "$root/etc/systemd/system/multi-user.target.wants"
ln -s ../drill-first-boot.service "$root/etc/systemd/system/sysinit.target.wants/"
ln -s ../pvescheduler.service "$root/etc/systemd/system/multi-user.target.wants/"
ln -s /usr/lib/systemd/system/systemd-networkd.service "$root/etc/systemd/system/multi-user.target.wants/"
# What only costs time here: mail is not delivered, packages are not refreshed, and a login needs no session of its own.
for unit in networking.service postfix.service apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer; do
	ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
sed -i '/pam_systemd/d' "$root/etc/pam.d/common-session"
# As on a host without a pool: nothing to import until somebody says so.
rm -f "$root/etc/zfs/zpool.cache"
