import { houses } from '../../helpers/houses';

describe.each(houses)('P1, a new upstream image would replace every guest made of it: $house', ({ lab, emitted }) => {
  const images = emitted.resources('proxmox_download_file');

  test('every container names its image literally, and a change of it is left alone', () => {
    const literal = `local:vztmpl/${images['container-image'].file_name}`;
    for (const container of Object.values(emitted.containers)) {
      expect(container.operating_system.template_file_id).toBe(literal);
      expect(container.lifecycle.ignore_changes).toContain('operating_system');
    }
  });

  test('the template names its image literally, and a change of it is left alone', () => {
    const template = emitted.machines[lab.template.name];
    expect(template.disk[0].import_from).toBe(`local:import/${images['cloud-image'].file_name}`);
    expect(template.lifecycle.ignore_changes).toContain('disk[0].import_from');
  });

  test('a download is one build under its own name, never overwritten and never taken over', () => {
    for (const image of Object.values(images)) {
      expect(image).toMatchObject({ overwrite: false, overwrite_unmanaged: false });
      expect(image.file_name).toMatch(/\d{8}|_\d+\.\d+-\d+_/);
      expect(image.checksum).toMatch(/^[0-9a-f]{64,128}$/);
    }
  });

  test('nothing refers to the id of a download', () => {
    expect(JSON.stringify(emitted.stacks)).not.toMatch(/proxmox_download_file\.[a-z-]+\.id/);
  });

  test('what the first stack makes waits for the image all the same', () => {
    expect(emitted.containers[lab.state.service].depends_on).toContain('proxmox_download_file.container-image');
    expect(emitted.machines[lab.template.name].depends_on).toContain('proxmox_download_file.cloud-image');
  });
});
