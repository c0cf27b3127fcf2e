import type { ResourceChange } from '../../review/plan-json';
import { change, judged, machine, n8n, rules, update, VM } from './plans';

const [eth0] = n8n.network_interface;
const eth1 = { name: 'eth1', bridge: 'vmbr1', mac_address: 'BC:24:11:00:01:03', vlan_id: 7 };
const two = { ...n8n, network_interface: [eth0, eth1] };
const address = (text: unknown): Record<string, unknown> => ({ initialization: [{ hostname: 'n8n', ip_config: [{ ipv4: [{ address: text }], ipv6: [] }] }] });
const nics = (...network_interface: unknown[]): ResourceChange => change(['update'], two, { ...two, network_interface });

test.each<[string, ResourceChange, string]>([
  ['a second interface that goes', nics(eth0), 'the interface eth1 (BC:24:11:00:01:03) goes'],
  ['the first of two', nics(eth1), 'the interface eth0 (BC:24:11:00:01:02) goes'],
  ['another MAC address', nics(eth0, { ...eth1, mac_address: 'BC:24:11:FF:FF:FF' }), 'eth1: mac_address BC:24:11:00:01:03 -> BC:24:11:FF:FF:FF'],
  ['no MAC address', nics(eth0, { ...eth1, mac_address: null }), 'mac_address BC:24:11:00:01:03 -> nothing'],
  ['another bridge', nics({ ...eth0, bridge: 'vmbr9' }, eth1), 'eth0: bridge vmbr0 -> vmbr9'],
  ['no VLAN', nics(eth0, { ...eth1, vlan_id: 0 }), 'eth1: vlan_id 7 -> 0'],
  ['an interface that is switched off', nics({ ...eth0, enabled: false }, eth1), 'eth0: enabled true -> false'],
  ['another address', update(address('192.0.2.9/24')), '192.0.2.102/24 -> 192.0.2.9/24'],
  ['an address that is asked for', update(address('dhcp')), '192.0.2.102/24 -> dhcp'],
  ['no address', update({ initialization: [{ hostname: 'n8n', ip_config: [] }] }), '192.0.2.102/24 -> nothing'],
  ['no interface of a machine', change(['update'], machine, { ...machine, network_device: [] }, { type: VM }), 'the interface 0 (BC:24:11:00:03:00) goes'],
  ['one that is unplugged', change(['update'], machine, { ...machine, network_device: [{ ...machine.network_device[0], disconnected: true }] }, { type: VM }), 'disconnected undefined -> true'],
])('%s is refused, however many restarts were announced', (_what, planned, text) => {
  const { objections } = judged([planned], { restarts: 9, allow: ['restarts-guest:102'] });
  expect(objections).toMatchObject([{ rule: 'changes-network', severity: 'outage', problem: expect.stringContaining(text) }]);
});

test('an address or a MAC address that is only known after apply is another one', () => {
  const mac = change(['update'], n8n, { ...n8n, network_interface: [{ ...eth0, mac_address: undefined }] }, { unknown: { network_interface: [{ mac_address: true }] } });
  const ip = change(['update'], n8n, { ...n8n, ...address(undefined) }, { unknown: { initialization: [{ ip_config: [{ ipv4: [{ address: true }] }] }] } });
  for (const planned of [mac, ip]) {
    expect(judged([planned], { restarts: 1 }).objections).toMatchObject([{ rule: 'changes-network', problem: expect.stringContaining('(known after apply)') }]);
  }
});

test('an interface that comes, or interfaces in another order, only restart', () => {
  const more = change(['update'], n8n, two);
  expect(rules(judged([more]))).toEqual(['restarts-guest']);
  expect(rules(judged([more, nics(eth1, eth0)], { restarts: 2 }))).toEqual([]);
});
