import './unnamed-pin';
import type pinned from '../../common/provider.json';
import { change, judged, n8n, rules } from './plans';

const initialization = n8n.initialization as { [key: string]: unknown }[];

describe('a value that came with an upgrade of the provider and that nobody has named', () => {
  test('is refused when a plan changes it, also inside a block, and passes when it is allowed', () => {
    const turbo = change(['update'], n8n, { ...n8n, initialization: [{ ...initialization[0], turbo: true }] });
    expect(judged([turbo]).objections).toEqual([expect.objectContaining({ rule: 'unknown-change', problem: expect.stringContaining('initialization.turbo'), remedy: expect.stringContaining('upgrade-provider') })]);
    expect(rules(judged([turbo], { allow: [`unknown-change:${turbo.address}`] }))).toEqual([]);
  });

  test('as a whole block, with anything in it', () => {
    const disk = [{ ...(n8n.disk as object[])[0], speed: 3 }];
    expect(rules(judged([change(['update'], n8n, { ...n8n, disk })]))).toContain('unknown-change');
  });

  test('of something that is no guest', () => {
    const storage = { id: 'tank', shared: false, pool: 'tank' };
    expect(rules(judged([change(['update'], storage, { ...storage, shared: true }, { type: 'proxmox_storage_zfspool' })]))).toContain('unknown-change');
  });

  test('is no matter while the plan leaves it alone', () => {
    expect(rules(judged([change(['update'], n8n, { ...n8n, description: 'other' })]))).toEqual([]);
  });
});

test('the house has named everything of its own version', () => {
  expect(jest.requireActual<typeof pinned>('../../common/provider.json').unnamed).toEqual([]);
});
