import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 'sftp', user: 'copies', host: 'nas.example.org', path: '/copies', hostKey: 'ssh-rsa AAAA' } }),
  path: 'foundation/storage',
  rule: /host key of the sftp target/,
  got: /ssh-rsa/,
});
