import type { Setting } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

function circle(): Record<string, Setting> {
  const round: Record<string, Setting> = {};
  round['again'] = round;
  return round;
}

export default refused({
  lab: withService('miniflux', { settings: circle() }),
  path: 'services/miniflux',
  rule: /without a circle/,
});
