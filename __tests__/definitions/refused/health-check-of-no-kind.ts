import type { HealthCheck } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withService('valkey', { health: { kind: 'ping' } as unknown as HealthCheck }),
  path: 'services/valkey',
  rule: /'health' is a health check: \{ kind: http, https, tcp or command/,
  got: /ping/,
});
