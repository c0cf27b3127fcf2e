import { withHost, withPool } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withPool({ intent: { layout: 'raidz1', disks: 3, by: 'new-pool' } }, withHost({ sataPorts: 4 })),
});
