import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 's3', endpoint: 'https://garage:3900', bucket: 'copies' } }),
  path: 'foundation/storage',
  rule: /lies on another machine/,
  got: /s3 on .garage./,
});
