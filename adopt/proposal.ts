import type { FoundGuest } from './house';

/** What is proposed of a guest for when it becomes a service; its owner decides. */
export interface Proposal {
  readonly tier: 'platform' | 'app';
  readonly purpose: string;
  /** TCP ports that something listens on, as seen. */
  readonly ports: readonly number[];
  /** Folders that hold its data with most installations; empty when nothing is known. */
  readonly data: readonly string[];
}

type Familiar = readonly [form: RegExp, tier: Proposal['tier'], purpose: string, data: readonly string[], ports: readonly number[]];

/** Programs that homelabs run, by what their guests are called and the ports that nothing else is likely to listen on. */
const FAMILIAR: readonly Familiar[] = [
  [/jellyfin/, 'app', 'Films and music (Jellyfin)', ['/var/lib/jellyfin', '/etc/jellyfin'], [8096]],
  [/plex/, 'app', 'Films and music (Plex)', ['/var/lib/plexmediaserver'], [32400]],
  [/immich/, 'app', 'Photos (Immich)', ['/opt/immich/upload'], [2283]],
  [/nextcloud/, 'app', 'Files, calendars and contacts (Nextcloud)', ['/var/www/nextcloud/data'], []],
  [/vaultwarden|bitwarden/, 'app', 'Passwords (Vaultwarden)', ['/opt/vaultwarden/data'], []],
  [/paperless/, 'app', 'Documents (Paperless-ngx)', ['/opt/paperless/data', '/opt/paperless/media'], []],
  [/home-?assistant|hass/, 'app', 'The house itself (Home Assistant)', ['/var/lib/homeassistant'], [8123]],
  [/n8n/, 'app', 'Workflows (n8n)', ['/root/.n8n'], [5678]],
  [/trilium/, 'app', 'Notes (Trilium)', ['/opt/trilium/data'], []],
  [/gitea|forgejo/, 'platform', 'Git repositories', ['/var/lib/gitea'], []],
  [/jenkins/, 'platform', 'Builds (Jenkins)', ['/var/lib/jenkins'], []],
  [/pi-?hole/, 'platform', 'DNS for the house (Pi-hole)', ['/etc/pihole'], []],
  [/adguard/, 'platform', 'DNS for the house (AdGuard Home)', ['/opt/AdGuardHome'], []],
  [/unifi/, 'platform', 'Controller of the network (UniFi)', ['/var/lib/unifi'], [8443]],
  [/(caddy|nginx|traefik|proxy|npm)/, 'platform', 'Reverse proxy', [], []],
  [/(postgres|pgsql)/, 'platform', 'PostgreSQL', ['/var/lib/postgresql'], [5432]],
  [/(mysql|maria)/, 'platform', 'MariaDB', ['/var/lib/mysql'], [3306]],
  [/mongo/, 'platform', 'MongoDB', ['/var/lib/mongodb'], [27017]],
  [/(redis|valkey)/, 'platform', 'Cache', ['/var/lib/redis'], [6379]],
  [/mosquitto|mqtt/, 'platform', 'MQTT broker', ['/var/lib/mosquitto'], [1883]],
  [/zigbee2mqtt/, 'platform', 'Zigbee devices', ['/opt/zigbee2mqtt/data'], []],
  [/prometheus/, 'platform', 'Metrics (Prometheus)', ['/var/lib/prometheus'], [9090]],
  [/grafana/, 'platform', 'Dashboards (Grafana)', ['/var/lib/grafana'], []],
  [/influx/, 'platform', 'Metrics (InfluxDB)', ['/var/lib/influxdb'], [8086]],
  [/minio/, 'platform', 'Object store (MinIO)', ['/data'], []],
  [/docker|portainer/, 'platform', 'Docker', ['/var/lib/docker/volumes'], []],
  [/samba|smb|nas/, 'app', 'Files (SMB)', [], [445]],
];

/** Guesses from the name and the ports of a guest what it is for. */
export function proposalOf({ name, listening }: Pick<FoundGuest, 'name' | 'listening'>): Proposal {
  const wanted = name.toLowerCase();
  const found = FAMILIAR.find(([form]) => form.test(wanted)) ?? FAMILIAR.find(([, , , , ports]) => ports.some((port) => listening.includes(port)));
  if (!found) return { tier: 'app', purpose: '', ports: listening, data: [] };
  const [, tier, purpose, data] = found;
  return { tier, purpose, ports: listening, data };
}

/** A proposal as lines of a comment. */
export function proposalLines(guest: Pick<FoundGuest, 'name' | 'listening'>): string[] {
  const { tier, purpose, ports, data } = proposalOf(guest);
  return [
    `Proposed, for when it becomes a service: tier '${tier}'${purpose === '' ? ', purpose unknown' : `, purpose '${purpose}'`}${ports.length > 0 ? `, listens on ${ports.join(', ')}` : ''}.`,
    ...(data.length > 0 ? [`Its data is likely in ${data.join(' and ')}.`] : []),
  ];
}

/**
 * TCP ports that others can reach, ascending.
 * @param text /proc/PID/net/tcp and tcp6 of the guest's first process
 */
export function listeningPorts(text: string): number[] {
  const rows = [...text.matchAll(/^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm)];
  const ports = rows.flatMap(([, address, port]) => (/^(0100007F|0{24}01000000)$/.test(address!) ? [] : [parseInt(port!, 16)]));
  return [...new Set(ports)].sort((left, right) => left - right);
}
