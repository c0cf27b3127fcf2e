#!/bin/sh
# Hook of build-image.sh: downloads the offline packages and what they need into ROOT/opt/drill/debian/pool.
set -eu
root=$1 list=$2
sed 's/#.*//; /^[[:space:]]*$/d' "$list" | while read -r names; do
	# shellcheck disable=SC2086  # one line is several names
	chroot "$root" env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq --yes --no-install-recommends --download-only install $names
done
mkdir -p "$root/opt/drill/debian/pool"
mv "$root"/var/cache/apt/archives/*.deb "$root/opt/drill/debian/pool/"
