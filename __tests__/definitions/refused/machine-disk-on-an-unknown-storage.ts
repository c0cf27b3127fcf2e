import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { vm: { from: 'template', disks: [{ sizeGiB: 1, storage: 'fast' }] } }, houseWithMachines),
  path: 'services/anvil',
  rule: /takes 'images'/,
  got: /'fast'/,
});
