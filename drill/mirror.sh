#!/bin/sh
# Prints the Debian mirror to build from: DEBIAN_MIRROR, or the one this machine's own apt uses, which is the only one
# known to be reachable. Fails when there is neither.
set -eu
own() {
	sed -n 's/^URIs: *\(\S*\/debian\)\/\?$/\1/p; s/^deb \(\[[^]]*\] \)\?\(\S*\/debian\)\/\? .*/\2/p' \
		/etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1
}
mirror=${DEBIAN_MIRROR:-$(own)}
[ -n "$mirror" ] || {
	echo "mirror.sh: no Debian mirror in this machine's apt sources; set DEBIAN_MIRROR to the address of one" >&2
	exit 1
}
echo "$mirror"
