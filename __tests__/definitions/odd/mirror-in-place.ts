import { withPool } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withPool({ intent: { layout: 'mirror', disks: 2, by: 'attach' } }),
});
