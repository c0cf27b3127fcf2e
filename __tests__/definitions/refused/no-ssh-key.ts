import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, sshKeys: [] },
  path: 'attic',
  rule: /at least one SSH key/,
  got: /none/,
});
