#!/bin/sh
# Turns ROOT/opt/drill into two signed package repositories: debian (real packages) and proxmox (empty stand-in packages).
set -eu
root=$1

# Empty packages under the names the kernel pin asks for; the kernel file is what proxmox-boot-tool looks for.
stand_in_package() {
	name=$1 file=$2
	tree="$root/opt/drill/build/$name"
	mkdir -p "$tree/DEBIAN" "$tree/$(dirname "$file")"
	echo "stand-in for $name" >"$tree/$file"
	printf 'Package: %s\nVersion: 6.17.4-2\nArchitecture: amd64\nMaintainer: none <root@localhost>\nDescription: stand-in\n' "$name" \
		>"$tree/DEBIAN/control"
	mkdir -p "$root/opt/drill/proxmox/pool"
	chroot "$root" dpkg-deb --root-owner-group --build "/opt/drill/build/$name" "/opt/drill/proxmox/pool/$name.deb" >/dev/null
}
stand_in_package proxmox-kernel-6.17.4-2-pve-signed boot/vmlinuz-6.17.4-2-pve
stand_in_package proxmox-headers-6.17.4-2-pve usr/src/linux-headers-6.17.4-2-pve/Makefile
rm -rf "$root/opt/drill/build"

cat >"$root/opt/drill/index.sh" <<'INDEX'
set -eu
export GNUPGHOME=/opt/drill/gnupg
mkdir -m 0700 -p $GNUPGHOME
gpg --batch --quiet --passphrase '' --quick-gen-key drill@localhost ed25519 sign never
index() {
	cd "/opt/drill/$1"
	mkdir -p "dists/trixie/$2/binary-amd64"
	apt-ftparchive packages pool >"dists/trixie/$2/binary-amd64/Packages"
	apt-ftparchive -o APT::FTPArchive::Release::Suite=trixie -o APT::FTPArchive::Release::Codename=trixie \
		-o APT::FTPArchive::Release::Components="$2" -o APT::FTPArchive::Release::Architectures=amd64 \
		release dists/trixie >/opt/drill/Release
	mv /opt/drill/Release dists/trixie/Release
	gpg --batch --yes --quiet --clearsign --output dists/trixie/InRelease dists/trixie/Release
}
index debian main
index proxmox pve-no-subscription
for keyring in debian-archive-keyring proxmox-archive-keyring; do
	rm -f "/usr/share/keyrings/$keyring.gpg" && gpg --export >"/usr/share/keyrings/$keyring.gpg"
done
gpgconf --kill all
rm -rf $GNUPGHOME
INDEX
chroot "$root" sh /opt/drill/index.sh
rm "$root/opt/drill/index.sh"

rm -f "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/*
cat >"$root/etc/apt/sources.list.d/debian.sources" <<'SOURCES'
Types: deb
URIs: file:/opt/drill/debian
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
rm -rf "$root"/var/lib/apt/lists/*
chroot "$root" apt-get -qq update
# A fresh time stamp would make Ansible's cache_valid_time skip the update after a role adds a repository.
touch -d '2000-01-01' "$root/var/lib/apt/periodic/update-success-stamp" "$root/var/lib/apt/lists" 2>/dev/null ||
	touch -d '2000-01-01' "$root/var/lib/apt/lists"
