import { withPool } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withPool({ intent: { layout: 'raidz1', disks: 3, by: 'attach' } }),
  path: 'foundation/storage',
  rule: /a single disk cannot become RAIDZ in place/,
  got: /raidz1 of 3 by attach/,
});
