import type { Installation } from '../core/installation';
import { formatIpv4 } from '../core/ipv4';
import { rootPasswordHash } from './installer-template';

/** Sizes in partman are megabytes of 10^6 bytes. */
const megabytes = (gibibytes: number): number => Math.ceil((gibibytes * 1024 ** 3) / 1e6);
const SWAP_GIB = 8;
const partition = (size: number, most: number, ...words: string[]): string => [size, size, most, ...words].join(' ');

/**
 * Answers of Debian's installer, as a template of Ansible: the way in when Proxmox VE's own installer does not start on
 * the machine. Proxmox VE is put on top by the role pve-init.
 *
 * The disk is found by its serial number while the installer runs. Unless exactly one has it, none is named and partman
 * asks: nothing is written.
 */
export function renderPreseed(it: Installation): string {
  const [host, ...domain] = it.fqdn.split('.');
  const lv = (name: string): string => `$lvmok{ } lv_name{ ${name} } in_vg{ pve } method{`;
  const recipe = [
    partition(538, 1075, 'free $iflabel{ gpt } $reusemethod{ } method{ efi } format{ } .'),
    partition(megabytes(it.rootGiB), megabytes(it.rootGiB), 'ext4', lv('root'), 'format } format{ } use_filesystem{ } filesystem{ ext4 } mountpoint{ / } .'),
    partition(megabytes(SWAP_GIB), megabytes(SWAP_GIB), 'linux-swap', lv('swap'), 'swap } format{ } .'),
  ];
  const answers: readonly (readonly [question: string, type: string, answer: string])[] = [
    ['debian-installer/locale', 'string', 'en_US.UTF-8'],
    ['keyboard-configuration/xkb-keymap', 'select', it.keyboard === 'en-us' ? 'us' : it.keyboard],
    // Answers that come over the network come when the network is up already: it is set up once more, with these.
    ['preseed/early_command', 'string', 'kill-all-dhcp; netcfg'],
    ['netcfg/choose_interface', 'select', 'auto'],
    ['netcfg/disable_autoconfig', 'boolean', 'true'],
    ['netcfg/get_ipaddress', 'string', it.address],
    ['netcfg/get_netmask', 'string', formatIpv4((0xffffffff << (32 - it.prefix)) >>> 0)],
    ['netcfg/get_gateway', 'string', it.gateway],
    ['netcfg/get_nameservers', 'string', it.nameserver],
    ['netcfg/confirm_static', 'boolean', 'true'],
    ['netcfg/get_hostname', 'string', host!],
    ['netcfg/get_domain', 'string', domain.join('.')],
    ['mirror/http/proxy', 'string', ''],
    ['passwd/make-user', 'boolean', 'false'],
    ['passwd/root-password-crypted', 'password', rootPasswordHash],
    ['clock-setup/utc', 'boolean', 'true'],
    ['clock-setup/ntp', 'boolean', 'true'],
    ['time/zone', 'string', it.timezone],
    ['apt-setup/non-free-firmware', 'boolean', 'true'],
    ['pkgsel/include', 'string', 'openssh-server python3'],
    ['pkgsel/run_tasksel', 'boolean', 'false'],
    ['popularity-contest/participate', 'boolean', 'false'],
    ['partman/early_command', 'string', nameTheDisk(it.bootSerial)],
    ['partman-auto/method', 'string', 'lvm'],
    ['partman-auto-lvm/new_vg_name', 'string', 'pve'],
    ['partman-auto-lvm/guided_size', 'string', 'max'],
    ['partman-auto/expert_recipe', 'string', `homelab :: ${recipe.join(' ')}`],
    ['partman-lvm/device_remove_lvm', 'boolean', 'true'],
    ['partman-lvm/confirm', 'boolean', 'true'],
    ['partman-lvm/confirm_nooverwrite', 'boolean', 'true'],
    ['partman-partitioning/confirm_write_new_label', 'boolean', 'true'],
    ['partman-partitioning/choose_label', 'select', 'gpt'],
    ['partman/choose_partition', 'select', 'finish'],
    ['partman/confirm', 'boolean', 'true'],
    ['partman/confirm_nooverwrite', 'boolean', 'true'],
    ['grub-installer/only_debian', 'boolean', 'true'],
    ['grub-installer/with_other_os', 'boolean', 'false'],
    ['preseed/late_command', 'string', letKeysIn(it.sshKeys)],
    ['finish-install/reboot_in_progress', 'note', ''],
  ];
  const lines = answers.map(([question, type, answer]) => `d-i ${question} ${type} ${answer}`.trimEnd());
  return `# Answers of Debian's installer. Written by \`cdktf synth\` from homelab/. Do not edit.\n${lines.join('\n')}\n`;
}

/** Names the disk with a serial number to partman and to the boot loader, if there is exactly one. */
function nameTheDisk(serial: string): string {
  const has = `udevadm info --query=property --name="$disk" | grep -qx "ID_SERIAL_SHORT=${serial}"`;
  const named = 'debconf-set partman-auto/disk "$1"; debconf-set grub-installer/bootdev "$1"';
  return `set --; for disk in $(list-devices disk); do if ${has}; then set -- "$@" "$disk"; fi; done; if [ $# = 1 ]; then ${named}; fi`;
}

/** Lets the owner's keys in, and nobody with a password. */
function letKeysIn(keys: readonly string[]): string {
  const quoted = keys.map((key) => `'${key.replaceAll("'", "'\\''").replaceAll(/\{(?=[{%#])/g, "{{ '{' }}")}'`).join(' ');
  const dropIn = "'PermitRootLogin prohibit-password' 'PasswordAuthentication no'";
  return [
    'mkdir -p -m 0700 /target/root/.ssh',
    `printf '%s\\n' ${quoted} >/target/root/.ssh/authorized_keys`,
    'chmod 0600 /target/root/.ssh/authorized_keys',
    `printf '%s\\n' ${dropIn} >/target/etc/ssh/sshd_config.d/10-homelab.conf`,
  ].join('; ');
}
