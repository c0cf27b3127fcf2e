import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';
import { root } from '../../helpers/run-synth';

const folder = mkdtempSync(join(tmpdir(), 'homelab-roles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Trigger of each guest, with one file of one role changed. */
function triggers(name: string, file?: string): Record<string, string> {
  const roles = join(folder, name);
  cpSync(join(root, 'ansible/roles'), roles, { recursive: true });
  if (file) writeFileSync(join(roles, file), '# changed\n');
  const resources = emit(homelab, { roles }).resources('null_resource');
  return Object.fromEntries(Object.entries(resources).map(([guest, { triggers: value }]) => [guest, JSON.stringify(value)]));
}

const before = triggers('before');
const changedBy = (name: string, file: string): string[] => {
  const after = triggers(name, file);
  return Object.keys(before).filter((guest) => before[guest] !== after[guest]);
};

test('a changed role configures its own guest again, and no other', () => {
  expect(changedBy('task', 'n8n/tasks/install.yml')).toEqual(['n8n']);
  expect(changedBy('default', 'postgresql/defaults/main.yml')).toEqual(['postgresql']);
});

test('a change of what all guests have configures all of them again', () => {
  expect(changedBy('base', 'guest_base/tasks/main.yml').sort()).toEqual(homelab.services.map(({ name }) => name).sort());
});

test('another text for people configures nobody', () => {
  expect(changedBy('readme', 'n8n/README.md')).toEqual([]);
});
