import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { memoryMiB: 14_465 }),
  path: 'host',
  rule: /RAM ceilings of all guests stay within the machine's 15872 MiB/,
  got: /15873 MiB \(platform 1408, app 14465\)/,
});
