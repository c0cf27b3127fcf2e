import type { Gauge, GuestSummary, LabSummary } from '../core/summary';
import { codeSpan, escapeMarkdown, headingAnchor, list, table } from '../../common/markdown';
import { formatAmount, formatPercent, overshoot, promised, readableParts } from './pictures/gauge';

/**
 * The catalogue of services as Markdown: an overview, one section per guest, the capacity of the host, and the notices.
 */
export function renderCatalogue(lab: LabSummary): string {
  const anchors = new Map(lab.guests.map((guest) => [guest.name, headingAnchor(heading(guest))]));
  const blocks = [
    '<!-- Generated from the definition of the house by synth: edit that, not this. -->',
    `# Services of ${escapeMarkdown(lab.name)}`,
    introduction(lab),
    '## Overview',
    overview(lab.guests, anchors),
    '## Guests',
    ...lab.guests.flatMap((guest) => guestSection(guest, anchors)),
    ...knownGuests(lab),
    '## Capacity',
    ...capacity(lab),
    '## Notices',
    notices(lab, anchors),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function introduction({ host, bridge, guests, backup }: LabSummary): string {
  const system = `Proxmox VE ${escapeMarkdown(host.pveVersion)}`;
  const machine = `${escapeMarkdown(host.name)} (${codeSpan(host.address)}, ${escapeMarkdown(host.board)}, ${system})`;
  const network = `bridge ${codeSpan(bridge.name)}, network ${codeSpan(bridge.network)}, gateway ${codeSpan(bridge.gateway)}`;
  const target = `${codeSpan(backup.path)} (storage ${codeSpan(backup.storage)})`;
  const copies = `${escapeMarkdown(backup.schedule)} to ${target}, keeping ${escapeMarkdown(backup.retention)}`;
  return list([`Guests: ${guests.length}`, `Host: ${machine}`, `Network: ${network}`, `Backups: ${copies}`]);
}

function overview(guests: readonly GuestSummary[], anchors: ReadonlyMap<string, string>): string {
  const rows = guests.map((guest) => [
    String(guest.vmId),
    link(guest.name, anchors),
    escapeMarkdown(guest.purpose),
    guest.tier,
    guest.stack,
    codeSpan(guest.address),
    size(guest),
    guest.volumes.length === 0 ? 'disposable' : formatAmount(dataGiB(guest), 'GiB'),
  ]);
  return table(['VMID', 'Service', 'Purpose', 'Tier', 'Stack', 'Address', 'Size', 'Data'], rows);
}

function guestSection(guest: GuestSummary, anchors: ReadonlyMap<string, string>): string[] {
  const ports = guest.ports.map(({ port, use }) => `${codeSpan(String(port))} ${escapeMarkdown(use)}`);
  const facts = [
    `Address: ${codeSpan(guest.address)}`,
    ...(guest.url === undefined ? [] : [`Open: <${guest.url}/>`]),
    `Ports: ${ports.join(', ') || 'none'}`,
    `Health check: ${codeSpan(guest.health)}`,
    `Size: ${size(guest)}${guest.gpu ? ', with the GPU' : ''}`,
    ...(guest.isVm ? ['Kind: virtual machine'] : []),
    `Tier and stack: ${guest.tier}, ${guest.stack}`,
    `Needs: ${guest.needs.map((name) => link(name, anchors)).join(', ') || 'nothing'}`,
    ...guest.volumes.map(({ path, dataset, quotaGiB }) => `Data: ${codeSpan(path)} on ${codeSpan(dataset)}, ${formatAmount(quotaGiB, 'GiB')}`),
    ...(guest.disposable === undefined ? [] : [`Data is disposable: ${escapeMarkdown(guest.disposable)}`]),
    ...guest.notices.map((notice) => `**Notice:** ${escapeMarkdown(notice)}`),
  ];
  return [`### ${escapeMarkdown(heading(guest))}`, escapeMarkdown(guest.purpose), list(facts)];
}

function knownGuests({ known }: LabSummary): string[] {
  if (known.length === 0) return [];
  const rows = known.map(({ vmId, name, kind, care, addresses, cores, memoryMiB }) => [
    String(vmId),
    escapeMarkdown(name),
    kind,
    care,
    addresses.map(codeSpan).join(', ') || 'not known',
    `${cores} vCPU, ${formatAmount(memoryMiB, 'MiB')} RAM`,
  ]);
  return ['## Known guests', 'On the host, and configured by nobody of this house; nobody takes their VMID or address. What is adopted is in Terraform\'s state as it is, what is known is in none.', table(['VMID', 'Name', 'Kind', 'Care', 'Address', 'Size'], rows)];
}

function capacity({ capacity: { memory, cpu, pool }, pool: { name } }: LabSummary): string[] {
  const gauges: [string, Gauge][] = [['RAM', memory], ['vCPU', cpu], [`ZFS pool ${name}`, pool]];
  const sums = gauges.map(([label, gauge]) => [
    escapeMarkdown(label),
    formatAmount(promised(gauge), gauge.unit),
    formatAmount(gauge.budget, gauge.unit),
    formatAmount(gauge.limit, gauge.unit),
    formatPercent(promised(gauge), gauge.limit),
    overshoot(gauge) === '' ? 'within budget' : `**${overshoot(gauge)}**`,
  ]);
  const parts = gauges.map(([label, gauge]) => {
    const amounts = readableParts(gauge).map((part) => `${escapeMarkdown(part.label)} ${formatAmount(part.amount, gauge.unit)}`);
    return `${escapeMarkdown(label)}: ${amounts.join(', ') || 'nothing'}`;
  });
  return [table(['Resource', 'Promised', 'Budget', 'Limit', 'Share of limit', 'State'], sums), list(parts)];
}

function notices(lab: LabSummary, anchors: ReadonlyMap<string, string>): string {
  const ofGuests = lab.guests.flatMap((guest) => guest.notices.map((notice) => `${link(guest.name, anchors)}: ${escapeMarkdown(notice)}`));
  const all = [...lab.notices.map(escapeMarkdown), ...ofGuests];
  return all.length === 0 ? 'None.' : list(all);
}

function heading(guest: GuestSummary): string {
  return `${guest.vmId} ${guest.name}`;
}

function link(name: string, anchors: ReadonlyMap<string, string>): string {
  const anchor = anchors.get(name);
  return anchor === undefined ? escapeMarkdown(name) : `[${escapeMarkdown(name)}](#${anchor})`;
}

function size(guest: GuestSummary): string {
  return `${guest.cores} vCPU, ${formatAmount(guest.memoryMiB, 'MiB')} RAM, ${formatAmount(guest.rootDiskGiB, 'GiB')} root disk`;
}

function dataGiB(guest: GuestSummary): number {
  return guest.volumes.reduce((sum, { quotaGiB }) => sum + quotaGiB, 0);
}
