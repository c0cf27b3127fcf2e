import type { HomelabProps } from '../../../constructs';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: { ...smallHouse, storage: undefined as unknown as HomelabProps['storage'] },
  path: 'foundation/storage',
  rule: /this is the storage/,
  got: /nothing/,
});
