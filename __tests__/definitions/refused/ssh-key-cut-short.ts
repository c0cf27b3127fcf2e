import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...smallHouse, sshKeys: [smallHouse.sshKeys[0]!.slice(0, 60)] },
  path: 'attic',
  rule: /ed25519 public key in one line/,
});
