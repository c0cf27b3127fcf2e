#!/bin/sh
# Builds the system of the drill machine: system.sh CACHE TOOLBOX OUTPUT
#
# OUTPUT is a folder with system.qcow2, vmlinuz, initrd.img and the key for root's login; written last and in one step.
# Debian 13 with OpenZFS, dressed as a Proxmox VE host like the drill containers. DRILL_WORK is a folder below CACHE for what
# is temporary. Needs root; see drill/README.md for the time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
containers="$here/../../containers"
cache=$1 toolbox=$2 output=$3

step() { echo "drill machine: $1" >&2; }
names() { sed 's/#.*//' "$@" | xargs | tr ' ' ,; }

work=$(mktemp -d -p "$DRILL_WORK")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
root="$work/root"

step 'unpacking Debian 13 (about a minute)'
"$here/debian-root.sh" "$root" "$(names "$containers/base.packages" "$here/system.packages")" \
	--essential-hook="'$here/small-initramfs.sh' \"\$1\"" \
	--customize-hook="'$here/zfs-provider.sh' \"\$1\"" \
	--customize-hook="'$containers/fetch-offline.sh' \"\$1\" '$here/offline.packages'"
kernel=$(ls "$root/lib/modules")
# shellcheck disable=SC2016  # a format of dpkg-query
zfs=$(chroot "$root" dpkg-query -W -f '${Version}' zfsutils-linux)

modules="$cache/zfs-$zfs-linux-$kernel"
if ! [ -d "$modules" ]; then
	step "building ZFS $zfs for Linux $kernel (five to eight minutes on two cores, kept for later)"
	"$here/zfs-modules.sh" "$kernel" "$zfs" "$modules"
fi

step 'dressing it as a Proxmox VE host'
mkdir -p "$root/lib/modules/$kernel/updates/dkms"
cp "$modules"/*.ko.xz "$root/lib/modules/$kernel/updates/dkms/"
chroot "$root" depmod "$kernel"
"$containers/make-repository.sh" "$root"
"$containers/dress-host.sh" "$root"
"$here/dress-machine.sh" "$root"
mkdir "$work/output"
ssh-keygen -q -t ed25519 -N '' -C drill -f "$work/output/key"
cat "$work/output/key.pub" >>"$root/etc/pve/priv/authorized_keys"

step 'writing the disk image'
cp "$root/boot/vmlinuz-$kernel" "$work/output/vmlinuz"
cp "$root/boot/initrd.img-$kernel" "$work/output/initrd.img"
"$here/in-toolbox.sh" "$toolbox" "$cache" mke2fs -q -t ext4 -d "$root" "$work/system.raw" 4G
"$here/in-toolbox.sh" "$toolbox" "$cache" qemu-img convert -O qcow2 "$work/system.raw" "$work/output/system.qcow2"
mv "$work/output" "$output"
step "ready: $output"
