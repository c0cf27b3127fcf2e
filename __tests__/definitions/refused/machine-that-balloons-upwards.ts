import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { vm: { from: 'template', balloonMiB: 1024 } }, houseWithMachines),
  path: 'services/anvil',
  rule: /below the memory/,
  got: /1024 of 512/,
});
