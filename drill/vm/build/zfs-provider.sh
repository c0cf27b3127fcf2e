#!/bin/sh
# Hook of system.sh, before packages are downloaded: an empty package that says the ZFS modules are there, zfs-provider.sh ROOT.
# They come with the kernel, as they do on a Proxmox VE host. Otherwise zfs-zed would bring a compiler and build them again.
set -eu
root=$1
mkdir -p "$root/tmp/zfs-provider/DEBIAN"
cat >"$root/tmp/zfs-provider/DEBIAN/control" <<'FILE'
Package: zfs-provider
Version: 1
Architecture: all
Provides: zfs-modules
Maintainer: none <root@localhost>
Description: stand-in
FILE
chroot "$root" dpkg-deb --root-owner-group --build /tmp/zfs-provider /tmp/zfs-provider.deb >/dev/null
chroot "$root" dpkg --install /tmp/zfs-provider.deb >/dev/null
rm -r "$root/tmp/zfs-provider" "$root/tmp/zfs-provider.deb"
