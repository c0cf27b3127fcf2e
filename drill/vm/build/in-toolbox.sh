#!/bin/sh
# Runs a program of the toolbox: in-toolbox.sh TOOLBOX CACHE PROGRAM [ARGUMENT…]
#
# The toolbox is a Debian 13 root folder, so that QEMU and the disk tools are the same on every machine. CACHE is seen inside
# under its own path. The mounts live in a namespace that ends with the program, and the program ends with whoever started it.
set -eu
# shellcheck disable=SC2016  # expanded by the inner shell
exec setpriv --pdeathsig KILL unshare --mount sh -euc '
	toolbox=$1 cache=$2
	shift 2
	mkdir -p "$toolbox$cache"
	mount --bind "$cache" "$toolbox$cache"
	mount --rbind /dev "$toolbox/dev"
	mount -t proc proc "$toolbox/proc"
	exec chroot "$toolbox" "$@"
' sh "$@"
