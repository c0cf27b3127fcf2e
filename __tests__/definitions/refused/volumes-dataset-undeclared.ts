import { withStorage } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withStorage({ volumesDataset: 'guests' }),
  path: 'foundation/storage',
  rule: /'volumesDataset' is one of the datasets/,
  got: /'guests'/,
});
