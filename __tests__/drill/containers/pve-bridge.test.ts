import { setTimeout as sleep } from 'node:timers/promises';
import { playRole, type PlayResult } from '../../../drill/containers/ansible';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';

const ROLLBACK_SEC = 20;
const HOST = {
  pve_bridge_address: '192.168.88.10/24',
  pve_bridge_gateway: '192.168.88.1',
  pve_bridge_ports: ['nic0'],
  pve_bridge_rollback_sec: ROLLBACK_SEC,
};
const WITH_PROVISIONING = { ...HOST, pve_bridge_extra: [{ name: 'vmbr1', address: '10.10.10.1/24' }] };

describeInContainer('role pve-bridge', (container) => {
  const play = (variables: object, check = false): PlayResult =>
    playRole(container(), 'pve-bridge', { variables: { ...variables }, check, transport: 'ssh' });
  const interfaces = () => container().read('/etc/network/interfaces');
  const addresses = () => container().run('ip -brief -4 address').stdout;

  test('does nothing on a host that means the same already', () => {
    const before = interfaces();
    const result = play(HOST);
    expectSuccess(result);
    expect(result.changed).toEqual([]);
    expect(interfaces()).toBe(before);
  }, TEST_MS);

  test('fails while an edit of the web interface waits for a restart', () => {
    container().run('sed s/88.10/88.99/ /etc/network/interfaces > /etc/network/interfaces.new');
    const result = play(WITH_PROVISIONING);
    container().run('rm /etc/network/interfaces.new');
    expect(result.failed.join()).toContain('interfaces.new differs');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('fails on a network card that is not there, before it could cut the host off', () => {
    const result = play({ ...HOST, pve_bridge_ports: ['nic7'] });
    expect(result.failed.join()).toContain("network card 'nic7' is not on this host");
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('fails on what the parser does not understand', () => {
    const result = play({ ...HOST, pve_bridge_extra: [{ name: 'vmbr1', address: '10.10.10.400/24' }] });
    expect(result.failed.join()).toContain('10.10.10.400');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('adds an isolated bridge, and then changes nothing, in check mode either', () => {
    expectSuccess(play(WITH_PROVISIONING));
    expect(addresses()).toMatch(/vmbr1 .* 10\.10\.10\.1\/24/);
    expect(container().run('ip route').stdout).not.toContain('default via 10.');
    expect(container().run('systemctl is-active pve-bridge-rollback.timer').stdout).toBe('inactive');
    for (const check of [false, true]) {
      const again = play(WITH_PROVISIONING, check);
      expectSuccess(again);
      expect(again.changed).toEqual([]);
    }
  }, TEST_MS);

  test('puts the old network back when the new one cuts the connection', async () => {
    const before = interfaces();
    const result = play({ ...WITH_PROVISIONING, pve_bridge_ports: [] });
    expect(result.status).not.toBe(0);
    expect(interfaces()).toContain('bridge-ports none');
    await sleep(ROLLBACK_SEC * 1000);
    expect(interfaces()).toBe(before);
    expect(container().run('ip -brief link show nic0').stdout).toContain('UP');
    expectSuccess(play(WITH_PROVISIONING));
  }, TEST_MS);

  test('fails while an earlier change may still be taken back', () => {
    container().run('systemd-run --collect --unit=pve-bridge-rollback --on-active=600 true');
    const result = play(HOST);
    container().run('systemctl stop pve-bridge-rollback.timer');
    expect(result.failed.join()).toContain('an earlier change was not confirmed');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('shows a VLAN-aware bridge with a VLAN for provisioning in check mode', () => {
    const before = interfaces();
    const result = play({ ...HOST, pve_bridge_vlan_aware: true, pve_bridge_vlans: [{ id: 50, address: '10.50.0.1/24' }] }, true);
    expectSuccess(result);
    expect(result.output).toContain('bridge-vids 2-4094');
    expect(result.output).toContain('iface vmbr0.50 inet static');
    expect(interfaces()).toBe(before);
  }, TEST_MS);

  test('never took an interface down by name', () => {
    expect(container().run('journalctl --quiet --grep ifdown').stdout).toBe('');
  });
});
