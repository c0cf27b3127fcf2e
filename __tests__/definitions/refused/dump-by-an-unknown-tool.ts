import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: { kind: 'dumped', by: { tool: 'cp' } } as never }),
  path: 'services/miniflux',
  rule: /one of gitea, jenkins/,
  got: /cp/,
});
