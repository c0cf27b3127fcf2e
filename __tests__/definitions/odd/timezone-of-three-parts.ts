import { withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withHost({ timezone: 'America/Argentina/Ushuaia' }),
});
