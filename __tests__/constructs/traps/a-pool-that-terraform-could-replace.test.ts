import { houses } from '../../helpers/houses';

describe.each(houses)('a pool in Terraform would be destroyed for any change of its layout: $house', ({ lab, emitted }) => {
  test('Terraform knows the pool as a storage only, and no plan may remove that', () => {
    const types = emitted.stacks.flatMap((stack) => Object.keys(stack.resource));
    expect(types).not.toContain('proxmox_node_disk_zfs');
    expect(Object.values(emitted.resources('proxmox_storage_zfspool'))).toEqual([
      expect.objectContaining({ id: lab.storage.pool.name, zfs_pool: lab.storage.pool.name, lifecycle: { prevent_destroy: true } }),
    ]);
  });

  test('the storage is of this node and for disks of guests', () => {
    const storage = emitted.resources('proxmox_storage_zfspool')[lab.storage.pool.name];
    expect(storage).toMatchObject({ nodes: [lab.host.nodeName], content: ['images', 'rootdir'] });
  });
});
