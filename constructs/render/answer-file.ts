import type { Installation } from '../core/installation';
import { rootPasswordHash, serverUrl } from './installer-template';

/**
 * The answer file of Proxmox VE's automatic installer, as a template of Ansible: the hash of root's password and the
 * server are filled in where it is given out.
 *
 * Exactly one filter for disks, with one key: given two, the installer takes the first disk that matches either of them
 * (proxmox-auto-installer 9.1). Root is capped at `maxroot`; a smaller disk gets a smaller one.
 */
export function renderAnswerFile(it: Installation): string {
  const { card } = it;
  return `# Answers of the automatic installer of Proxmox VE. Written by \`cdktf synth\` from homelab/. Do not edit.
[global]
country = ${toml(it.country)}
fqdn = ${toml(it.fqdn)}
keyboard = ${toml(it.keyboard)}
mailto = ${toml(it.mailTo)}
timezone = ${toml(it.timezone)}
root-password-hashed = "${rootPasswordHash}"
root-ssh-keys = [
${it.sshKeys.map((key) => `  ${toml(key)},`).join('\n')}
]
# An error stops in a shell: a machine that starts over and over can be seen by nobody.
reboot-on-error = false

[network]
source = "from-answer"
cidr = ${toml(`${it.address}/${it.prefix}`)}
gateway = ${toml(it.gateway)}
dns = ${toml(it.nameserver)}
filter.ID_NET_NAME_MAC = ${toml(`enx${card.mac.replaceAll(':', '')}`)}

[network.interface-name-pinning]
enabled = true

[network.interface-name-pinning.mapping]
${toml(card.mac)} = ${toml(card.name)}

# The one disk that is written to. Never add a second filter.
[disk-setup]
filesystem = "ext4"
filter.ID_SERIAL_SHORT = ${toml(it.bootSerial)}
lvm.maxroot = ${it.rootGiB}

[first-boot]
{% if ${serverUrl} %}
source = "from-url"
url = "{{ ${serverUrl} }}/first-boot"
{% else %}
source = "from-iso"
{% endif %}
ordering = "network-online"
{% if ${serverUrl} %}

[post-installation-webhook]
url = "{{ ${serverUrl} }}/installed"
{% endif %}
`;
}

/** A basic string of TOML, which is one of JSON; braces that Ansible would read are kept from it. */
function toml(text: string): string {
  return JSON.stringify(text).replaceAll(/\{(?=[{%#])/g, "{{ '{' }}");
}
