import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playRole, type PlayOptions, type PlayResult } from '../../../drill/containers/ansible';
import { bootKernel } from '../../../drill/containers/boot-images';
import { BootNetwork, DISK_TEXT, LAN, whyNoNetworkBoot } from '../../../drill/containers/boot-machine';
import { CONTAINER_ADDRESS, TESTER_ADDRESS } from '../../../drill/containers/container';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';

const ARMED = '52:54:00:00:00:01';
const STRANGER = '52:54:00:00:00:02';
const LATE = '52:54:00:00:00:03';
const UEFI = '52:54:00:00:00:04';
const HASH = '$y$j9T$saltsaltsalt$hash';
const PXE_CLIENT = join(__dirname, '../../../drill/containers/pxe-client.py');
/** What our stand-in for the installer's kernel writes before the command line it was given. */
const KERNEL_TEXT = 'INSTALLER STARTED WITH';

const whyNoBoot = whyNoNetworkBoot();
if (whyNoBoot) console.warn(`SKIPPED: machines that boot from role pxe_server did not run: ${whyNoBoot}`);

describeInContainer('role pxe_server', (container) => {
  const variables = () => ({
    pxe_server_interface: 'vmbr0',
    pxe_server_address: CONTAINER_ADDRESS,
    pxe_server_network: '192.168.88.0',
    pxe_server_root_password_hash: HASH,
    pxe_server_hosts: [
      { name: 'pve', mac: ARMED, answer_file: join(container().folder, 'answer.toml') },
      { name: 'pve2', mac: LATE, answer_file: join(container().folder, 'answer.toml') },
      { name: 'pve3', mac: UEFI, answer_file: join(container().folder, 'answer.toml') },
    ],
  });
  const play = (more: object = {}, options: Partial<PlayOptions> = {}): PlayResult =>
    playRole(container(), 'pxe_server', { variables: { ...variables(), ...more }, ...options });
  const state = (mac: string) => container().run(`pxe-status | grep ${mac}`).stdout.split(/ +/)[3];
  const atTester = (...command: string[]) => {
    const run = spawnSync(...container().atTester(command), { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'${command.join(' ')}' failed: ${run.stderr}`);
    return run.stdout;
  };
  const firmware = (mac: string, ...kind: string[]) => JSON.parse(atTester('python3', PXE_CLIENT, LAN, TESTER_ADDRESS, mac, ...kind));
  /** What an installer sends, and what it gets back. */
  const post = (path: string, body: object) =>
    atTester('python3', '-c', 'import sys, urllib.request as http; print(http.urlopen(sys.argv[1], sys.argv[2].encode()).read().decode())',
      `http://${CONTAINER_ADDRESS}:8069${path}`, JSON.stringify(body));
  const requests = () => container().run('journalctl --unit=pxe-answer --output=cat').stdout;

  beforeAll(() => {
    writeFileSync(join(container().folder, 'answer.toml'), '[global]\nroot-password-hashed = "{{ pxe_server_root_password_hash }}"\n[first-boot]\nurl = "{{ pxe_server_url }}/first-boot"\n');
    // The containers look like a Proxmox host; this role is for another machine, without repositories that nobody can reach here.
    container().run('rm /etc/apt/sources.list.d/pve-enterprise.sources /etc/apt/sources.list.d/ceph.sources');
  });

  test('fails before anything is changed on an answer whose password would be empty', () => {
    const result = play({ pxe_server_root_password_hash: '' });
    expect(result.failed.join()).toContain('which is empty');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('serves, and shows no password while it is set up', () => {
    const result = play();
    expectSuccess(result);
    expect(result.output).not.toContain('root-password-hashed');
    expect(container().run('stat -c "%a %U:%G" /etc/pxe-server/answers/*').stdout).toMatch(/^640 root:pxe-server$/m);
  }, TEST_MS);

  test.each([['changes nothing the second time', false], ['is clean in check mode', true]])('%s', (_, check) => {
    const result = play({}, { check });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('arms nothing by itself, and nothing whose installer is not there', () => {
    expect([state(ARMED), state(LATE)]).toEqual(['-', '-']);
    expect(container().run(`pxe-arm ${ARMED}`)).toMatchObject({ status: 1, stderr: expect.stringContaining('proxmox.iso') });
  });

  (whyNoBoot ? describe.skip : describe)('for machines on its network', () => {
    let network: BootNetwork;
    beforeAll(() => {
      network = new BootNetwork(container());
    });
    afterAll(() => network?.stop());

    test('the firmware of an armed machine is led to iPXE and the boot script, that of others is not answered', () => {
      container().run('mkdir -p /srv/pxe/boot/proxmox && cd /srv/pxe/boot/proxmox && echo stand-in | tee initrd.img > proxmox.iso');
      writeFileSync(join(container().root, 'srv/pxe/boot/proxmox/vmlinuz'), bootKernel(KERNEL_TEXT));
      expect(firmware(ARMED)).toEqual({ offered: false, bootFile: '', bytes: 0 });
      for (const mac of [ARMED, LATE, UEFI]) expect(container().run(`pxe-arm ${mac}`).status).toBe(0);
      const script = `http://${CONTAINER_ADDRESS}:8069/boot.ipxe`;
      expect(firmware(ARMED)).toEqual({ offered: true, bootFile: 'undionly.kpxe', bytes: expect.any(Number) });
      expect(firmware(ARMED, '--uefi')).toMatchObject({ offered: true, bootFile: 'ipxe.efi' });
      expect(firmware(ARMED, '--ipxe')).toMatchObject({ bootFile: script });
      expect(firmware(ARMED, '--ipxe', '--uefi')).toMatchObject({ bootFile: script });
    }, TEST_MS);

    test('starts the installer on armed machines; one never armed and one armed too long ago start from their own disks', async () => {
      container().run(`touch -d '2 hours ago' /var/lib/pxe-server/armed/${LATE.replaceAll(':', '-')}`);
      // Our kernel is for a BIOS: UEFI fetches it and cannot start it.
      const [armed, uefi, stranger, late] = await Promise.all([
        network.start(ARMED, 'auto-installer'), network.start(UEFI, 'vmlinuz... ok', 'uefi'), network.start(STRANGER, DISK_TEXT), network.start(LATE, DISK_TEXT),
      ]);
      expect(armed).toContain(`${KERNEL_TEXT} ramdisk_size=16777216 rw quiet initrd=initrd.img splash=silent proxmox-start-auto-installer`);
      for (const file of ['vmlinuz', 'initrd.img', 'proxmox.iso']) expect(requests()).toContain(`GET /files/proxmox/${file} HTTP/1.1" 200`);
      expect(uefi).toContain('NBP filename is ipxe.efi');
      expect(uefi).toContain(`http://${CONTAINER_ADDRESS}:8069/files/proxmox/vmlinuz... ok`);
      expect(stranger).toContain(DISK_TEXT);
      expect(stranger).not.toContain('boot.ipxe');
      expect(late).toContain('This machine is not armed');
      expect(late).toContain(DISK_TEXT);
    }, TEST_MS);

    test('the installer gets its answer and reports, and the machine starts from its own disk from then on', async () => {
      expect(post('/answer', { network_interfaces: [{ link: 'eno1', mac: ARMED }] })).toBe(
        `[global]\nroot-password-hashed = "${HASH}"\n[first-boot]\nurl = "http://${CONTAINER_ADDRESS}:8069/first-boot"\n\n`,
      );
      expect(state(ARMED)).toBe('answered');
      post('/installed', { fqdn: 'pve.home.arpa', 'network-interfaces': [{ mac: ARMED.toUpperCase() }] });
      expect(state(ARMED)).toBe('installed');
      const before = requests();
      expect(await network.start(ARMED, DISK_TEXT)).toContain(DISK_TEXT);
      expect(requests()).toBe(before);
    }, TEST_MS);

    test('names the same programs in a network of its own, where it gives out the addresses', async () => {
      await network.stop();
      expectSuccess(play({ pxe_server_dhcp_range: '192.168.88.100,192.168.88.120', pxe_server_hosts: variables().pxe_server_hosts.slice(0, 1) }));
      container().run(`pxe-arm ${ARMED}`);
      expect(firmware(ARMED)).toMatchObject({ bootFile: 'undionly.kpxe' });
      expect(firmware(ARMED, '--uefi')).toMatchObject({ bootFile: 'ipxe.efi' });
      expect(firmware(ARMED, '--ipxe')).toMatchObject({ bootFile: `http://${CONTAINER_ADDRESS}:8069/boot.ipxe` });
    }, TEST_MS);

    test('has forgotten the answers of machines that are no longer named, and logged no secret', () => {
      expect(container().run('ls /etc/pxe-server/answers').stdout).toBe(ARMED.replaceAll(':', '-'));
      expect(container().run('journalctl').stdout).not.toContain(HASH);
      expect(container().run('systemctl --failed --no-legend').stdout).toBe('');
    });
  });
});
