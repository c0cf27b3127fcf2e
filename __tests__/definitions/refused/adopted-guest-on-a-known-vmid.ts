import { oldWiki } from '../../helpers/adopted';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, adopted: [oldWiki], known: [{ name: 'stranger', vmId: 4100, kind: 'container', cores: 1, memoryMiB: 64 }] },
  path: 'services/wiki',
  rule: /a VMID of an adopted guest is nobody else's/,
  got: /^4100, already of 'stranger'$/,
});
