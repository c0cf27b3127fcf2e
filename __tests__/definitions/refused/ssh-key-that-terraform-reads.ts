import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, sshKeys: [`ssh-ed25519 ${smallHouse.sshKeys[0]!.split(' ')[1]!} ${'${file("/etc/hostname")}'}`] },
  path: 'attic',
  rule: /one plain line of text/,
});
