import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { vm: { from: 'template', pci: ['gpu'] } }, houseWithMachines),
  path: 'services/anvil',
  rule: /mapped on the host: zigbee, tuner/,
  got: /'gpu'/,
});
