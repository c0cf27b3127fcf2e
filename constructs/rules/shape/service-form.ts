import { isSecret, type Secret, type SecretKind } from '../../core/secret';
import { guestFields } from './guest-form';
import { settingText } from './setting-text';
import type { VolumeProps } from '../../service/data';
import type { DumpTool, Rows } from '../../service/saves';
import type { MetricsProps, PortProps, ServiceProps } from '../../service/service-props';
import { byKind, commandLine, flag, fits, isObject, list, matching, number, oneOf, optional, prose, record, string, text, whole, type Form, type Misfit } from './form';

/** A version's numbers with dots between them. */
export const version = matching(/^\d+(\.\d+)*$/, 'a version: numbers with dots between them');

/** vCPUs of a guest; the provider takes 1 to 128. */
export const cores = whole(1, 128);

// Proxmox VE takes a description of 8192 characters, and ends it with a line end of its own.
const shortProse: Form = (value, at) =>
  typeof value === 'string' && value.length > 8191 ? [{ at, expected: 'text of at most 8191 characters', got: value }] : prose(value, at);

const snakeCase = /^[a-z][a-z0-9_]*$/;
// A name becomes an attribute in Ansible, where the methods of a dictionary come first, and a key beside SOPS' own, which leaves what ends in
// '_unencrypted' in clear text.
const secretName = /^(?!(?:sops|constructor|clear|copy|fromkeys|get|items|keys|pop|popitem|setdefault|update|values)$)(?!.*_unencrypted$)[a-z][a-z0-9_]{0,62}$/;
const kinds: Readonly<Record<SecretKind, true>> = { login: true, session: true, data: true, token: true, certificate: true };
// What is shorter can be guessed.
const fewestLetters = 12;
const fewestBytes = 8;
const anyPort = whole(1, 65_535);

const urlPath = matching(/^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/, 'a path with a leading slash, as in an address');
const web = record('a health check', { kind: text, port: number, path: urlPath, expect: optional(text) });
const health = byKind('a health check: { kind: http, https, tcp or command, … }', {
  http: web,
  https: web,
  tcp: record('a health check', { kind: text, port: number }),
  command: record('a health check', { kind: text, command: commandLine }),
});

const webPort = optional(anyPort);
const hostname = matching(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a full DNS name in lower case');
const exposure = byKind('how people reach it: { kind: lan, name, tunnel or none, … }', {
  lan: record('an exposure', { kind: text, port: webPort }),
  name: record('an exposure', { kind: text, port: webPort }),
  tunnel: record('an exposure', { kind: text, hostname, port: webPort }),
  none: record('an exposure', { kind: text }),
});

const volume = record<VolumeProps>('a volume', { name: string, path: string, quotaGiB: number });

const data = byKind('keeps(…) or disposable(…)', {
  volumes: record('keeps(…)', { kind: text, volumes: list(volume) }),
  disposable: record('disposable(…)', { kind: text, because: string }),
});

const unit = matching(/^[A-Za-z0-9@._-]+\.service$/, 'the name of a unit, with .service');
const sqlite = record('sqliteDump(…)', {
  tool: text,
  user: matching(/^[a-z_][a-z0-9_-]{0,31}$/, 'the name of a user'),
  unit,
  databases: list(matching(/^(\/[A-Za-z0-9._-]+)+$/, 'an absolute path')),
});
// The compiler says when a tool is missing here.
const dumpTools: Readonly<Record<DumpTool, true>> = { gitea: true, jenkins: true, mongodb: true, n8n: true, paperless: true, postgresql: true };
const toolAlone = record('a dump', { tool: oneOf(...Object.keys(dumpTools)) });
const dump: Form = (value, at) => {
  const tool = isObject(value) ? value['tool'] : undefined;
  if (tool === 'sqlite') return sqlite(value, at);
  return Object.hasOwn(dumpTools, String(tool)) ? toolAlone(value, at) : [{ at: `${at}.tool`, expected: `one of ${Object.keys(dumpTools).join(', ')}, sqlite`, got: tool }];
};

const saves = byKind('dumpBy(…), sqliteDump(…) or filesAlone(…)', {
  dumped: record('a dump', { kind: text, by: dump, rows: optional(record<Rows>('rowsIn(…)', { service: text, database: matching(/^[A-Za-z_][A-Za-z0-9_-]{0,33}$/, 'the name of a database, at most 34 characters') })) }),
  files: record('filesAlone(…)', { kind: text, why: text }),
});

const secret = record<Secret>('a secret', {
  secret: matching(secretName, 'a name in snake_case of at most 63 letters, no word of Ansible or SOPS, and not ending in _unencrypted'),
  howToMake: byKind('random, hex, ask, authority or certificate', {
    random: record('random', { kind: text, length: whole(fewestLetters) }),
    hex: record('hex', { kind: text, bytes: whole(fewestBytes) }),
    ask: record('ask', { kind: text, hint: text, form: optional(text) }),
    authority: record('authority', { kind: text, commonName: text, permitted: optional(record('what it may sign for', { domains: list(text), networks: list(text) })) }),
    certificate: record('certificate', { kind: text, issuer: text, hosts: list(text) }),
  }),
  kind: oneOf(...Object.keys(kinds)),
  rotateDays: optional(whole(1)),
  renewal: optional(text),
});

const formerName = matching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a DNS label, as every name of a service');
const formerNames: Form = (value, at) => (Array.isArray(value) ? list(formerName) : formerName)(value, at);

/** One service. */
export const serviceForm = record<ServiceProps>('a service', {
  name: text,
  formerly: optional(formerNames),
  vmId: whole(1),
  purpose: shortProse,
  tier: text,
  address: text,
  macAddress: optional(text),
  cores,
  // Proxmox VE: `memory` of a container is 16 or more.
  memoryMiB: whole(16),
  swapMiB: optional(whole(0)),
  diskGiB: whole(1),
  ports: list(record<PortProps>('a port: { port, use }', { port: number, use: prose })),
  health,
  data,
  saves: optional(saves),
  needs: optional(list(text)),
  role: optional(matching(/^[a-z][a-z0-9_-]*$/, 'the name of an Ansible role')),
  settings: optional(settings),
  metrics: optional(
    record<MetricsProps>('where metrics are: { port, path }', {
      port: anyPort,
      path: urlPath,
      scheme: optional(oneOf('http', 'https')),
    }),
  ),
  exposure: optional(exposure),
  gpu: optional(flag),
  tags: optional(list(text)),
  startOnBoot: optional(flag),
  unprivileged: optional(flag),
  kernelBelow: optional(version),
  importExisting: optional(flag),
  ...guestFields,
  notices: optional(list(prose)),
});

/** Settings become variables of a role, so their names are those of variables. */
export function settings(value: unknown, at: string): readonly Misfit[] {
  if (!isObject(value)) return [{ at, expected: 'an object', got: value }];
  const expected = 'a variable without its role’s prefix, in snake_case';
  const misnamed = Object.keys(value).filter((name) => !snakeCase.test(name));
  return [...misnamed.map((name) => ({ at: `${at}.${name}`, expected, got: name })), ...setting(value, at)];
}

const plain: Form = fits('text, a number, true or false, a secret, a list or an object of these', (value) =>
  ['boolean', 'function'].includes(typeof value) || Number.isFinite(value),
);

const settingName: Form = matching(/^[A-Za-z0-9_][A-Za-z0-9_.:/-]*$/, 'an object with names of letters, digits and _ . : / -');

/** Lists and objects in a setting, one inside the other; deeper ones are a circle or a slip. */
const DEEPEST = 12;

/** One setting, and all that lies in it. */
export function setting(value: unknown, at: string, depth = 0): readonly Misfit[] {
  if (depth > DEEPEST) return [{ at: at.slice(0, 60), expected: `a setting of at most ${DEEPEST} levels, without a circle`, got: '…' }];
  if (isSecret(value)) return secret(value, at);
  if (typeof value === 'string') return settingText(value, at);
  if (Array.isArray(value)) return list((item, where) => setting(item, where, depth + 1))(value, at);
  if (isObject(value)) return Object.entries(value).flatMap(([name, inner]) => [...settingName(name, at), ...setting(inner, `${at}.${name}`, depth + 1)]);
  return plain(value, at);
}
