import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { vm: { from: 'debian' as 'template' } }, houseWithMachines),
  path: 'services/anvil',
  rule: /'vm.from' is one of template/,
  got: /'debian'/,
});
