import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

const [garage, valkey, miniflux] = smallHouse.services;

export default refused({
  lab: { ...smallHouse, services: [garage!, { ...valkey!, role: 'cloudflared' }, { ...miniflux!, exposure: { kind: 'tunnel', hostname: 'read.attic.internal' } }] },
  path: 'services/miniflux',
  rule: /a name that the world can ask for/,
  got: /read\.attic\.internal/,
});
