import { houses } from '../../helpers/houses';

describe.each(houses)('P2, a mount point added, grown or moved would destroy its container: $house', ({ lab, emitted }) => {
  test('Terraform has no mount point to change, and leaves alone those that root made', () => {
    for (const container of Object.values(emitted.containers)) {
      expect(container).not.toHaveProperty('mount_point');
      expect(container.lifecycle.ignore_changes).toContain('mount_point');
    }
  });

  test.each(lab.services.map((service) => [service.name, service] as const))('%s has its volumes from root, each its own dataset', (name, { data }) => {
    const [attach] = emitted.ansible(`playbooks/guests/${name}.yml`);
    const [{ volumes }] = attach.tasks[0].vars.guest_attach_guests;
    const expected = data.kind === 'volumes' ? data.volumes : [];
    expect(attach.hosts).toBe(lab.host.nodeName);
    expect(volumes).toEqual(
      expected.map((volume) => ({
        name: volume.name,
        dataset: `${lab.storage.pool.name}/${lab.storage.volumesDataset}/${name}/${volume.name}`,
        path: volume.path,
        quota_gib: volume.quotaGiB,
      })),
    );
  });

  test('a guest that holds data can be removed neither by Terraform nor by Proxmox VE', () => {
    for (const { name } of lab.services.filter(({ data }) => data.kind === 'volumes')) {
      expect(emitted.containers[name]).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
    }
  });
});
