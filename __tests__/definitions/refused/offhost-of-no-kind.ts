import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 'ftp', host: 'example.org' } as never }),
  path: 'foundation/storage',
  rule: /a place: /,
  got: /ftp/,
});
