import { oldWiki } from '../../helpers/adopted';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, adopted: [{ ...oldWiki, rootDisk: { storage: 'local-lvm', sizeGiB: 8.5 } }] },
  path: 'attic',
  rule: /'adopted\[0\]\.rootDisk\.sizeGiB' is a whole number from 1 up/,
  got: /^8\.5$/,
});
