import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('miniflux', { data: keeps({ name: 'a', path: '/var/lib/a', quotaGiB: 6 }, { name: 'ab', path: '/var/lib/ab', quotaGiB: 7 }) }),
});
