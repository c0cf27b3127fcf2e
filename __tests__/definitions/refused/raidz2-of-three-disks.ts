import { withHost, withPool } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withPool({ intent: { layout: 'raidz2', disks: 3, by: 'new-pool' } }, withHost({ sataPorts: 8 })),
  path: 'foundation/storage',
  rule: /raidz2 takes 4 disks or more/,
});
