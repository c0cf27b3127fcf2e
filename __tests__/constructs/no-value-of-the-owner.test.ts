import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

const rooms = ['adopt', 'care', 'common', 'constructs', 'door', 'pull-request', 'recovery', 'rehearsal', 'review', 'secrets', 'state'];

/** Values of the owner's house, as code would have them. `minio` is also the name of a program and of its role. */
const owners = /\btank\b|192\.168\.88\.|\bpve:|['"`]pve['"`]/;

/** Lines that say such a word and mean something else, each with what it is. */
const meant: readonly RegExp[] = [
  /scripts\/backup-tank|'scripts', 'backup-tank'/, // a script, named as the requirements name it
  /write it like '192\.168\.88\./, // an example in a remedy
  /a mail server with its port, e\.g\./, // an example in a form
  /\['partman-auto-lvm\/new_vg_name', 'string', 'pve'\]/, // the volume group of Proxmox VE's own installer
  /\?\? 'tank'|default\('tank'\)/, // the default of the roles, where an inventory of a drill says nothing
];

const lines = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(root, room, file), 'utf8').split('\n').map((line, index) => ({ at: `${room}/${file}:${index + 1}`, line: line.trim() }))),
);

test('outside homelab/ no code knows a value of the owner’s house', () => {
  const code = lines.filter(({ line }) => !/^(\/\*\*?|\*|\/\/)/.test(line));
  const found = code.filter(({ line }) => owners.test(line) && !meant.some((form) => form.test(line)));
  expect(found.map(({ at, line }) => `${at} ${line}`)).toEqual([]);
  expect(code.length).toBeGreaterThan(10_000);
});

test('every exception is still needed', () => {
  for (const form of meant) expect(lines.some(({ line }) => form.test(line))).toBe(true);
});
