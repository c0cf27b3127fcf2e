import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.8.22' }),
  path: 'services/valkey',
  rule: /in 10\.61\.4\.0\/22, the network of vmbr7/,
  got: /10\.61\.8\.22/,
});
