import { houses } from '../../helpers/houses';

describe.each(houses)('a logical id made of the construct path would move the guest with its class: $house', ({ lab, emitted }) => {
  test('every guest is addressed by its plain name', () => {
    const names = lab.services.map(({ name }) => name).sort();
    expect(Object.keys(emitted.containers).sort()).toEqual(names);
    expect(Object.keys(emitted.resources('null_resource')).sort()).toEqual(names);
    expect(Object.keys(emitted.machines)).toEqual([lab.template.name]);
  });

  test('so is everything else, and no id has a hash in it', () => {
    expect(Object.keys(emitted.resources('proxmox_download_file')).sort()).toEqual(['cloud-image', 'container-image']);
    expect(Object.keys(emitted.resources('proxmox_storage_zfspool'))).toEqual([lab.storage.pool.name]);
    const ids = emitted.stacks.flatMap((stack) => Object.values(stack.resource).flatMap((byId) => Object.keys(byId)));
    for (const id of ids) expect(id).not.toMatch(/_[0-9A-F]{8}$/);
  });
});
