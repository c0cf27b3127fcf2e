import { withPool } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withPool({ arcMaxMiB: 400 }),
  path: 'foundation/storage',
  rule: /smallest ARC that ZFS allows/,
  got: /400 MiB/,
});
