#!/bin/sh
# Inside a container: makes /opt/vendor/NAME a signed apt repository of one package: make-repository.sh NAME VERSION TREE SUITE COMPONENT
# KEY_OPTIONS, KEY_TYPE and KEY_EXPIRES make another key than a good one, e.g. '--cert-digest-algo SHA1'.
# TREE is the package as it is unpacked. The key goes to /opt/vendor/NAME/key.asc, its fingerprint to /opt/vendor/NAME/fingerprint.
set -eu
name=$1 version=$2 tree=$3 suite=$4 component=$5
vendor=/opt/vendor/$name
export GNUPGHOME="$vendor/gnupg"
mkdir -p "$vendor/pool" "$vendor/dists/$suite/$component/binary-amd64" "$tree/DEBIAN"
mkdir -p "$GNUPGHOME"
chmod 0700 "$GNUPGHOME"
{
	printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nMaintainer: none <root@localhost>\n' "$name" "$version"
	printf 'Depends: python3\nDescription: stand-in for %s, not the real program\n' "$name"
} >"$tree/DEBIAN/control"
dpkg-deb --root-owner-group --build "$tree" "$vendor/pool/$name.deb" >/dev/null
# shellcheck disable=SC2086  # options are several words
gpg --batch --quiet --passphrase '' ${KEY_OPTIONS:-} --quick-gen-key "$name@localhost" "${KEY_TYPE:-ed25519}" sign "${KEY_EXPIRES:-2y}"
cd "$vendor"
apt-ftparchive packages pool >"dists/$suite/$component/binary-amd64/Packages"
gzip -kf "dists/$suite/$component/binary-amd64/Packages"
apt-ftparchive -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
	-o APT::FTPArchive::Release::Components="$component" -o APT::FTPArchive::Release::Architectures=amd64 \
	release "dists/$suite" >/tmp/Release
mv /tmp/Release "dists/$suite/Release"
gpg --batch --yes --quiet --clearsign --output "dists/$suite/InRelease" "dists/$suite/Release"
gpg --armor --export >key.asc
gpg --batch --with-colons --list-keys | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p' | head -n 1 >fingerprint
gpgconf --kill all
