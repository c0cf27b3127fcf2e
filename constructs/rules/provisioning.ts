import { formatNetwork, networkAddress, parseCidr, type Ipv4Network } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

/** The network for installing machines is apart from the house's own: another bridge, other addresses. */
export function checkProvisioning(lab: HomelabProps): Problem[] {
  const { bridge, provisioning } = lab.host;
  if (!provisioning) return [];
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path: 'host', rule, got, remedy });
  if (provisioning.bridge === bridge.name) {
    report('the provisioning network has a bridge of its own', `'${provisioning.bridge}'`, "name another one, e.g. 'vmbr1'");
  }
  const house = parseCidr(bridge.address);
  const isolated = parseCidr(provisioning.address);
  if (!isolated) report("the provisioning network's 'address' is IPv4 in CIDR form", `'${provisioning.address}'`, "write it like '10.88.99.1/24'");
  else if (house && overlap(house, isolated)) {
    const got = `${formatNetwork(isolated)} and ${formatNetwork(house)}`;
    report('the provisioning network shares no address with the house', got, 'take another private network');
  }
  return problems;
}

/** Two networks overlap when the smaller lies in the larger. */
function overlap(left: Ipv4Network, right: Ipv4Network): boolean {
  const prefix = Math.min(left.prefix, right.prefix);
  return networkAddress({ ...left, prefix }) === networkAddress({ ...right, prefix });
}
