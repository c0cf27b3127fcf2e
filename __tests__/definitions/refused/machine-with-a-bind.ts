import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { binds: [{ dataset: 'archive', path: '/mnt/archive' }] }, houseWithMachines),
  path: 'services/anvil',
  rule: /'binds' belongs to containers/,
  got: /virtual machine/,
});
