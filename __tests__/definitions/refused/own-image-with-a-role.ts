import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('hearth', { role: 'haos' }, houseWithMachines),
  path: 'services/hearth',
  rule: /nobody looks into/,
  got: /'role'/,
});
