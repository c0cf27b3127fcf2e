import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: { kind: 'rsync' } as never }),
  path: 'services/miniflux',
  rule: /sqliteDump\(…\), roleDump\(…\) or filesAlone\(…\)/,
  got: /rsync/,
});
