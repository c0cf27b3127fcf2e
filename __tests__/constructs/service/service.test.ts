import { askedSecret, disposable, filesAlone, keeps, randomSecret, Service, type ServiceProps } from '../../../constructs';
import { factsOf } from '../../../constructs/lab-facts';
import type { SealedSecrets } from '../../../constructs/service/sealed-secrets';
import type { ServiceContext } from '../../../constructs/service/service';
import { built } from '../../helpers/built';
import { smallHouse } from '../../helpers/small-house';

const context: ServiceContext = {
  lab: factsOf(smallHouse),
  stack: 'services',
  nodeName: 'loft',
  network: { bridge: 'vmbr7', prefix: 22, gateway: '10.61.7.254' },
  nameservers: ['10.61.7.253'],
  sshKeys: smallHouse.sshKeys,
  pool: 'barn',
  volumesDataset: 'barn/volumes',
  storageId: 'barn',
  image: smallHouse.containerImage,
  template: smallHouse.template,
  domain: smallHouse.domain,
  level: 3,
  gpuRun: () => undefined,
  roles: 'ansible/roles',
  services: [],
  admins: [],
};

/** A service with what it cannot do without. */
const required: ServiceProps = {
  name: 'home-bridge',
  vmId: 4200,
  purpose: 'Bridges things',
  tier: 'app',
  address: '10.61.6.7',
  cores: 1,
  memoryMiB: 256,
  diskGiB: 2,
  ports: [],
  health: { kind: 'command', command: 'true' },
  data: disposable('nothing is kept'),
};

const build = (props: ServiceProps, site: Partial<ServiceContext> = {}): ReturnType<typeof built> =>
  built((stack) => void new Service(stack, props.name, props, { ...context, ...site }));

describe('a service with required props only', () => {
  const { resource, hosts, plays } = build(required);
  const container = resource.proxmox_virtual_environment_container['home-bridge'];

  test('is an unprivileged, running container that starts with the host', () => {
    expect(container).toMatchObject({ vm_id: 4200, unprivileged: true, started: true, start_on_boot: true, startup: { order: 3 } });
    expect(container.memory).toEqual({ dedicated: 256, swap: 512 });
    expect(container.initialization.ip_config).toEqual([{ ipv4: { address: '10.61.6.7/22', gateway: '10.61.7.254' } }]);
  });

  test('may be destroyed, since it keeps nothing', () => {
    expect(container.protection).toBe(false);
    expect(container.lifecycle).not.toHaveProperty('prevent_destroy');
  });

  test('has a MAC address of Proxmox VE’s making and waits for nothing', () => {
    expect(container.network_interface[0]).not.toHaveProperty('mac_address');
    expect(container).not.toHaveProperty('depends_on');
  });

  test('is a machine of its layer with the variables of the base only', () => {
    expect(hosts).toEqual([expect.objectContaining({ hostName: 'home-bridge', address: '10.61.6.7', layer: 'apps' })]);
    expect(Object.keys(hosts[0].variables).sort()).toEqual(['guest_base_authorized_keys', 'guest_base_expected_mac', 'guest_base_pool_folder', 'guest_base_pool_host', 'guest_base_pool_vmid', 'guest_base_timezone', 'guest_walls_admins', 'guest_walls_declared', 'guest_walls_doors', 'guest_walls_web', 'node_exporter_health_command']);
  });

  test('is attached on the host first, then installed by the role of its name', () => {
    expect(plays.map(({ hostName, roles }) => [hostName, roles.map(({ role }) => role)])).toEqual([
      ['loft', ['guest_attach']],
      ['home-bridge', ['guest_base', 'guest_walls', 'node_exporter', 'home_bridge']],
    ]);
    expect(plays[0].roles[0].variables).toMatchObject({ guest_attach_guests: [{ vmid: 4200, name: 'home-bridge', volumes: [] }] });
  });
});

describe('a service with everything', () => {
  const props: ServiceProps = {
    ...required,
    tier: 'platform',
    macAddress: 'bc:24:11:00:42:00',
    swapMiB: 0,
    data: keeps({ name: 'data', path: '/srv/bridge', quotaGiB: 4 }, { name: 'logs', path: '/srv/logs', quotaGiB: 1 }),
    saves: filesAlone('things tell their state again'),
    role: 'bridge-of-things',
    settings: { key: randomSecret('bridge_key'), logins: [{ login: askedSecret('bridge_login', 'the vendor') }], network: (lab) => lab.network },
    gpu: true,
    tags: ['things'],
    startOnBoot: false,
    unprivileged: false,
    importExisting: true,
  };
  const gpuRun = () => ({ role: 'nvidia-passthrough', tasksFrom: 'guests' });
  const { resource, hosts, plays } = build(props, { gpuRun });
  const container = resource.proxmox_virtual_environment_container['home-bridge'];

  test('takes every choice over into the container', () => {
    expect(container).toMatchObject({ start_on_boot: false, unprivileged: false, memory: { swap: 0 }, tags: ['homelab', 'platform', 'things'] });
    expect(container.network_interface[0].mac_address).toBe('bc:24:11:00:42:00');
  });

  test('is protected, since it keeps data', () => {
    expect(container).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
  });

  test('tells its role where each volume is, and to write nowhere else', () => {
    expect(hosts[0].variables).toMatchObject({
      bridge_of_things_data_dir: '/srv/bridge',
      bridge_of_things_require_mount: true,
      bridge_of_things_logs_dir: '/srv/logs',
      bridge_of_things_logs_require_mount: true,
    });
  });

  test('names secrets and never holds one', () => {
    expect(hosts[0].variables).toMatchObject({
      bridge_of_things_key: '{{ homelab_secrets.bridge_key }}',
      bridge_of_things_logins: [{ login: '{{ homelab_secrets.bridge_login }}' }],
      bridge_of_things_network: '10.61.4.0/22',
    });
  });

  test('is given volumes and the card by root on the host', () => {
    expect(plays[0].roles.map(({ role }) => role)).toEqual(['guest_attach', 'nvidia-passthrough']);
    expect(plays[1].roles.map(({ role }) => role)).toEqual(['guest_base', 'guest_walls', 'node_exporter', 'bridge-of-things']);
  });

  test('is configured again when the container is made anew, or its definition changes', () => {
    const trigger = resource.null_resource['home-bridge'];
    expect(trigger.lifecycle.replace_triggered_by).toEqual(['proxmox_virtual_environment_container.home-bridge']);
    const other = build({ ...props, settings: { ...props.settings, more: 1 } }, { gpuRun }).resource.null_resource['home-bridge'];
    expect(other.triggers).not.toEqual(trigger.triggers);
    expect(build(props, { gpuRun }).resource.null_resource['home-bridge']).toEqual(trigger);
  });

  test('is configured again when a secret of its own has another value, and by no other', () => {
    const digest = (sealedSecrets: SealedSecrets): unknown => build(props, { gpuRun, sealedSecrets }).resource.null_resource['home-bridge'].triggers.secrets;
    const before = { bridge_login: 'ENC[a]', house_authority: 'ENC[b]', other: 'ENC[c]' };
    expect(digest({ ...before, bridge_login: 'ENC[new]' })).not.toBe(digest(before));
    expect(digest({ ...before, house_authority: 'ENC[new]' })).not.toBe(digest(before));
    expect(digest({ ...before, other: 'ENC[new]' })).toBe(digest(before));
  });
});

test('a service with a GPU in a house whose host has none to give gets no part of it', () => {
  const [attach] = build({ ...required, gpu: true }).plays;
  expect(attach.roles.map(({ role }) => role)).toEqual(['guest_attach']);
});
