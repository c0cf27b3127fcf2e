#!/bin/sh
# Installs the stand-ins into a root folder: install.sh ROOT. Refuses a root where Proxmox VE itself is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${1:?usage: install.sh ROOT, the root folder of a container or image}
if [ -e "$root/usr/share/perl5/PVE/API2.pm" ]; then
	echo "install.sh: $root has the real Proxmox VE; stand-ins would replace its commands. Nothing was done." >&2
	exit 1
fi
library=/usr/local/lib/pve-stand-ins
mkdir -p "$root$library" "$root/usr/sbin" "$root/usr/bin"
cp -R "$here/main.py" "$here/core" "$here/api" "$here/commands" "$root$library/"
find "$root$library" -name __pycache__ -prune -exec rm -rf {} +
chmod 0755 "$root$library/main.py"
for module in "$here"/commands/[a-z]*.py; do
	name=$(basename "$module" .py | tr _ -)
	case $name in
	pveversion | pvesh | pvenode) bin=/usr/bin ;;
	*) bin=/usr/sbin ;;
	esac
	ln -sf "$library/main.py" "$root$bin/$name"
done
