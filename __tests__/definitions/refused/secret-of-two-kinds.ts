import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { dataKeySecret, randomSecret } from '../../../constructs';

// Renewed as a log-in it would make what is stored unreadable.
export default refused({
  lab: withService('valkey', { settings: { key: dataKeySecret('valkey_key', 'docs/valkey.md'), login: randomSecret('valkey_key') } }),
  path: 'homelab',
  rule: /a secret that is named twice is the same both times/,
  got: /'valkey_key' of 'valkey'/,
});
