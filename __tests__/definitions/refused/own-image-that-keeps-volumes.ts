import { filesAlone, keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { houseWithMachines } from '../../helpers/house-with-machines';

export default refused({
  lab: withService('hearth', { data: keeps({ name: 'data', path: '/data', quotaGiB: 1 }), saves: filesAlone('none') }, houseWithMachines),
  path: 'services/hearth',
  rule: /nobody looks into/,
  got: /keeps/,
});
