import { disposable, filesAlone, keeps, randomSecret, type HomelabProps, type ServiceProps } from '../../constructs';
import type { ServicePatch } from '../helpers/alter';
import type { Verdict } from '../../review/finding';

/** One change of the house and what a careful operator would answer; both are about one service, or about the machine. */
export interface Change {
  readonly what: string;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly change: (lab: HomelabProps) => HomelabProps;
}

type Patch = ServicePatch | ((service: ServiceProps) => ServicePatch);

const on = (subject: string, what: string, verdict: Verdict, patch: Patch): Change => ({
  what, subject, verdict,
  change: (lab) => ({ ...lab, services: lab.services.map((service) => (service.name === subject ? ({ ...service, ...(typeof patch === 'function' ? patch(service) : patch) } as ServiceProps) : service)) }),
});

const without = (subject: string, what: string, verdict: Verdict): Change => ({
  what, subject, verdict, change: (lab) => ({ ...lab, services: lab.services.filter(({ name }) => name !== subject) }),
});

const machine = (what: string, verdict: Verdict, change: Change['change']): Change => ({ what, subject: 'pve', verdict, change });

const setting = (name: string, value: unknown): Patch => ({ settings }) => ({ settings: { ...settings, [name]: value } as ServiceProps['settings'] });

const raised = (byGiB: number): Patch => ({ data }) => ({ data: data.kind === 'volumes' ? { ...data, volumes: data.volumes.map((volume) => ({ ...volume, quotaGiB: volume.quotaGiB + byGiB })) } : data });

const added = (name: string, vmId: number, address: string): ServiceProps => ({
  name, vmId, address, purpose: 'Another one', tier: 'app', cores: 1, memoryMiB: 256, diskGiB: 4,
  ports: [{ port: 8080, use: 'UI' }], health: { kind: 'tcp', port: 8080 }, data: keeps({ name: 'data', path: '/srv/data', quotaGiB: 2 }), saves: filesAlone('files of one moment'),
});

/** Changes that do not touch each other, so that one plan holds a whole batch; each was answered before it was tried. */
export const batches: readonly (readonly Change[])[] = [
  [
    on('n8n', 'more memory', 'needs care', { memoryMiB: 2304 }),
    on('postgresql', 'a larger root disk', 'safe', { diskGiB: 20 }),
    on('prometheus', 'another purpose', 'safe', { purpose: 'Metrics' }),
    on('grafana', 'more cores', 'safe', { cores: 2 }),
    on('gitea', 'a volume more', 'needs care', { data: keeps({ name: 'data', path: '/var/lib/gitea', quotaGiB: 40 }, { name: 'attic', path: '/srv/attic', quotaGiB: 1 }) }),
    on('jenkins', 'its volume at another path', 'needs care', { data: keeps({ name: 'data', path: '/var/lib/jenkins2', quotaGiB: 40 }) }),
    on('trilium', 'a tag more', 'safe', { tags: ['notes', 'more'] }),
    on('paperless-ngx', 'a lower quota', 'needs care', raised(-1)),
    on('mongodb', 'its volume under another name', 'loses data', { data: keeps({ name: 'other', path: '/var/lib/mongodb', quotaGiB: 20 }) }),
    on('cloudflared', 'another address', 'needs care', { address: '192.168.88.248' }),
    on('minio', 'a smaller root disk', 'loses data', { diskGiB: 6 }),
    machine('fewer backups are kept', 'needs care', (lab) => ({ ...lab, storage: { ...lab.storage, backup: { ...lab.storage.backup, keepDaily: 2 } } })),
  ],
  [
    on('n8n', 'a smaller root disk', 'loses data', { diskGiB: 6 }),
    on('postgresql', 'the next major version', 'needs care', setting('major', 18)),
    without('openwebui', 'no longer in the house', 'loses data'),
    on('grafana', 'less memory', 'needs care', { memoryMiB: 384 }),
    on('gitea', 'another VMID', 'loses data', { vmId: 124 }),
    on('jenkins', 'a higher quota', 'safe', { data: keeps({ name: 'data', path: '/var/lib/jenkins', quotaGiB: 42 }) }),
    on('trilium', 'its data is disposable now', 'loses data', { data: disposable('nobody reads them'), saves: undefined }),
    on('mongodb', 'another tag', 'safe', { tags: ['documents'] }),
    on('cloudflared', 'less memory', 'needs care', { memoryMiB: 256 }),
    on('minio', 'more memory, and it keeps the state', 'needs care', { memoryMiB: 2304 }),
  ],
  [
    without('n8n', 'no longer in the house', 'loses data'),
    on('postgresql', 'another secret for its superuser', 'needs care', setting('superuser_password', randomSecret('postgresql_other_password'))),
    on('prometheus', 'a higher quota', 'safe', raised(1)),
    on('jenkins', 'less memory', 'needs care', { memoryMiB: 1792 }),
    on('trilium', 'a smaller root disk', 'loses data', { diskGiB: 3 }),
    on('openwebui', 'less memory', 'needs care', { memoryMiB: 7168 }),
    on('mongodb', 'another address', 'needs care', { address: '192.168.88.249' }),
    without('cloudflared', 'no longer in the house, though its data is disposable', 'loses data'),
    on('minio', 'another purpose', 'safe', { purpose: 'Objects' }),
    { what: 'a service more, on free numbers', subject: 'vikunja', verdict: 'safe', change: (lab) => ({ ...lab, services: [...lab.services, added('vikunja', 121, '192.168.88.239')] }) },
    { what: 'another service on the VMID of one that goes', subject: 'loki', verdict: 'loses data', change: (lab) => ({ ...lab, services: [...lab.services.filter(({ name }) => name !== 'grafana'), added('loki', 107, '192.168.88.242')] }) },
    machine('another kernel', 'needs care', (lab) => ({ ...lab, host: { ...lab.host, kernel: '6.17.4-3-pve' } })),
  ],
  [
    on('n8n', 'an older Node', 'needs care', setting('node_version', '24.20.0')),
    on('postgresql', 'a larger root disk and another purpose', 'safe', { diskGiB: 17, purpose: 'Tables' }),
    on('grafana', 'a smaller root disk', 'loses data', { diskGiB: 5 }),
    on('gitea', 'a lower quota', 'needs care', { data: keeps({ name: 'data', path: '/var/lib/gitea', quotaGiB: 39 }) }),
    without('trilium', 'no longer in the house', 'loses data'),
    on('mongodb', 'less memory', 'needs care', { memoryMiB: 1792 }),
    on('minio', 'another address, and it keeps the state', 'needs care', { address: '192.168.88.229' }),
  ],
  [
    // Its data would not follow: another name is another guest.
    { ...on('trilium', 'trilium under another name, on the same VMID', 'loses data', { name: 'notes', role: 'trilium' }), subject: 'notes' },
    on('n8n', 'a newer patch of its version', 'safe', setting('version', '2.41.4')),
    on('grafana', 'more swap', 'needs care', { swapMiB: 1024 }),
    on('openwebui', 'without its graphics card', 'needs care', { gpu: false }),
    on('prometheus', 'another tag', 'safe', { tags: ['metrics'] }),
    on('mongodb', 'the next major version, which the kernel may refuse', 'needs care', setting('version', '8.0.1')),
    machine('containers are made of another image', 'needs care', (lab) => ({ ...lab, containerImage: { ...lab.containerImage, url: lab.containerImage.url.replace('13.1-2', '13.2-1') } })),
  ],
];
