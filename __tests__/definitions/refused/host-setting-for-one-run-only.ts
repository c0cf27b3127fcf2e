import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ settings: { zfs_setup: { force_import: true } } }),
  path: 'host',
  rule: /given for one run/,
  got: /force_import/,
});
