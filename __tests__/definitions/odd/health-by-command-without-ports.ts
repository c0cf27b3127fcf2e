import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('miniflux', { ports: [], metrics: undefined, health: { kind: 'command', command: 'test -e /run/miniflux.pid' } }),
});
