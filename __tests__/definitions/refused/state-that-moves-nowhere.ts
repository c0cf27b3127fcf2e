import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, state: { ...smallHouse.state, formerly: { port: smallHouse.state.port } } },
  path: 'foundation',
  rule: /moves from another place than it goes to/,
  got: /^https:\/\/.*bucket/,
});
