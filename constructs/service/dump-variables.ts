import { variablePrefix } from '../core/ansible';
import type { Plain } from '../core/setting';
import { volumesOf, type VolumeProps } from './data';
import type { Dump } from './saves';
import { roleOf, type ServiceProps } from './service-props';

/** What the role service_dump is told of a tool. */
interface Facts {
  /** Account that the tool runs as. */
  readonly user: string;
  /** Units that are stopped while a dump comes back. @default - none, the tool needs them up */
  readonly units?: readonly string[];
  /** @default - nothing */
  readonly options?: Readonly<Record<string, Plain>>;
}

/** Variables of the role service_dump: dumps lie in the volume of the service, so that they outlive the container. */
export function dumpVariables(service: ServiceProps): Record<string, Plain> {
  const { saves, name } = service;
  const volume = dumpVolume(service);
  if (saves?.kind !== 'dumped' || !volume) return {};
  const { user, units = [], options = {} } = factsOf(saves.by, variablePrefix(roleOf(service)));
  return {
    service_dump_service: name,
    service_dump_tool: saves.by.tool,
    service_dump_volume: volume.path,
    service_dump_user: user,
    service_dump_units: [...units],
    service_dump_options: options,
  };
}

/** Volume in which the dumps of a service lie: that of its first database, else its first. */
export function dumpVolume({ saves, data }: ServiceProps): VolumeProps | undefined {
  if (saves?.kind !== 'dumped') return undefined;
  const volumes = volumesOf(data);
  const { by } = saves;
  return by.tool === 'sqlite' ? volumes.find(({ path }) => by.databases[0]?.startsWith(`${path}/`)) : volumes[0];
}

function factsOf(by: Dump, prefix: string): Facts {
  switch (by.tool) {
    case 'sqlite':
      return { user: by.user, units: [by.unit], options: { databases: [...by.databases] } };
    case 'postgresql':
      return { user: 'postgres', options: { port: setting(prefix, 'port', '5432') } };
    case 'mongodb':
      return { user: 'mongodb', options: { port: setting(prefix, 'port', '27017'), admin_user: setting(prefix, 'admin_user', "'admin'"), password: `{{ ${prefix}admin_password }}` } };
    case 'gitea':
      return { user: 'git', units: ['gitea.service'] };
    case 'jenkins':
      return { user: 'jenkins', units: ['jenkins.service'] };
    case 'n8n':
      return { user: 'n8n', options: { environment_file: '/etc/n8n/n8n.env' } };
    case 'paperless':
      return { user: 'paperless' };
  }
}

/** A setting of the service's role as Ansible reads it, or the role's own default. */
function setting(prefix: string, name: string, otherwise: string): string {
  return `{{ ${prefix}${name} | default(${otherwise}) }}`;
}
