import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, state: { ...smallHouse.state, service: 'minio' } },
  path: 'foundation',
  rule: /the state is kept on a service of the house/,
  got: /'minio'/,
});
