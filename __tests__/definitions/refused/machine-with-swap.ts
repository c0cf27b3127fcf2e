import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { swapMiB: 512 }, houseWithMachines),
  path: 'services/anvil',
  rule: /'swapMiB' belongs to containers/,
  got: /virtual machine/,
});
