import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, retiredTemplates: [{ name: smallHouse.template.name, vmId: 7001 }] },
  path: 'foundation/template',
  rule: /another name and another VMID/,
  got: /7001 'noble-seed' beside 7000 'noble-seed'/,
});
