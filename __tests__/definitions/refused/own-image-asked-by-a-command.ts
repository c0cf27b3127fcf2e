import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('hearth', { health: { kind: 'command', command: 'ha core check' } }, houseWithMachines),
  path: 'services/hearth',
  rule: /nobody looks into/,
  got: /by command/,
});
