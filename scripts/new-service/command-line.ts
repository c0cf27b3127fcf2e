import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkHomelab, formatProblem } from '../../constructs';
import { homelab } from '../../homelab';
import { Refusal, WrongUsage } from '../../common/refusal';
import { replaceFile } from '../../common/replace-file';
import { flag, textOf, value, type Arguments, type CommandLine } from '../../common/verb';
import { freeAddress, freeId } from './free';
import { constantName, modulePath, serviceFile, serviceProps, withLine, type NewService } from './service-file';

const HOME = join(__dirname, '..', '..', 'homelab');

function whole(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Refusal(`${option} is a whole number, got '${text}'`);
  return Number(text);
}

function design(name: string, typed: Arguments): NewService {
  const [id, address, port, purpose] = ['id', 'address', 'port', 'purpose'].map((option) => textOf(typed, option));
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Refusal(`a name is a DNS label of lower-case letters, digits and single dashes, got '${name}'`);
  const { services, host, template } = homelab;
  const anyAddress = (): string => {
    const address = freeAddress(services, host.bridge.address, [host.bridge.gateway]);
    if (!address) throw new Refusal(`no address of ${host.bridge.address} is free; say --address`);
    return address;
  };
  const service: NewService = {
    name,
    tier: typed.options['platform'] ? 'platform' : 'app',
    vmId: id === undefined ? freeId(services, [template.vmId]) : whole('--id', id),
    address: address ?? anyAddress(),
    purpose: purpose ?? name,
    port: whole('--port', port ?? '8080'),
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

/** Writes the service's file and its line, unless they are there. */
function write(typed: Arguments): number {
  const [name, ...more] = typed.words;
  if (name === undefined || more.length > 0) throw new WrongUsage('name one service');
  const tier = typed.options['platform'] ? 'platform' : 'app';
  const file = join(HOME, modulePath({ name, tier } as NewService));
  const list = readFileSync(join(HOME, 'services.ts'), 'utf8');
  if (existsSync(`${file}.ts`) && homelab.services.some((service) => service.name === name)) {
    console.log(`'${name}' is there already; nothing was written`);
    return 0;
  }
  const service = design(name, typed);
  const path = `homelab/${modulePath(service)}.ts`;
  if (typed.options['dry-run']) {
    console.log(asDiff(path, service));
    return 0;
  }
  if (existsSync(`${file}.ts`)) console.log(`${path} is there already and stays as it is`);
  else writeFileSync(`${file}.ts`, serviceFile(service), { flag: 'wx' });
  replaceFile(join(HOME, 'services.ts'), withLine(list, service));
  console.log(`wrote ${path} (container ${service.vmId} at ${service.address}) and its line in homelab/services.ts\nnext: the role ansible/roles/${name.replaceAll('-', '_')}/, see CONTRIBUTING.md; then ./house synth`);
  return 0;
}

/** `./house new service`, and scripts/create-lxc. */
export const service: CommandLine = {
  name: 'create-lxc',
  typed: './house new',
  verbs: {
    service: {
      words: 'NAME',
      summary: 'writes homelab/apps/NAME.ts from a short template and adds its line to homelab/services.ts; never overwrites',
      options: {
        id: value('N', 'id in Proxmox VE (default: one above the highest of the house)'),
        address: value('A', 'address (default: one that nobody in the house has; whether anything else answers there, look: ping)'),
        port: value('N', 'port it listens on (default 8080)'),
        purpose: value('TEXT', 'what it is for, one line'),
        platform: flag('other services stand on it: homelab/platform/NAME.ts'),
        'dry-run': flag('prints the change, and writes nothing'),
      },
      examples: ['service wiki --port 3000 --dry-run'],
      run: (_root, typed) => write(typed),
    },
  },
  notes: `Afterwards: look at the numbers, write the role ansible/roles/NAME/, then ./house synth.
Exit codes: 0 written or there already, 1 refused (reason printed), 2 wrong usage.`,
};
