import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({ lab: smallHouse, notice: /miniflux: nobody said how its data is saved/ });
