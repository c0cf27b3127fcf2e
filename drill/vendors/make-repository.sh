#!/bin/sh
# Inside a container: makes /opt/vendor/NAME a signed apt repository: make-repository.sh NAME SUITE COMPONENT TREE...
# A SUITE that ends with / is a flat repository, which has no components.
# KEY_OPTIONS, KEY_TYPE and KEY_EXPIRES make another key than a good one, e.g. '--cert-digest-algo SHA1'.
# Each TREE is a package as it is unpacked, with its DEBIAN/control. The key goes to /opt/vendor/NAME/key.asc, its fingerprint to /opt/vendor/NAME/fingerprint.
set -eu
name=$1 suite=$2 component=$3
shift 3
vendor=/opt/vendor/$name
export GNUPGHOME="$vendor/gnupg"
case $suite in
*/) release=${suite%/} index=${suite%/} ;;
*) release=dists/$suite index=dists/$suite/$component/binary-amd64 ;;
esac
mkdir -p "$vendor/pool" "$vendor/$index"
mkdir -p "$GNUPGHOME"
chmod 0700 "$GNUPGHOME"
for tree in "$@"; do
	dpkg-deb --root-owner-group --build "$tree" "$vendor/pool/$(basename "$tree").deb" >/dev/null
done
# shellcheck disable=SC2086  # options are several words
gpg --batch --quiet --passphrase '' ${KEY_OPTIONS:-} --quick-gen-key "$name@localhost" "${KEY_TYPE:-ed25519}" sign "${KEY_EXPIRES:-2y}"
cd "$vendor"
apt-ftparchive packages pool >"$index/Packages"
gzip -kf "$index/Packages"
apt-ftparchive -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
	-o APT::FTPArchive::Release::Components="$component" -o APT::FTPArchive::Release::Architectures=amd64 \
	release "$release" >/tmp/Release
mv /tmp/Release "$release/Release"
gpg --batch --yes --quiet --clearsign --output "$release/InRelease" "$release/Release"
gpg --armor --export >key.asc
gpg --batch --with-colons --list-keys | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p' | head -n 1 >fingerprint
gpgconf --kill all
