import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { checkHomelab, Homelab } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';

const app = new App({ outdir: join(tmpdir(), 'never-written'), stackTraces: false });
new Homelab(app, smallHouse.name, smallHouse);
const stacks = app.node.children.filter(TerraformStack.isStack);
const names = new Set(smallHouse.services.map(({ name }) => name));
const parts = stacks.flatMap((stack) => stack.node.children.map((child) => child.node.id)).filter((id) => !names.has(id));

describe('a service named like a part of its stack would crash the construct tree', () => {
  test('the stacks have parts of their own', () => {
    expect(parts).toEqual(expect.arrayContaining(['backend', 'proxmox', 'storage', 'template', 'hand-over']));
  });

  test.each([...new Set(parts)])('a service named %s is refused', (name) => {
    expect(checkHomelab(withService('miniflux', { name }))).not.toEqual([]);
  });
});
