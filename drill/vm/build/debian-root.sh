#!/bin/sh
# Makes a Debian 13 root folder: debian-root.sh FOLDER PACKAGE,PACKAGE… [mmdebstrap option…]
#
# mmdebstrap is taken from this machine, or else unpacked from its package into a temporary folder: it is one script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 packages=$2
shift 2
mirror=$("$here/../../mirror.sh")

work=$(mktemp -d -p "$DRILL_WORK")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

if command -v mmdebstrap >/dev/null; then
	program=mmdebstrap
else
	mkdir -p "$work/lists/partial"
	private="-o Dir::State::lists=$work/lists -o Debug::NoLocking=true -o APT::Sandbox::User=root"
	# shellcheck disable=SC2086  # several options
	(cd "$work" && apt-get $private -qq update && apt-get $private -qq download mmdebstrap) ||
		{ echo "debian-root.sh: mmdebstrap is neither installed nor in this machine's package sources" >&2 && exit 1; }
	dpkg-deb -x "$work"/mmdebstrap_*.deb "$work/mmdebstrap"
	program="$work/mmdebstrap/usr/bin/mmdebstrap"
fi
perl "$(command -v "$program")" --quiet --mode=root --variant=apt --components=main,contrib --include="$packages" "$@" \
	trixie "$folder" "$mirror" ||
	{ echo "debian-root.sh: Debian could not be unpacked from '$mirror'; is the mirror reachable?" >&2 && exit 1; }
