import { synthesize } from '../../constructs';
import { readStacks, withoutAdopted } from '../../rehearsal/flow/stack';
import { oldWiki } from '../helpers/adopted';
import { emit } from '../helpers/emitted';
import { smallHouse } from '../helpers/small-house';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const house = { ...smallHouse, adopted: [{ ...oldWiki, description: 'costs ${much}\nreally' }] };
const emitted = emit(house);

test('an adopted container is in the state of Terraform, and in nothing of Ansible', () => {
  expect(emitted.containers.wiki).toMatchObject({ vm_id: 4100, disk: { datastore_id: 'local-lvm', size: 8 }, description: 'costs $${much}\nreally', lifecycle: { prevent_destroy: true } });
  expect(emitted.resources('null_resource').wiki).toBeUndefined();
  for (const [path, text] of emitted.files) if (path.startsWith('ansible/playbooks') || path.startsWith('ansible/inventories')) expect(text).not.toContain('wiki');
});

test('one whose guest is gone is never made anew: its image is none', () => {
  expect(emitted.containers.wiki!.operating_system.template_file_id).toContain('never-made');
});

test('the catalogue says how far each guest is under care', () => {
  expect(emitted.text('docs/catalogue.md')).toMatch(/\| 4100 \| wiki \| container \| adopted \| `10\.61\.6\.41` \|/);
});

test('a rehearsal, which makes a house from nothing, leaves it out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adopted-'));
  try {
    synthesize(house, { outdir: join(folder, 'out') });
    const names = (stacks: ReturnType<typeof readStacks>) => stacks.flatMap(({ config }) => Object.keys(config.resource?.proxmox_virtual_environment_container ?? {}));
    const stacks = readStacks(join(folder, 'out', 'stacks'));
    expect(names(stacks)).toContain('wiki');
    expect(names(withoutAdopted(stacks))).toEqual(names(stacks).filter((name) => name !== 'wiki'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
