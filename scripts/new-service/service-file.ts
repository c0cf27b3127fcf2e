/** A service that is to be written. */
export interface NewService {
  readonly name: string;
  readonly tier: 'platform' | 'app';
  readonly vmId: number;
  readonly address: string;
  readonly purpose: string;
  readonly port: number;
}

/** Name of the exported constant: the service's, dashes turned into capitals. */
export function constantName(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Path of the service's module below homelab/, without ending. */
export function modulePath({ name, tier }: NewService): string {
  return `${tier === 'app' ? 'apps' : 'platform'}/${name}`;
}

/** Text of the service's file. Sizes are small on purpose: they are easy to raise, and a disk never shrinks. */
export function serviceFile(service: NewService): string {
  const { name, tier, vmId, address, purpose, port } = service;
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  return `import { keeps, type ServiceProps } from '../../constructs';

export const ${constantName(name)}: ServiceProps = {
  name: '${name}',
  vmId: ${vmId},
  purpose: ${quoted(purpose)},
  tier: '${tier}',
  address: '${address}',
  cores: 1,
  memoryMiB: 512,
  diskGiB: 4,
  ports: [{ port: ${port}, use: 'UI' }],
  health: { kind: 'http', port: ${port}, path: '/' },
  data: keeps({ name: 'data', path: '/var/lib/${name}', quotaGiB: 5 }),
};
`;
}

/** The list of services with one more line, among those of its tier in the order of the alphabet. */
export function withLine(list: string, service: NewService): string {
  const line = `export * from './${modulePath(service)}';`;
  const lines = list.trimEnd().split('\n');
  const folder = line.slice(0, line.lastIndexOf('/') + 1);
  const next = lines.findIndex((each) => each.startsWith(folder) && each > line);
  const last = lines.findLastIndex((each) => each.startsWith(folder));
  lines.splice(next >= 0 ? next : last >= 0 ? last + 1 : lines.length, 0, line);
  return `${lines.join('\n')}\n`;
}
