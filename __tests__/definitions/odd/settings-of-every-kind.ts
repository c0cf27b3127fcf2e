import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('valkey', { settings: { empty: '', off: false, zero: 0, list: [], nested: { deep: [{ port: 1 }] }, read: (lab) => [lab.hostAddress, lab.network] } }),
});
