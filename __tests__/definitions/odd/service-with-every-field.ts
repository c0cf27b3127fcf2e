import { askedSecret, houseTimezone, keeps, randomSecret } from '../../../constructs';
import { houseWithGpu, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService(
    'miniflux',
    {
      macAddress: 'bc:24:11:00:ff:00',
      swapMiB: 0,
      data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 }, { name: 'icons', path: '/srv/icons', quotaGiB: 1 }),
      needs: ['valkey', 'garage'],
      role: 'reader',
      settings: { zone: houseTimezone, key: randomSecret('reader_key'), login: askedSecret('reader_login', 'the provider') },
      metrics: { port: 8484, path: '/numbers', scheme: 'http' },
      exposure: { kind: 'lan', port: 8484 },
      gpu: true,
      tags: ['news'],
      startOnBoot: false,
      unprivileged: true,
      kernelBelow: '7.0',
      importExisting: true,
      notices: ['reads at night'],
    },
    houseWithGpu,
  ),
  notice: /miniflux: reads at night/,
});
