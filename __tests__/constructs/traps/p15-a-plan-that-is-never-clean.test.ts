import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';

describe.each(houses)('P15, upper-case tags, or a block left out, give a diff for ever: $house', ({ lab, emitted }) => {
  test('tags are as Proxmox VE gives them back: lower case, sorted, each once', () => {
    for (const { tags } of [...Object.values(emitted.containers), ...Object.values(emitted.machines)]) {
      expect(tags).toEqual([...new Set(tags)].sort());
      for (const tag of tags) expect(tag).toMatch(/^[a-z0-9_][a-z0-9_+.-]*$/);
    }
  });

  test.each(lab.services)('$name has both blocks, the first with its host name', ({ name, diskGiB }) => {
    expect(emitted.containers[name].initialization.hostname).toBe(name);
    expect(emitted.containers[name].disk).toEqual({ datastore_id: lab.storage.pool.name, size: diskGiB });
  });

  test('no MAC address is empty, which would never match the one that was made', () => {
    expect(JSON.stringify(emitted.stacks)).not.toContain('"mac_address":""');
  });
});

test('P15: a tag that is said twice is written once', () => {
  const { containers } = emit(withService('valkey', { tags: ['zebra', 'cache', 'platform', 'cache'] }));
  expect(containers.valkey.tags).toEqual(['cache', 'homelab', 'platform', 'zebra']);
});
