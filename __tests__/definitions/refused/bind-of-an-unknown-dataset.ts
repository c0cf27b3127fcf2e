import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { binds: [{ dataset: 'media', path: '/mnt/media' }] }),
  path: 'services/miniflux',
  rule: /one of the house: archive, volumes/,
  got: /'media'/,
});
