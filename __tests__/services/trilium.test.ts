import { Vendor } from '../../drill/vendors/vendor';
import { serviceOf } from './guest';
import { describeGuest } from './describe-guest';

const { version } = serviceOf('trilium').settings as { version: string };

describeGuest('trilium', {
  program: 'stand-in',
  vendor: (container) => {
    const file = `TriliumNotes-Server-v${version}-linux-x64.tar.xz`;
    container.run('apt-get -qq install -y xz-utils');
    const { url, sha256 } = new Vendor(container).archive(file, { 'trilium.sh': 'trilium-stand-in.py' });
    // As after a power cut in the middle of unpacking: a directory that is not whole, with the program missing.
    container.write(`/opt/trilium-${version}.partial/package.json`, '{}');
    return { trilium_download_url: url, trilium_sha256: sha256 };
  },
  tests: (container) => {
    test('leaves nothing of an unpacking that was cut off', () => {
      expect(container().run(`ls /opt`).stdout.split('\n').filter((name) => name.startsWith('trilium'))).toEqual([`trilium-${version}`]);
    });
  },
});
