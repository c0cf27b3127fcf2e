import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: { kind: 'rsync' } as never }),
  path: 'services/miniflux',
  rule: /dumpBy\(…\), sqliteDump\(…\) or filesAlone\(…\)/,
  got: /rsync/,
});
