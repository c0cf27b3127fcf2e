import { guestText, isGuest, isUnknown, shown, type Change } from '../change';
import { asks } from '../rule';
import { isSame, listOf, pathText, valueAt, type Path } from '../values';

/** What says where an interface is reached. */
const REACHED_BY = ['mac_address', 'bridge', 'vlan_id'];

/** An existing guest must stay where others find it: it keeps its interfaces, with their MAC addresses, and its addresses. */
export const changesNetwork = asks('changes-network', 'outage', (change) => {
  if (!isGuest(change) || change.action !== 'update') return [];
  return [...lostInterfaces(change), ...changedAddresses(change)].map((what) => ({
    problem: `this would change how ${guestText(change)} is reached: ${what}`,
    remedy: 'leave its network as it is; what others know of it (DNS, firewall, other services) must change with it',
  }));
});

function lostInterfaces(change: Change): string[] {
  return ['network_interface', 'network_device'].flatMap((block) => {
    const now = listOf(change.after?.[block]);
    return listOf(change.before?.[block]).flatMap((was, index) => {
      // The interfaces of a virtual machine have no name but their place.
      const at = was.name === undefined ? index : now.findIndex(({ name }) => name === was.name);
      const is = now[at];
      if (!is) return [`the interface ${String(was.name ?? index)} (${String(was.mac_address ?? 'without a MAC address')}) goes`];
      const off = [...(was.enabled !== false && is.enabled === false ? ['enabled'] : []), ...(was.disconnected !== true && is.disconnected === true ? ['disconnected'] : [])];
      const other = REACHED_BY.filter((name) => !isSame(was[name], '') && (isUnknown(change, [block, at, name]) || !isSame(was[name], is[name])));
      return [...off, ...other].map((name) => `${block} ${String(was.name ?? index)}: ${name} ${String(was[name])} -> ${isUnknown(change, [block, at, name]) ? '(known after apply)' : String(is[name] ?? 'nothing')}`);
    });
  });
}

function changedAddresses(change: Change): string[] {
  const count = listOf(listOf(change.before?.initialization)[0]?.ip_config).length;
  const paths = Array.from({ length: count }).flatMap((_, index): Path[] =>
    ['ipv4', 'ipv6'].map((family) => ['initialization', 0, 'ip_config', index, family, 0, 'address']),
  );
  return paths
    .filter((path) => !isSame(valueAt(change.before, path), '') && (isUnknown(change, path) || !isSame(valueAt(change.before, path), valueAt(change.after, path))))
    .map((path) => `${pathText(path)} ${shown(change, path)}`);
}
