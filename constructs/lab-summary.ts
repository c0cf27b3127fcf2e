import { fixedAddresses } from './adopted/adopted-props';
import { formatNetwork, parseCidr } from './core/ipv4';
import type { GuestSummary, KnownGuestSummary, LabSummary, PoolSummary } from './core/summary';
import type { HomelabProps } from './homelab-props';
import { missingForInstallation } from './host/installation';
import { capacityNotices, capacityOf } from './rules/capacity';
import { gpuNotices } from './rules/gpu';
import { stackOf } from './rules/path';
import { volumesOf } from './service/data';
import { reachOf } from './service/exposure';
import { describeHealth } from './service/health';
import { datasetNameOf, roleOf, type ServiceProps } from './service/service-props';
import { formerStatePlaceOf, statePlaceOf, statePlaceText } from './state-place';
import { imageFileName } from './template/image';

const layoutNames = { single: 'single disk', mirror: 'mirror', raidz1: 'raidz1', raidz2: 'raidz2' } as const;

/** Derives what the catalogue and the pictures show. The definition has been checked before. */
export function summarize(lab: HomelabProps, notices: readonly string[]): LabSummary {
  const { host, storage, template } = lab;
  const { backup } = storage;
  return {
    name: lab.name,
    host: {
      name: host.nodeName,
      board: host.board,
      cpu: host.cpu,
      cores: host.cores,
      memoryMiB: host.memoryMiB,
      gpu: host.gpu?.model,
      pveVersion: host.pveVersion,
      kernel: host.kernel,
      address: host.bridge.address,
      rootGiB: host.rootGiB,
      sataPorts: host.sataPorts,
      sataUsed: host.disks.filter((disk) => disk.sata).length,
    },
    pool: poolSummary(lab),
    bridge: { name: host.bridge.name, network: formatNetwork(parseCidr(host.bridge.address)!), gateway: host.bridge.gateway },
    template: { vmId: template.vmId, name: template.name, image: imageFileName(template.image) },
    guests: [...lab.services].sort((left, right) => left.vmId - right.vmId).map((service) => guestSummary(lab, service)),
    known: [...knownSummaries(lab), ...adoptedSummaries(lab)].sort((left, right) => left.vmId - right.vmId),
    backup: {
      path: backup.path,
      storage: backup.storage,
      schedule: backup.schedule,
      retention: `${backup.keepDaily} daily, ${backup.keepWeekly} weekly, ${backup.keepMonthly} monthly`,
    },
    capacity: capacityOf(lab),
    notices,
  };
}

/** What the owner should know although nothing is refused. */
export function noticesOf(lab: HomelabProps): string[] {
  const unknown = missingForInstallation(lab);
  return [
    ...offHostNotices(lab),
    ...moveNotices(lab),
    ...alertNotices(lab),
    ...capacityNotices(lab),
    ...gpuNotices(lab),
    ...(unknown.length > 0 ? [`no answers for an unattended installation are written, not declared: ${unknown.join(', ')}`] : []),
    ...(lab.storage.pool.guid === undefined ? ['the GUID of the pool is not declared: read it with zpool get -H -o value guid'] : []),
    ...(lab.retired ?? []).map(({ name, vmId }) => `${name}: retired; guest ${vmId} is left as it is, and no tool of the house looks after it`),
    ...(lab.retiredTemplates ?? []).map(({ name, vmId }) => `${name}: renewed; template ${vmId} is left as it is for its clones, and no tool of the house looks after it`),
    ...lab.services.flatMap((service) => (service.notices ?? []).map((notice) => `${service.name}: ${notice}`)),
  ];
}

/** Without a second place the disk's death is the end of all data: said first, at every synth. */
function offHostNotices(lab: HomelabProps): string[] {
  if (lab.storage.backup.offHost) return [];
  const { pool } = lab.storage;
  return [`NO COPY SURVIVES THE LOSS OF POOL '${pool.name}': declare storage.backup.offHost (docs/backup-strategy.md), or all data of the house dies with ${pool.layout === 'single' ? 'one disk' : 'the pool'}`];
}

/** Rules that nobody is told of are looked at by nobody. */
function alertNotices(lab: HomelabProps): string[] {
  if (lab.alerts || !lab.services.some((service) => roleOf(service) === 'prometheus')) return [];
  return ["nobody is told when something is red: declare 'alerts' in homelab/index.ts (docs/watching.md)"];
}

/** A move that is declared and not yet done leaves every apply without a state. */
function moveNotices(lab: HomelabProps): string[] {
  const [from, to] = [formerStatePlaceOf(lab), statePlaceOf(lab)];
  if (!from || !to) return [];
  return [`the state moves from ${statePlaceText(from)} to ${statePlaceText(to)}: ./house state move (docs/state/move.md), then drop 'state.formerly'`];
}

function poolSummary(lab: HomelabProps): PoolSummary {
  const { pool, datasets } = lab.storage;
  return {
    name: pool.name,
    usableGiB: pool.usableGiB,
    layout: layoutNames[pool.layout],
    intent: pool.intent && `${pool.intent.layout} of ${pool.intent.disks}`,
    datasets: datasets.map(({ name, mountpoint, purpose }) => ({ name: `${pool.name}/${name}`, mountpoint, purpose })),
  };
}

function knownSummaries({ known = [] }: HomelabProps): KnownGuestSummary[] {
  return known.map(({ vmId, name, kind, addresses = [], cores, memoryMiB }) => ({ vmId, name, kind, care: 'known', addresses, cores, memoryMiB }));
}

function adoptedSummaries({ adopted = [], host }: HomelabProps): KnownGuestSummary[] {
  return adopted.map((guest) => ({ vmId: guest.vmId, name: guest.name, kind: 'container', care: 'adopted', addresses: fixedAddresses(guest), cores: guest.cores ?? host.cores, memoryMiB: guest.memoryMiB }));
}

function guestSummary(lab: HomelabProps, service: ServiceProps): GuestSummary {
  const { pool, volumesDataset } = lab.storage;
  return {
    vmId: service.vmId,
    name: service.name,
    ...(service.vm ? { isVm: true as const } : {}),
    purpose: service.purpose,
    tier: service.tier,
    stack: stackOf(lab, service),
    address: service.address,
    cores: service.cores,
    memoryMiB: service.memoryMiB,
    rootDiskGiB: service.diskGiB,
    ports: service.ports,
    health: describeHealth(service.health, service.address),
    url: reachOf(service, lab.domain)?.origin,
    volumes: volumesOf(service.data).map(({ name, path, quotaGiB }, index) => ({
      path,
      dataset: service.vm ? `${pool.name}:vm-${service.vmId}-disk-${index + 1}` : `${pool.name}/${volumesDataset}/${datasetNameOf(service)}/${name}`,
      quotaGiB,
    })),
    disposable: service.data.kind === 'disposable' ? service.data.because : undefined,
    gpu: service.gpu ?? false,
    needs: service.needs ?? [],
    notices: service.notices ?? [],
  };
}
