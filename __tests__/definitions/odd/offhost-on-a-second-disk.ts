import { withOffHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({ lab: withOffHost({ target: { kind: 'disk', mountpoint: '/mnt/second' } }) });
