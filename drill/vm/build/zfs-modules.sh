#!/bin/sh
# Builds ZFS's kernel modules in a throw-away Debian: zfs-modules.sh KERNEL ZFS_VERSION OUTPUT
#
# KERNEL as `uname -r` names it, ZFS_VERSION as Debian names it. Debian ships no built modules. Takes five to eight minutes on
# two cores. OUTPUT is a folder with spl.ko.xz and zfs.ko.xz, written last and in one step.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernel=$1 version=$2 output=$3

work=$(mktemp -d -p "$DRILL_WORK")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$here/debian-root.sh" "$work/root" "linux-headers-$kernel,kmod,xz-utils,zfs-dkms=$version"
# Its installation builds for the kernel that runs outside, when it finds headers for it; ours is asked for by name.
if ! [ -e "$work/root/lib/modules/$kernel/updates/dkms/zfs.ko.xz" ]; then
	source=$(chroot "$work/root" sh -c 'cd /usr/src && ls -d zfs-*' | sed 's/^zfs-//')
	chroot "$work/root" dkms install -m zfs -v "$source" -k "$kernel" >"$work/log" 2>&1 ||
		{ tail -n 30 "$work/log" >&2 && exit 1; }
fi
mkdir -p "$output.new"
cp "$work/root/lib/modules/$kernel/updates/dkms/"*.ko.xz "$output.new/"
mv "$output.new" "$output"
