import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { HomelabProps } from '../../../constructs';
import { formatIpv4, networkAddress, parseCidr, parseIpv4 } from '../../../constructs/core/ipv4';
import { subtractNetworks } from '../../../constructs/core/ipv4-subtract';
import { hostFirewallRules } from '../../../constructs/host/host-walls';
import { homelab } from '../../../homelab';
import { withHost } from '../../helpers/alter';
import { root } from '../../helpers/run-synth';
import { smallHouse } from '../../helpers/small-house';

interface Rule {
  readonly name: string;
  readonly source: string;
  readonly dport: string;
  readonly action?: string;
}

const rulesOf = (lab: HomelabProps): Rule[] => hostFirewallRules(lab) as unknown as Rule[];
const blocks = (source: string) => source.split(',').map((text) => parseCidr(text) ?? { address: parseIpv4(text)!, prefix: 32 });
const holds = (source: string, address: number): boolean => blocks(source).some(({ address: first, prefix }) => Math.floor(address / 2 ** (32 - prefix)) === Math.floor(first / 2 ** (32 - prefix)));

/** Verdicts of a firewall as Proxmox VE makes it: rules from the front, then its local network is let into the management ports. */
function isLetIn(rules: readonly Rule[], lab: HomelabProps, address: number, port: string): boolean {
  const first = rules.find((rule) => rule.dport.split(',').includes(port) && holds(rule.source, address));
  return first ? first.action !== 'DROP' : holds(lab.host.bridge.address, address);
}

const addressesOf = (lab: HomelabProps): number[] => {
  const network = parseCidr(lab.host.bridge.address)!;
  return Array.from({ length: 2 ** (32 - network.prefix) }, (_, index) => networkAddress(network) + index);
};
const guestsOf = (lab: HomelabProps): number[] => lab.services.map(({ address }) => parseIpv4(address)!);

describe.each([['the owner’s house', homelab], ['the small house', smallHouse]])('%s', (_house, lab) => {
  const rules = rulesOf(lab);

  test.each(['22', '8006'])('lets every machine of its network to port %s of the host but its guests, whatever the order of the rules', (port) => {
    const guests = new Set(guestsOf(lab));
    for (const order of [rules, rules.toReversed()]) {
      const wrong = addressesOf(lab).filter((address) => isLetIn(order, lab, address, port) === guests.has(address));
      expect(wrong.map(formatIpv4)).toEqual([]);
    }
  });

  test('needs no rule that is longer than Proxmox VE takes', () => {
    for (const { source } of rules) expect(source.length).toBeLessThanOrEqual(512);
  });
});

describe('a house that names from where its owner works', () => {
  const lab = withHost({ adminAddresses: ['10.61.6.0/28', '10.61.4.77', '10.8.0.0/24'] });
  const rules = rulesOf(lab);

  test('lets in those, and nobody else of its network, whom Proxmox VE would let in by itself', () => {
    const inside = addressesOf(lab).filter((address) => isLetIn(rules, lab, address, '8006'));
    expect(inside).toHaveLength(17);
    expect(inside.map(formatIpv4)).toEqual(expect.arrayContaining(['10.61.4.77', '10.61.6.0', '10.61.6.15']));
    expect(isLetIn(rules, lab, parseIpv4('10.8.0.9')!, '22')).toBe(true);
  });

  test('the role knows whom the rules shut out, and so never shuts out who runs it', () => {
    execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
    const asked = ['10.61.4.77', '10.61.6.15', '10.8.0.9', '10.61.4.78', '10.61.5.22', '10.9.0.1', 'fe80::1'];
    const program = `import json, sys; from pve_init_firewall import shut_out; rules, asked = json.load(sys.stdin); print(json.dumps([shut_out(rules, one, 22) for one in asked]))`;
    const run = spawnSync(join(root, '.tools/python/bin/python'), ['-c', program], {
      cwd: join(root, 'ansible/roles/pve-init/filter_plugins'), input: JSON.stringify([rules, asked]), encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect({ stderr: run.stderr, stdout: JSON.parse(run.stdout || 'null') as unknown }).toEqual({ stderr: '', stdout: [false, false, false, true, true, true, false] });
  });
});

test('a network without others is cut into the fewest parts', () => {
  const left = (without: string[]) => subtractNetworks(parseCidr('10.0.0.8/29')!, without.map((text) => parseCidr(text)!)).map(({ address, prefix }) => `${formatIpv4(address)}/${prefix}`);
  expect(left([])).toEqual(['10.0.0.8/29']);
  expect(left(['10.0.0.8/32'])).toEqual(['10.0.0.9/32', '10.0.0.10/31', '10.0.0.12/30']);
  expect(left(['10.0.0.0/8'])).toEqual([]);
  expect(left(['10.1.0.0/16'])).toEqual(['10.0.0.8/29']);
});
