import { parseCidr } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { hostRoles } from '../host/host-settings';
import { volumesOf } from '../service/data';
import type { IdMapProps } from '../service/guest-props';
import { roleOf, type ServiceProps } from '../service/service-props';
import { pathOf } from './path';

type Report = (rule: string, got: string, remedy: string) => void;

/** What a guest asks of the machine beyond its size is there, and does not contradict itself. */
export function checkGuests(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service) => {
    const problems: Problem[] = [];
    const report: Report = (rule, got, remedy) => void problems.push({ path: pathOf(lab, service), rule, got, remedy });
    for (const check of [checkCards, checkRootStorage, checkBinds, checkDevices]) check(lab, service, report);
    checkIdMap(service.idMap ?? [], report);
    checkRole(service, report);
    return problems;
  });
}

/** What sets up the host is never run in a guest; the exporter is the one role that both have. */
function checkRole(service: ServiceProps, report: Report): void {
  const role = roleOf(service);
  if (role !== 'node_exporter' && hostRoles.some((each) => each === role)) report('a service is not installed by a role of the host', `'${role}'`, "name the role of the service with 'role'");
}

/** Bridges exist and pass the tags that are asked for; whoever asks DHCP is known to it; cards without an address come last. */
function checkCards(lab: HomelabProps, { network = {}, extraCards = [], macAddress }: ServiceProps, report: Report): void {
  const { bridge, otherBridges = [], provisioning } = lab.host;
  const aware = new Map<string, boolean>([
    [bridge.name, bridge.vlanAware ?? false],
    ...(provisioning ? [[provisioning.bridge, false] as const] : []),
    ...otherBridges.map(({ name, vlanAware = false }) => [name, vlanAware] as const),
  ]);
  for (const { bridge: name = bridge.name, vlan } of [network, ...extraCards]) {
    const passes = aware.get(name);
    if (passes === undefined) report(`a network card is plugged into a bridge of the host: ${[...aware.keys()].join(', ')}`, `'${name}'`, "correct it, or declare it in 'host.otherBridges'");
    else if (vlan !== undefined && !passes) report('a VLAN tag needs a bridge that is aware of VLANs', `tag ${vlan} on '${name}'`, `set 'vlanAware' of '${name}'`);
  }
  if (network.dhcp && macAddress === undefined) {
    report('an address from DHCP is reserved for a MAC address', 'no macAddress', "declare 'macAddress', and give the DHCP server the reservation that synth writes to dns/reservations.conf");
  }
  if (network.dhcp && network.gateway !== undefined) report('a router comes from DHCP or from the definition', "'dhcp' and 'gateway'", 'drop one of them');
  const withAddress = extraCards.map(({ address, ipv6 }) => (address ?? ipv6) !== undefined);
  if (withAddress.indexOf(false) >= 0 && withAddress.lastIndexOf(true) > withAddress.indexOf(false)) {
    report('cards without an address stand behind those that have one; the provider pairs addresses and cards by their places', 'a card without an address before one with', 'put it last');
  }
  const own = parseCidr(bridge.address);
  for (const { address } of extraCards) {
    const given = address === undefined || address === 'dhcp' ? undefined : parseCidr(address);
    if (given && own && given.address === own.address) report('an address of a card is not the host’s', address!, 'take a free address');
  }
}

/** The storage of a root disk is one that the house knows, and takes root disks. */
function checkRootStorage(lab: HomelabProps, { rootStorage, vm }: ServiceProps, report: Report): void {
  const [disk, guest] = vm ? ['images', 'virtual machine'] as const : ['rootdir', 'container'] as const;
  const { pool, others = [] } = lab.storage;
  if (rootStorage === undefined || rootStorage === pool.name) return;
  const storage = others.find(({ id }) => id === rootStorage);
  if (!storage) {
    report(`a root disk lies on a storage that the house knows: ${[pool.name, ...others.map(({ id }) => id)].join(', ')}`, `'${rootStorage}'`, "correct it, or declare it in 'storage.others'");
  } else if (!storage.content.includes(disk)) {
    report(`the storage of a ${guest}'s root disk takes '${disk}'`, `'${rootStorage}' takes ${storage.content.join(', ')}`, 'take another storage, or correct its content');
  }
}

/** What is bound exists, is made before it is bound, and hides nothing. */
function checkBinds(lab: HomelabProps, service: ServiceProps, report: Report): void {
  const paths = volumesOf(service.data).map(({ path }) => path);
  for (const bind of service.binds ?? []) {
    const hidden = paths.find((path) => `${path}/`.startsWith(`${bind.path}/`) || `${bind.path}/`.startsWith(`${path}/`));
    if (hidden !== undefined) report('what is mounted into a guest does not lie in each other; the later mount would hide data', `${hidden} and ${bind.path}`, 'take paths beside each other');
    paths.push(bind.path);
    if ('dataset' in bind) {
      const known = lab.storage.datasets.map(({ name }) => name);
      if (!known.includes(bind.dataset)) report(`a dataset that is bound is one of the house: ${known.join(', ')}`, `'${bind.dataset}'`, "declare it in 'storage.datasets'");
      continue;
    }
    if ('hostPath' in bind) {
      const system = /^\/(bin|boot|dev|etc|home|lib\w*|proc|root|run|sbin|sys|tmp|usr|var)(\/|$)/.test(bind.hostPath);
      if (system) report('a folder of the host that is bound is none of its system', bind.hostPath, 'keep the data in a folder or dataset of its own');
      continue;
    }
    const owner = lab.services.find(({ name }) => name === bind.service);
    const got = `'${bind.volume}' of '${bind.service}'`;
    if (!owner || !volumesOf(owner.data).some(({ name }) => name === bind.volume)) report('a volume that is bound is one that a service keeps', got, 'correct its service or its name');
    else if (owner === service) report('a service has its own volumes without a bind', got, 'drop the bind');
    else if (!service.needs?.includes(bind.service)) report('whoever binds a volume needs the service that keeps it, and comes after it', got, `add '${bind.service}' to 'needs'`);
  }
}

/** Devices of disks and memory are the host itself, and no guest's. */
function checkDevices(_lab: HomelabProps, { devices = [] }: ServiceProps, report: Report): void {
  const seen = new Set<string>();
  for (const { path } of devices) {
    if (/^\/dev\/(sd|hd|vd|xvd|nvme|dm-|md|zd|zvol|mapper|disk|loop|mem$|kmem$|port$|zfs$|kmsg$)/.test(path)) report('a device given to a guest is none through which it could change the host', path, 'give it a volume or a bind instead');
    if (seen.has(path)) report('a device is given once', `${path} twice`, 'drop one of them');
    seen.add(path);
  }
}

/** Ids of exceptions meet each other neither inside nor on the host, and are no part of what other containers have. */
function checkIdMap(idMap: readonly IdMapProps[], report: Report): void {
  const clash = (left: IdMapProps, right: IdMapProps, key: 'inside' | 'onHost'): boolean =>
    left[key] < right[key] + (right.count ?? 1) && right[key] < left[key] + (left.count ?? 1);
  idMap.forEach((map, index) => {
    const { inside, onHost, count = 1 } = map;
    if (inside + count > 65_536) report('ids inside a container end at 65535', `${inside} and ${count - 1} after it`, "lower 'count'");
    if (onHost < 1 || (onHost < 165_536 && onHost + count > 100_000)) report('an id on the host is neither root nor one of an unprivileged container', `${onHost}`, "name ids below 100000, e.g. those of the files' owners");
    for (const other of idMap.slice(0, index)) {
      if (map.of !== 'both' && other.of !== 'both' && map.of !== other.of) continue;
      if (clash(map, other, 'inside') || clash(map, other, 'onHost')) report('an id is mapped once', `${inside} to ${onHost}, and ${other.inside} to ${other.onHost}`, 'drop or correct one of them');
    }
  });
}
