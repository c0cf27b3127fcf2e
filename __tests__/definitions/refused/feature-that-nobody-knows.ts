import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { features: ['nfs' as 'fuse'] }),
  path: 'services/miniflux',
  rule: /one of fuse, keyctl, mknod/,
  got: /'nfs'/,
});
