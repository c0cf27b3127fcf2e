import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';

import { commandText } from '../../common/shell';
import type { ImageProps } from '../../constructs';
import { homelab } from '../../homelab';
import * as images from '../../homelab/images';

const { template, host, sshKeys, storage } = homelab;
const ROOT = join(__dirname, '..', '..');

const HELP = `Usage: scripts/create-template [debian|ubuntu] [OPTION]...

Makes the template that virtual machines are cloned from, out of the cloud image of homelab/images.ts, its checksum
verified. A template that exists stays as it is, so running it twice does no harm.

The house's own template (${template.vmId}, ${template.image.os}) belongs to Terraform: for it this is './house state apply foundation',
which shows its plan and asks. Another one is made on the host by the role pve_template, as root over ssh.

  --id N        id of the template (default: ${template.vmId} for the house's own, one above it for another)
  --by-role     make the house's own by the role as well: for a host that Terraform does not know yet
  --dry-run     print what would be run, run nothing
  --help        this text

Exit codes: 0 it is there, 1 failed (reason printed), 2 wrong usage.`;

/** Cloud images of the house, by distribution. */
const cloudImages = (Object.values(images) as ImageProps[]).filter(({ contentType }) => contentType === 'import');

function roleVariables(image: ImageProps, vmid: number): Record<string, unknown> {
  const wanted = {
    vmid,
    name: vmid === template.vmId ? template.name : `${image.os}-template`,
    distribution: image.os,
    image_url: image.url,
    image_checksum: `${image.checksumAlgorithm}:${image.checksum}`,
    disk_storage: storage.pool.name,
    bridge: host.bridge.name,
    cores: template.cores,
    memory_mib: template.memoryMiB,
    user: template.user,
    ssh_public_keys: sshKeys,
  };
  return { recovery_roles: ['pve_template'], pve_template_templates: [wanted] };
}

function commandFor(image: ImageProps, id: string | undefined, byRole: boolean): string[] {
  const own = image.url === template.image.url;
  const vmid = id === undefined ? template.vmId + (own ? 0 : 1) : Number(id);
  if (own && vmid === template.vmId && !byRole) return ['npm', 'run', '--silent', 'state', '--', 'apply', 'foundation'];
  if (vmid === template.vmId) console.error(`create-template: Terraform will not know ${vmid} until you type: ./house state run foundation -- import proxmox_virtual_environment_vm.${template.name} ${host.nodeName}/${vmid}`);
  return ['ansible-playbook', '--inventory', 'cdktf.out/ansible/inventories/prod.yml', '-e', JSON.stringify(roleVariables(image, vmid)), 'recovery/roles.yml'];
}

function main(args: readonly string[]): number {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { id: { type: 'string' }, 'by-role': flag, 'dry-run': flag, help: flag } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [distribution = template.image.os, ...more] = positionals;
  const image = cloudImages.find(({ os }) => os === distribution);
  const known = cloudImages.map(({ os }) => os).join(' or ');
  if (!image || more.length > 0) return misused(`name one distribution, ${known}; got '${positionals.join(' ')}'`);
  if (values.id !== undefined && !/^[1-9]\d{2,8}$/.test(values.id)) return misused(`--id is a number from 100 upwards, got '${values.id}'`);
  const command = commandFor(image, values.id, values['by-role']);
  if (values['dry-run']) {
    console.log(commandText(command));
    return 0;
  }
  return run(command);
}

function run([program, ...args]: readonly string[]): number {
  if (!existsSync(join(ROOT, 'cdktf.out', 'ansible'))) return failed("'cdktf.out/ansible' is not there; write it with: make synth");
  const path = [join(ROOT, '.tools', 'python', 'bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, ANSIBLE_CONFIG: join(ROOT, 'ansible', 'ansible.cfg') };
  const { status, error } = spawnSync(program!, args, { cwd: ROOT, stdio: 'inherit', env });
  if (error) return failed(`'${program}' cannot be started (${error.message}); install it with: make tools`);
  return status === 0 ? 0 : failed(`'${program}' ended with exit code ${status}, see above; a template that was there is untouched`);
}

function failed(message: string): number {
  console.error(`create-template: ${message}`);
  return 1;
}

function misused(message: string): number {
  console.error(`create-template: ${message}; see --help`);
  return 2;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw error;
  process.exitCode = misused((error as Error).message);
}
