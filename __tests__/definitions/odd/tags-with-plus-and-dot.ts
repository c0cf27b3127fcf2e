import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('valkey', { tags: ['c++', 'v8.1', '_private', '24x7'] }),
});
