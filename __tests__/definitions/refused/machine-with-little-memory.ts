import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { memoryMiB: 63 }, houseWithMachines),
  path: 'services/anvil',
  rule: /64 MiB or more/,
  got: /63/,
});
