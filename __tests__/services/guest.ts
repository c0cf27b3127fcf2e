import { playRoles, type PlayOptions, type PlayResult } from '../../drill/containers/ansible';
import type { Container } from '../../drill/containers/container';
import { roleOf, type ServiceProps } from '../../constructs/service/service-props';
import { volumesOf } from '../../constructs/service/data';
import { homelab } from '../../homelab';
import { makeAuthority, makeCertificate } from '../../secrets/certificates';
import { emit } from '../helpers/emitted';

const emitted = emit(homelab);

interface SecretToMake {
  readonly name: string;
  readonly howToMake: { readonly kind: string; readonly hosts?: readonly string[] };
}

/** A guest of this house in a container: at its own address, with its volumes mounted, told what the definition says. */
export class Guest {
  readonly service: ServiceProps;

  /** Variables for what is out of reach here, such as a vendor's server. */
  variables: Readonly<Record<string, unknown>> = {};

  private constructor(private readonly container: () => Container, name: string, private readonly secrets: Readonly<Record<string, string>>) {
    this.service = serviceOf(name);
  }

  /**
   * Prepares a container for one service, and for others that share it: addresses and mounted volumes.
   * @param secrets values by name, as {@link makeSecrets} makes them
   */
  static prepare(container: () => Container, name: string, secrets: Readonly<Record<string, string>>): Guest {
    const guest = new Guest(container, name, secrets);
    const mounts = volumesOf(guest.service.data).map(({ name: volume, path }) => {
      const store = `/srv/volumes/${name}/${volume}`;
      return `mkdir -p ${store} ${path} && mount --bind ${store} ${path}`;
    });
    const run = container().run([`ip address add ${guest.service.address}/32 dev lo`, ...mounts].join(' && '));
    if (run.status !== 0) throw new Error(`the container cannot be prepared for ${name}: ${run.stderr}`);
    return guest;
  }

  /**
   * Runs the roles of the guest's playbook with the variables that synth emits for it.
   * @param secrets values that have changed since, by name
   */
  converge(options: Partial<PlayOptions> = {}, secrets: Readonly<Record<string, string>> = {}): PlayResult {
    const { homelab_secrets: _lookup, ...shared } = emitted.ansible('inventories/group_vars/all.yml') as Record<string, unknown>;
    const own = emitted.ansible(`inventories/host_vars/${this.service.name}.yml`) as Record<string, unknown>;
    const here = {
      homelab_secrets: { ...this.secrets, ...secrets },
      homelab_handover_foundation: {},
      homelab_handover_services: {},
      guest_base_authorized_keys: [this.container().publicKey().trim()],
      guest_base_expected_mac: '',
    };
    const dumps = this.service.saves?.kind === 'dumped' ? ['service_dump'] : [];
    return playRoles(this.container(), ['guest_base', 'node_exporter', roleOf(this.service), ...dumps], { timeoutSec: 600, ...options, variables: { ...shared, ...own, ...here, ...this.variables } });
  }

  /** Why the service is not well by the check of its own definition, or undefined when it is. Asked at its own address. */
  illness(): string | undefined {
    const { health, address } = this.service;
    if (health.kind === 'command') return this.complaint(health.command);
    if (health.kind === 'tcp') return this.complaint(`python3 -c 'import socket; socket.create_connection(("${address}", ${health.port}), 5)'`);
    const answer = this.ask(`${health.kind}://${address}:${health.port}${health.path}`);
    if (!answer.startsWith('200\n')) return answer;
    const squeezed = answer.replace(/\s/g, '');
    return health.expect === undefined || squeezed.includes(health.expect.replace(/\s/g, '')) ? undefined : `no ${health.expect} in ${answer}`;
  }

  /** Waits until the service is well again, as after a restart; throws with its complaint after a minute. */
  async recovery(): Promise<void> {
    const until = Date.now() + 60_000;
    for (let complaint = this.illness(); complaint !== undefined; complaint = this.illness()) {
      if (Date.now() > until) throw new Error(`${this.service.name} does not get well: ${complaint}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Status and body of an address, `200\n…`; redirects are followed. */
  ask(url: string): string {
    const program = `import urllib.request as r, urllib.error as e
try: a = r.urlopen("${url}", timeout=20)
except e.HTTPError as error: a = error
print(a.status); print(a.read().decode(errors="replace"))`;
    const { stdout, stderr } = this.container().run(`python3 - <<'PROGRAM'\n${program}\nPROGRAM`);
    return stdout || stderr;
  }

  /** Ports of the definition on which nothing listens that another machine could reach. */
  closedPorts(): readonly number[] {
    const { stdout } = this.container().run('ss -Hltn');
    const open = stdout.split('\n').map((line) => line.split(/\s+/)[3] ?? '').filter((local) => !/^(127\.|\[::1\])/.test(local));
    return this.service.ports.map(({ port }) => port).filter((port) => !open.some((local) => local.endsWith(`:${port}`)));
  }

  private complaint(command: string): string | undefined {
    const { status, stdout, stderr } = this.container().run(command);
    return status === 0 ? undefined : `${command}: ${stdout}${stderr}`;
  }
}

/** A service of this house by name. */
export function serviceOf(name: string): ServiceProps {
  const service = homelab.services.find((known) => known.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

/** A value for every secret that the house declares; certificates are signed by an authority that is among them. */
export async function makeSecrets(): Promise<Readonly<Record<string, string>>> {
  const { secrets } = JSON.parse(emitted.text('secrets/manifest.json')) as { secrets: readonly SecretToMake[] };
  const authority = await makeAuthority('homelab');
  const values: Record<string, string> = {};
  for (const { name, howToMake } of secrets) values[name] = await valueOf(name, howToMake, authority);
  return values;
}

async function valueOf(name: string, { kind, hosts }: SecretToMake['howToMake'], authority: string): Promise<string> {
  if (kind === 'authority') return authority;
  if (kind === 'certificate') return makeCertificate(authority, [...(hosts ?? [])]);
  return `Value0of1${name.replaceAll('_', '')}`;
}
