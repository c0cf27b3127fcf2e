import { Storage, Template, type ImageProps } from '../../../constructs';
import { imageFileName, imageVolumeId } from '../../../constructs/template/image';
import { built } from '../../helpers/built';
import { smallHouse } from '../../helpers/small-house';

const { resource } = built((stack) => {
  const storage = new Storage(stack, 'storage', { ...smallHouse.storage, nodeName: 'loft' });
  const site = { nodeName: 'loft', bridge: 'vmbr7', sshKeys: smallHouse.sshKeys, storage, storageId: 'barn' };
  new Template(stack, 'template', { ...smallHouse.template, ...site });
});

describe('a template', () => {
  test('is one download and one machine, each under its plain name', () => {
    expect(Object.keys(resource.proxmox_download_file)).toEqual(['cloud-image']);
    expect(Object.keys(resource.proxmox_virtual_environment_vm)).toEqual(['noble-seed']);
  });

  test('is made for cloud-init: serial console, agent, keys and no password', () => {
    const machine = resource.proxmox_virtual_environment_vm['noble-seed'];
    expect(machine).toMatchObject({ vm_id: 7000, template: true, agent: { enabled: true }, vga: { type: 'serial0' }, serial_device: [{ device: 'socket' }] });
    expect(machine.initialization.user_account).toEqual({ username: 'warden', keys: smallHouse.sshKeys });
  });

  test('waits for its image and for the storage of its disk', () => {
    const { depends_on: waits } = resource.proxmox_virtual_environment_vm['noble-seed'];
    expect(waits).toEqual(['proxmox_download_file.cloud-image', 'proxmox_storage_zfspool.barn']);
  });
});

describe('the name of an image on the storage', () => {
  const image = (url: string, contentType: ImageProps['contentType']): ImageProps => ({ ...smallHouse.containerImage, url, contentType });

  test.each([
    ['vztmpl', 'https://x.example/system/debian-13-standard_13.1-2_amd64.tar.zst', 'debian-13-standard_13.1-2_amd64.tar.zst'],
    ['import', 'https://x.example/20250924-2245/debian-13-amd64-20250924-2245.qcow2', 'debian-13-amd64-20250924-2245.qcow2'],
    ['import', 'https://x.example/release-20260318/ubuntu-24.04.img', 'ubuntu-24.04-20260318.qcow2'],
    ['import', 'https://x.example/20250924-2245/debian-13.qcow2', 'debian-13-20250924-2245.qcow2'],
    ['vztmpl', 'https://x.example/20250924/alpine.tar.xz', 'alpine-20250924.tar.xz'],
    ['import', 'https://x.example/images/ubuntu-24.04-20260318.img', 'ubuntu-24.04-20260318.qcow2'],
  ] as const)('%s: %s is %s', (contentType, url, name) => {
    expect(imageFileName(image(url, contentType))).toBe(name);
  });

  test('two builds of one image never share a name', () => {
    const names = ['20260318', '20260401'].map((build) => imageFileName(image(`https://x.example/release-${build}/ubuntu-24.04.img`, 'import')));
    expect(new Set(names).size).toBe(2);
  });

  test('is part of a volume id on the storage that takes it', () => {
    const { containerImage } = smallHouse;
    expect(imageVolumeId(containerImage)).toBe('local:vztmpl/ubuntu-25.04-standard_25.04-1_amd64.tar.zst');
    expect(imageVolumeId({ ...containerImage, storage: 'depot' })).toMatch(/^depot:vztmpl\//);
  });
});
