import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, sshKeys: ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDwCMjUV2jrWfjiwBxfVlX9pz/d5XW4 plum'] },
  path: 'attic',
  rule: /an SSH key is an ed25519 public key/,
  got: /'ssh-rsa …'/,
});
