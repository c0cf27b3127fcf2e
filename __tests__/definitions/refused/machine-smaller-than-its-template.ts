import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('anvil', { diskGiB: 8 }, houseWithMachines),
  path: 'services/anvil',
  rule: /its template’s 9 GiB|its template's 9 GiB/,
  got: /8 GiB/,
});
