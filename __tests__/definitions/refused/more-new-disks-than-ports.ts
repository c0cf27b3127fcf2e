import { withPool } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withPool({ intent: { layout: 'raidz1', disks: 3, by: 'new-pool' } }),
  path: 'foundation/storage',
  rule: /3 SATA ports carry the plan \(1 stay in use meanwhile\)/,
});
