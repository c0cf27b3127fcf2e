import { disposable } from '../../../constructs';
import { withServices } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({
  lab: withServices(smallHouse.services.map((service) => ({ ...service, data: disposable('a rehearsal'), saves: undefined }))),
});
