import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { askedSecret } from '../../../constructs';

export default refused({
  lab: withService('valkey', { settings: { token: askedSecret('proxmox_api_token', 'made on the host by: ./house secrets make-token', 365, 'proxmox-api-token') } }),
  path: 'homelab',
  rule: /which tool reads it/,
});
