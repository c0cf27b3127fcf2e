import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, state: { ...smallHouse.state, bucket: 'Attic_Plans' } },
  path: 'foundation',
  rule: /a bucket is named in/,
  got: /'Attic_Plans'/,
});
