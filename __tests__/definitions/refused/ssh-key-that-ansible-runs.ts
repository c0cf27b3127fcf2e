import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...smallHouse, sshKeys: [`ssh-ed25519 ${smallHouse.sshKeys[0]!.split(' ')[1]!} {{ lookup('pipe','id') }}`] },
  path: 'attic',
  rule: /one plain line/,
});
