import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ settings: { pve_backups: { max_age_hours: 50 } } as never }),
  path: 'host',
  rule: /no field that anybody reads/,
  got: /pve_backups/,
});
