import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...smallHouse, sshKeys: [`${smallHouse.sshKeys[0]!}\nssh-rsa AAAAB3 evil`] },
  path: 'attic',
  rule: /one plain line|text/,
});
