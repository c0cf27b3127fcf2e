#!/bin/sh
# Builds the root file system of the drill containers as one tar: build-image.sh OUTPUT.tar LIST
#
# Debian 13 with a signed repository of its own inside, so that roles install packages without a network.
# Needs root, mmdebstrap and a Debian mirror; takes about two minutes. Writes OUTPUT.tar last and in one step.
set -eu

usage="usage: build-image.sh OUTPUT.tar LIST   LIST names the packages of the offline repository   (DEBIAN_MIRROR names the mirror; default: the one this machine's apt uses)"
[ "${1:-}" = --help ] && echo "$usage" && exit 0
output=${1:?$usage}
list=$(realpath "${2:?$usage}")
here=$(cd "$(dirname "$0")" && pwd)

fail() {
	echo "build-image.sh: $1" >&2
	exit 1
}
step() { echo "drill image: $1" >&2; }

[ "$(id -u)" = 0 ] || fail "must run as root, to create device nodes and file owners"
command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing; on Debian: apt install mmdebstrap"

# The mirror this machine uses itself is the only one known to be reachable.
own_mirror() {
	sed -n 's/^URIs: *\(\S*\/debian\)\/\?$/\1/p; s/^deb \(\[[^]]*\] \)\?\(\S*\/debian\)\/\? .*/\2/p' \
		/etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1
}
mirror=${DEBIAN_MIRROR:-$(own_mirror)}
# Two runs build one image once: the second waits, and finds it.
mkdir -p "$(dirname "$output")"
exec 9>"$output.lock"
flock 9
[ ! -e "$output" ] || exit 0
[ -n "$mirror" ] || fail "no Debian mirror found in this machine's apt sources; set DEBIAN_MIRROR"

names() { sed 's/#.*//' "$1" | xargs | tr ' ' ,; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

step "fetching Debian 13 from the mirror (one to two minutes)"
mmdebstrap --quiet --mode=root --variant=apt --components=main,contrib,non-free-firmware \
	--include="$(names "$here/base.packages")" \
	--customize-hook="'$here/fetch-offline.sh' \"\$1\" '$list'" \
	trixie "$work/root" "$mirror" || fail "mmdebstrap could not build from '$mirror'; is the mirror reachable?"

step "signing the offline repository"
"$here/make-repository.sh" "$work/root"

step "packing"
tar -C "$work/root" --numeric-owner --xattrs -cf "$output.new" .
mv "$output.new" "$output"
step "ready: $output"
