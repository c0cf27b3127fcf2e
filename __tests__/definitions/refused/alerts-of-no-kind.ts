import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, alerts: { kind: 'pager' } as never },
  path: 'attic',
  rule: /how the owner is told/,
  got: /pager/,
});
