import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { checkHomelab, formatProblem } from '../../constructs';
import { homelab } from '../../homelab';
import { Refusal } from '../../common/refusal';
import { replaceFile } from '../../common/replace-file';
import { freeAddress, freeId } from './free';
import { constantName, modulePath, serviceFile, serviceProps, withLine, type NewService } from './service-file';

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
  if (!/^\d+$/.test(text)) throw new Refusal(`${option} is a whole number, got '${text}'`);
  return Number(text);
}

function design(name: string, values: ReturnType<typeof read>['values']): NewService {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Refusal(`a name is a DNS label of lower-case letters, digits and single dashes, got '${name}'`);
  const { services, host, template } = homelab;
  const anyAddress = (): string => {
    const address = freeAddress(services, host.bridge.address, [host.bridge.gateway]);
    if (!address) throw new Refusal(`no address of ${host.bridge.address} is free; say --address`);
    return address;
  };
  const service: NewService = {
    name,
    tier: values.platform ? 'platform' : 'app',
    vmId: values.id === undefined ? freeId(services, [template.vmId]) : whole('--id', values.id),
    address: values.address ?? anyAddress(),
    purpose: values.purpose ?? name,
    port: whole('--port', values.port),
  };
  for (const other of services) {
    if (constantName(other.name) === constantName(name)) throw new Refusal(`'${name}' is taken: the house has a service '${other.name}'`);
    if (other.vmId === service.vmId) throw new Refusal(`id ${service.vmId} is taken by '${other.name}'; say another --id`);
    if (other.address === service.address) throw new Refusal(`address ${service.address} is taken by '${other.name}'; say another --address`);
  }
  refuseBroken(service);
  return service;
}

/** A house that would be refused with the new service, and is not without it, is not written. */
function refuseBroken(service: NewService): void {
  const known = new Set(checkHomelab(homelab).map(formatProblem));
  const added = checkHomelab({ ...homelab, services: [...homelab.services, serviceProps(service)] }).filter((problem) => !known.has(formatProblem(problem)));
  if (added.length > 0) throw new Refusal(`the house would be refused, so nothing was written:\n\n${added.map(formatProblem).join('\n\n')}`);
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
  console.log(`wrote ${path} (container ${service.vmId} at ${service.address}) and its line in homelab/services.ts\nnext: the role ansible/roles/${name.replaceAll('-', '_')}/ and how its data is saved ('saves'), see CONTRIBUTING.md; then make synth`);
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const usage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  const denied = ['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '');
  if (!usage && !denied && !(error instanceof Refusal)) throw error;
  console.error(`create-lxc: ${(error as Error).message}${usage ? '; see --help' : ''}`);
  process.exitCode = usage ? 2 : 1;
}
