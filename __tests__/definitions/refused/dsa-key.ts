import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, sshKeys: [...smallHouse.sshKeys, 'ssh-dss AAAAB3NzaC1kc3MAAACBAPlumJamJarPlumJamJarPlumJam plum'] },
  path: 'attic',
  rule: /an SSH key is an ed25519 public key/,
  got: /'ssh-dss …'/,
});
