import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { features: ['keyctl'] }, houseWithMachines),
  path: 'services/anvil',
  rule: /'features' belongs to containers/,
  got: /virtual machine/,
});
