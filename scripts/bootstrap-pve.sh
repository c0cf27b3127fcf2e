#!/usr/bin/env bash
# On a fresh Proxmox VE node, as root: what is needed to run this repository, this repository, and then its host play.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: bootstrap-pve.sh --repo URL --commit SHA [OPTION]... [-- ANSIBLE_ARGUMENT...]

One command on a fresh Proxmox VE node, as root. Installs git, Ansible and Node.js from Debian's packages, brings this
repository at exactly that commit, writes the playbooks from it, and runs the host's play on this machine. Running it
again goes on where it failed and changes nothing that is right already.

  --repo URL       where git finds the repository
  --commit SHA     all 40 digits of the commit; a branch may move, a commit may not
  --mirror URL     Debian mirror for this run (default: the one of this machine's own Debian sources)
  --folder FOLDER  where the repository goes (default /opt/homelab)
  --no-play        stop before the play
  --dry-run        print what would be run, run nothing
  --help           this text

What follows '--' goes to ansible-playbook, for example: -- --check --diff
The play changes network and firewall of the machine it runs on: have the console at hand.

Exit codes: 0 done, 1 failed (reason printed), 2 wrong usage.
HELP
}

misused() {
  echo "bootstrap-pve: $1; see --help" >&2
  exit 2
}

fail() {
  echo "bootstrap-pve: $1" >&2
  exit 1
}

say() { echo "bootstrap-pve: $1"; }

# Runs a command, or prints it.
run() {
  if [ -n "$dry_run" ]; then
    printf '%q ' "$@" && echo
  else
    "$@"
  fi
}

repo='' commit='' mirror='' folder=/opt/homelab play=1 dry_run=''
while [ $# -gt 0 ]; do
  case $1 in
    --repo | --commit | --mirror | --folder)
      [ $# -ge 2 ] || misused "$1 needs a value"
      declare "${1#--}=$2"
      shift
      ;;
    --no-play) play='' ;;
    --dry-run) dry_run=1 ;;
    --help) usage && exit 0 ;;
    --) shift && break ;;
    *) misused "unknown argument '$1'" ;;
  esac
  shift
done
[ -n "$repo" ] || misused '--repo is needed'
[[ $commit =~ ^[0-9a-f]{40}$ ]] || misused "--commit must be all 40 digits of a commit, got '$commit'"

check_machine() {
  [ "$(id -u)" = 0 ] || fail 'this must be run as root'
  command -v pveversion >/dev/null || fail 'this machine has no Proxmox VE (pveversion is missing); nothing was changed'
}

# Only Debian's own sources are asked: those of a fresh node that need a subscription would end every update as failed.
packages() {
  local wanted=(git make ansible nodejs npm) missing=() name sources work
  for name in "${wanted[@]}"; do
    [ "$(dpkg-query --show --showformat '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  sources=/etc/apt/sources.list.d/debian.sources
  [ -f "$sources" ] || sources=/etc/apt/sources.list
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name is known now, and not when the shell ends
  trap "rm -rf '$work'" EXIT
  if [ -n "$mirror" ]; then
    sources=$work/mirror.sources
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
      "$mirror" "$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)" >"$sources"
  fi
  local only=(-o "Dir::Etc::SourceList=$sources" -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=0)
  say "installing ${missing[*]}"
  run apt-get "${only[@]}" -o APT::Update::Error-Mode=any --quiet update ||
    fail "the Debian mirror does not answer; nothing was installed. Look at the cable, at 'ip route' and at /etc/resolv.conf, or say another --mirror, and run this again"
  run env DEBIAN_FRONTEND=noninteractive apt-get "${only[@]}" --quiet --yes --no-install-recommends install "${missing[@]}" ||
    fail 'the packages could not be installed, see above; run this again when that is mended'
}

repository() {
  if [ ! -e "$folder" ]; then
    say "bringing $repo"
    rm -rf "$folder.partial"
    run git clone --quiet --no-checkout "$repo" "$folder.partial" ||
      fail "$repo cannot be reached; nothing was kept. Look at the address and at the network, and run this again"
    run mv "$folder.partial" "$folder"
  fi
  [ -n "$dry_run" ] || git -C "$folder" rev-parse --git-dir >/dev/null 2>&1 || fail "'$folder' is no git repository; say another --folder"
  if [ -z "$dry_run" ] && git -C "$folder" rev-parse --quiet --verify 'HEAD^{commit}' >/dev/null && [ -f "$folder/Makefile" ]; then
    [ -z "$(git -C "$folder" status --porcelain --untracked-files=no)" ] ||
      fail "'$folder' has changes of its own; commit and push them, or say another --folder. Nothing was changed"
  fi
  if [ -n "$dry_run" ] || ! git -C "$folder" cat-file -e "$commit^{commit}" 2>/dev/null; then
    run git -C "$folder" fetch --quiet "$repo" '+refs/heads/*:refs/remotes/origin/*' || fail "$repo cannot be reached; what is in $folder stays as it is"
  fi
  [ -n "$dry_run" ] || git -C "$folder" cat-file -e "$commit^{commit}" 2>/dev/null || fail "$repo has no commit $commit on its branches"
  run git -C "$folder" checkout --quiet --detach "$commit"
}

host_play() {
  local emitted=$folder/cdktf.out/ansible
  run env ANSIBLE_CONFIG="$folder/ansible/ansible.cfg" \
    ansible-playbook --connection local --inventory "$emitted/inventories/prod.yml" "$@" "$emitted/playbooks/metal.yml" ||
    fail 'the play stopped, see above. Mend that and run this again: what is right already is left alone'
}

[ -n "$dry_run" ] || check_machine
packages
repository
say 'writing the playbooks'
run make --directory "$folder" --no-print-directory synth || fail "the playbooks could not be written, see above; without a network npm says so"
[ -z "$play" ] || host_play "$@"
say "done, at commit $commit in $folder"
