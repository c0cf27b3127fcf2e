import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { playRoles, type PlayOptions, type PlayResult } from '../../drill/containers/ansible';
import { COMMON_ROLES } from '../../drill/containers/common-base';
import type { CommandResult, Container, Surroundings } from '../../drill/containers/container';
import { roleOf, type ServiceProps } from '../../constructs/service/service-props';
import { volumesOf } from '../../constructs/service/data';
import { homelab } from '../../homelab';
import { makeAuthority, makeCertificate } from '../../secrets/certificates';
import { exampleOf } from '../../secrets/forms';
import { emit } from '../helpers/emitted';
import { Browser } from './browser';

const emitted = emit(homelab);

type SecretToMake = Parameters<typeof exampleOf>[0];

/** A guest of this house in a container: at its own address, with its volumes mounted, told what the definition says. */
export class Guest {
  readonly service: ServiceProps;

  /** Variables for what is out of reach here, such as a vendor's server. */
  variables: Readonly<Record<string, unknown>> = {};

  /** @param secrets values by name, as {@link makeSecrets} makes them */
  constructor(private readonly container: () => Container, name: string, private readonly secrets: Readonly<Record<string, string>>) {
    this.service = serviceOf(name);
  }

  /**
   * What lies around the root disk of a machine that some services share: their addresses, and their volumes, all of them in /srv/volumes too.
   * @param folder where the volumes are, outside
   */
  static surroundings(names: readonly string[], folder: string): Surroundings {
    const volumes = names.flatMap((name) => volumesOf(serviceOf(name).data).map(({ name: volume, path }) => [path, join(folder, name, volume)] as const));
    for (const [, outside] of volumes) mkdirSync(outside, { recursive: true });
    return { addresses: names.map((name) => serviceOf(name).address), volumes: { ...Object.fromEntries(volumes), '/srv/volumes': folder } };
  }

  /**
   * Runs the roles of the guest's playbook with the variables that synth emits for it.
   * @param secrets values that have changed since, by name
   */
  converge(options: Partial<PlayOptions> = {}, secrets: Readonly<Record<string, string>> = {}): PlayResult {
    const dumps = this.service.saves?.kind === 'dumped' ? ['service_dump'] : [];
    return this.play([...COMMON_ROLES, roleOf(this.service), ...dumps], options, secrets);
  }

  /** Runs the service's own role alone: where another one needs it, or after a change that is none of the common roles. */
  convergeRole(secrets: Readonly<Record<string, string>> = {}): PlayResult {
    return this.play([roleOf(this.service)], {}, secrets);
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

  /** Value of a secret of the house. */
  secret(name: string): string {
    return this.secrets[name]!;
  }

  /** Waits until the service is well again, as after a restart; throws with its complaint after a minute. */
  async recovery(): Promise<void> {
    const until = Date.now() + 60_000;
    for (let complaint = this.illness(); complaint !== undefined; complaint = this.illness()) {
      if (Date.now() > until) throw new Error(`${this.service.name} does not get well: ${complaint}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Status and body of an address, `200\n…`; a redirect is an answer, as it is for `./house health`. */
  ask(url: string): string {
    const program = `import urllib.request as r, urllib.error as e
class Stay(r.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
try: a = r.build_opener(Stay).open("${url}", timeout=20)
except e.HTTPError as error: a = error
print(a.status); print(a.read().decode(errors="replace"))`;
    const { stdout, stderr } = this.container().run(`python3 - <<'PROGRAM'\n${program}\nPROGRAM`);
    return stdout || stderr;
  }

  /** Runs a command line inside, as root. */
  run(commandLine: string, timeoutSec?: number): CommandResult {
    return this.container().run(commandLine, timeoutSec);
  }

  /** A browser of somebody in the LAN, without cookies. */
  browser(): Browser {
    return new Browser(this.container());
  }

  /** Address of the service with the port that it is asked on, over plain http, e.g. `http://192.168.88.222:8080`. */
  get url(): string {
    return `http://${this.service.address}:${this.service.ports[0].port}`;
  }

  /** Ports of the definition on which nothing listens that another machine could reach. */
  closedPorts(): readonly number[] {
    const { stdout } = this.container().run('ss -Hltn');
    const open = stdout.split('\n').map((line) => line.split(/\s+/)[3] ?? '').filter((local) => !/^(127\.|\[::1\])/.test(local));
    return this.service.ports.map(({ port }) => port).filter((port) => !open.some((local) => local.endsWith(`:${port}`)));
  }

  private play(roles: readonly string[], options: Partial<PlayOptions>, secrets: Readonly<Record<string, string>>): PlayResult {
    const { homelab_secrets: _lookup, ...shared } = emitted.ansible('inventories/group_vars/all.yml') as Record<string, unknown>;
    const own = emitted.ansible(`inventories/host_vars/${this.service.name}.yml`) as Record<string, unknown>;
    const here = {
      homelab_secrets: { ...this.secrets, ...secrets },
      homelab_handover_foundation: {},
      homelab_handover_services: {},
      guest_base_authorized_keys: [this.container().publicKey().trim()],
      guest_base_expected_mac: '',
    };
    return playRoles(this.container(), roles, { timeoutSec: 600, ...options, variables: { ...shared, ...own, ...here, ...this.variables } });
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
  for (const secret of secrets) values[secret.name] = await valueOf(secret, authority);
  return values;
}

async function valueOf(secret: SecretToMake, authority: string): Promise<string> {
  const { name, kind, howToMake: how } = secret;
  if (how.kind === 'authority') return authority;
  if (how.kind === 'certificate') return makeCertificate(authority, [...how.hosts]);
  if (how.kind === 'ask' && how.form !== undefined) return exampleOf(secret);
  const value = `Value0of1${name.replaceAll('_', '')}`;
  // Keys have the length that programs want; passwords stay short enough to be read in a test.
  return kind === 'session' && how.kind === 'random' ? value.padEnd(how.length, '0') : value;
}
