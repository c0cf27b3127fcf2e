import { serviceOf, withServices } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withServices([serviceOf('garage')]),
});
