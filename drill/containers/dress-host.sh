#!/bin/sh
# Gives ROOT what a fresh Proxmox VE 9.1 host has and the roles rely on: files the installer leaves and units by name.
set -eu
root=$1

echo pve >"$root/etc/hostname"
cat >"$root/etc/hosts" <<'FILE'
127.0.0.1 localhost.localdomain localhost
192.168.88.10 pve.home.arpa pve
FILE
cat >"$root/etc/network/interfaces" <<'FILE'
auto lo
iface lo inet loopback

iface nic0 inet manual

auto vmbr0
iface vmbr0 inet static
	address 192.168.88.10/24
	gateway 192.168.88.1
	bridge-ports nic0
	bridge-stp off
	bridge-fd 0

source /etc/network/interfaces.d/*
FILE

# Debian's ifupdown2 writes here without making the folder; the one Proxmox VE ships does.
mkdir -p "$root/etc/iproute2/rt_tables.d"

for repository in pve-enterprise:pve:pve-enterprise ceph:ceph-squid:enterprise; do
	name=${repository%%:*} rest=${repository#*:}
	cat >"$root/etc/apt/sources.list.d/$name.sources" <<FILE
Types: deb
URIs: https://enterprise.proxmox.com/debian/${rest%:*}
Suites: trixie
Components: ${rest#*:}
Signed-By: /usr/share/keyrings/proxmox-archive-keyring.gpg
FILE
done

# pmxcfs holds root's keys; the link is what a host has, the folder behind it is plain here.
mkdir -p "$root/etc/pve/priv" "$root/etc/pve/nodes/pve/lxc" "$root/etc/pve/nodes/pve/qemu-server" "$root/root/.ssh"
chmod 0700 "$root/root/.ssh" "$root/etc/pve/priv"
: >"$root/etc/pve/priv/authorized_keys"
chmod 0600 "$root/etc/pve/priv/authorized_keys"
ln -sf /etc/pve/priv/authorized_keys "$root/root/.ssh/authorized_keys"
echo 'PermitRootLogin yes' >>"$root/etc/ssh/sshd_config"
echo '|/usr/bin/proxmox-mail-forward' >"$root/root/.forward"

sleeper() {
	mkdir -p "$root/etc/systemd/system/$1.service.d"
	cat >"$root/etc/systemd/system/$1.service.d/stand-in.conf" <<'UNIT'
[Unit]
ConditionVirtualization=
ConditionCapability=

[Service]
Type=exec
PIDFile=
ExecStartPre=
ExecStart=
ExecStart=/usr/bin/sleep infinity
UNIT
}
# These two want a clock to set and disks to watch, which a container has not; they only sleep here.
sleeper chrony
sleeper smartmontools
for unit in pvedaemon pveproxy pve-firewall pve-guests; do
	cat >"$root/etc/systemd/system/$unit.service" <<UNIT
[Unit]
Description=stand-in for $unit

[Service]
ExecStart=/usr/bin/sleep infinity

[Install]
WantedBy=multi-user.target
UNIT
	mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
	ln -sf "/etc/systemd/system/$unit.service" "$root/etc/systemd/system/multi-user.target.wants/$unit.service"
done
# The cluster file system comes up some time after the boot has begun, as a mount.
cat >"$root/etc/systemd/system/pve-cluster.service" <<'UNIT'
[Unit]
Description=stand-in for pve-cluster: /etc/pve as a mount

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'mountpoint -q /etc/pve || mount --bind /etc/pve /etc/pve'

[Install]
WantedBy=multi-user.target
UNIT
ln -sf /etc/systemd/system/pve-cluster.service "$root/etc/systemd/system/multi-user.target.wants/pve-cluster.service"
# Kernel settings belong to the machine that runs the drill: they are read here, never written.
cat >"$root/usr/local/sbin/sysctl" <<'FILE'
#!/bin/sh
echo "sysctl $*" >>/var/lib/pve-stand-ins/sysctl.log
FILE
chmod 0755 "$root/usr/local/sbin/sysctl"
mkdir -p "$root/var/lib/pve-stand-ins"

# Made anew at the first boot of each container, as on hosts that were installed and not copied.
rm -f "$root"/etc/ssh/ssh_host_*
: >"$root/etc/machine-id"
