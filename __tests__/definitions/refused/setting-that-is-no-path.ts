import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { cache_dir: '/srv/../etc' } }),
  path: 'services/valkey',
  rule: /an absolute path/,
});
