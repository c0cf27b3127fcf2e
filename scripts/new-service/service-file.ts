import { filesAlone, keeps, type ServiceProps } from '../../constructs';

/** A service that is to be written. */
export interface NewService {
  readonly name: string;
  readonly tier: 'platform' | 'app';
  readonly vmId: number;
  readonly address: string;
  readonly purpose: string;
  readonly port: number;
}

/** Stands where only the owner knows the answer, so that a restore is not the first to ask. */
const UNANSWERED = 'nobody has looked yet: name its dump, or say why its files are enough';

/** Words that no constant of a TypeScript module may be called. */
const RESERVED = new Set(
  ('arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if ' +
    'implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield').split(' '),
);

/** Name of the exported constant: the service's, dashes turned into capitals; a word of the language gets `Service` behind it. */
export function constantName(name: string): string {
  const constant = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return RESERVED.has(constant) ? `${constant}Service` : constant;
}

/** The service as a definition. Sizes are small on purpose: they are easy to raise, and a disk never shrinks. */
export function serviceProps({ name, tier, vmId, address, purpose, port }: NewService): ServiceProps {
  return {
    name,
    vmId,
    purpose,
    tier,
    address,
    cores: 1,
    memoryMiB: 512,
    diskGiB: 4,
    ports: [{ port, use: 'UI' }],
    health: { kind: 'http', port, path: '/' },
    data: keeps({ name: 'data', path: `/var/lib/${name}`, quotaGiB: 5 }),
    saves: filesAlone(UNANSWERED),
  };
}

/** Path of the service's module below homelab/, without ending. */
export function modulePath({ name, tier }: NewService): string {
  return `${tier === 'app' ? 'apps' : 'platform'}/${name}`;
}

/** Text of the service's file; it says what `serviceProps` says. */
export function serviceFile(service: NewService): string {
  const { name, tier, vmId, address, purpose, port } = service;
  const { cores, memoryMiB, diskGiB } = serviceProps(service);
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  return `import { filesAlone, keeps, type ServiceProps } from '../../constructs';

export const ${constantName(name)}: ServiceProps = {
  name: '${name}',
  vmId: ${vmId},
  purpose: ${quoted(purpose)},
  tier: '${tier}',
  address: '${address}',
  cores: ${cores},
  memoryMiB: ${memoryMiB},
  diskGiB: ${diskGiB},
  ports: [{ port: ${port}, use: 'UI' }],
  health: { kind: 'http', port: ${port}, path: '/' },
  data: keeps({ name: 'data', path: '/var/lib/${name}', quotaGiB: 5 }),
  saves: filesAlone('${UNANSWERED}'),
};
`;
}

/** The list of services with one more line, among those of its tier in the order of the alphabet. */
export function withLine(list: string, service: NewService): string {
  const line = `export * from './${modulePath(service)}';`;
  const lines = list.split('\n').filter((each) => each.trim() !== '' && each.trim() !== 'export {};');
  const folder = line.slice(0, line.lastIndexOf('/') + 1);
  const next = lines.findIndex((each) => each.startsWith(folder) && each > line);
  const last = lines.findLastIndex((each) => each.startsWith(folder));
  lines.splice(next >= 0 ? next : last >= 0 ? last + 1 : lines.length, 0, line);
  return `${lines.join('\n')}\n`;
}
