import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { homelab } from '../../homelab';
import { replaceFile } from '../../common/replace-file';
import { freeAddress, freeId } from './free';
import { constantName, modulePath, serviceFile, withLine, type NewService } from './service-file';

const HELP = `Usage: scripts/create-lxc NAME [OPTION]...

Writes homelab/apps/NAME.ts from a short template and adds its line to homelab/services.ts. Never overwrites; what is
there already stays as it is. Afterwards: look at the numbers, write the role ansible/roles/NAME/, make synth.

  --id N            id in Proxmox VE (default: one above the highest of the house)
  --address A       address (default: one that nobody in the house has; whether anything else answers there, look: ping)
  --port N          port it listens on (default 8080)
  --purpose TEXT    what it is for, one line
  --platform        other services stand on it: homelab/platform/NAME.ts
  --dry-run         print the change, write nothing
  --help            this text

Exit codes: 0 written or there already, 1 refused (reason printed), 2 wrong usage.`;

const HOME = join(__dirname, '..', '..', 'homelab');

/** The owner asked for something that cannot be; the message says what and why. */
class Refused extends Error {}

function read(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { id: text, address: text, port: { ...text, default: '8080' }, purpose: text, platform: flag, 'dry-run': flag, help: flag },
  });
}

function whole(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Refused(`${option} is a whole number, got '${text}'`);
  return Number(text);
}

function design(name: string, values: ReturnType<typeof read>['values']): NewService {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Refused(`a name is a DNS label of lower-case letters, digits and single dashes, got '${name}'`);
  const { services, host, template } = homelab;
  const service: NewService = {
    name,
    tier: values.platform ? 'platform' : 'app',
    vmId: values.id === undefined ? freeId(services, [template.vmId]) : whole('--id', values.id),
    address: values.address ?? freeAddress(services, [host.bridge.address.split('/')[0]!, host.bridge.gateway]),
    purpose: values.purpose ?? name,
    port: whole('--port', values.port),
  };
  for (const other of services) {
    if (constantName(other.name) === constantName(name)) throw new Refused(`'${name}' is taken: the house has a service '${other.name}'`);
    if (other.vmId === service.vmId) throw new Refused(`id ${service.vmId} is taken by '${other.name}'; say another --id`);
    if (other.address === service.address) throw new Refused(`address ${service.address} is taken by '${other.name}'; say another --address`);
  }
  return service;
}

function asDiff(path: string, service: NewService): string {
  const added = serviceFile(service).trimEnd().split('\n').map((line) => `+${line}`);
  return ['--- /dev/null', `+++ b/${path}`, ...added, '--- a/homelab/services.ts', '+++ b/homelab/services.ts', `+export * from './${modulePath(service)}';`].join('\n');
}

function main(args: readonly string[]): number {
  const { values, positionals } = read(args);
  if (values.help || positionals.length !== 1) {
    console[values.help ? 'log' : 'error'](HELP);
    return values.help ? 0 : 2;
  }
  const [name = ''] = positionals;
  const file = join(HOME, modulePath({ name, tier: values.platform ? 'platform' : 'app' } as NewService));
  const list = readFileSync(join(HOME, 'services.ts'), 'utf8');
  if (existsSync(`${file}.ts`) && homelab.services.some((service) => service.name === name)) {
    console.log(`'${name}' is there already; nothing was written`);
    return 0;
  }
  const service = design(name, values);
  const path = `homelab/${modulePath(service)}.ts`;
  if (values['dry-run']) {
    console.log(asDiff(path, service));
    return 0;
  }
  if (existsSync(`${file}.ts`)) console.log(`${path} is there already and stays as it is`);
  else writeFileSync(`${file}.ts`, serviceFile(service), { flag: 'wx' });
  replaceFile(join(HOME, 'services.ts'), withLine(list, service));
  console.log(`wrote ${path} (container ${service.vmId} at ${service.address}) and its line in homelab/services.ts\nnext: the role ansible/roles/${name.replaceAll('-', '_')}/, see CONTRIBUTING.md; then make synth`);
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const usage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  if (!usage && !(error instanceof Refused)) throw error;
  console.error(`create-lxc: ${(error as Error).message}${usage ? '; see --help' : ''}`);
  process.exitCode = usage ? 2 : 1;
}
