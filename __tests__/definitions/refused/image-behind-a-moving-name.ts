import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, image: { ...smallHouse.template.image, url: 'https://images.attic.example/noble/current/server-20260318.img' } } },
  path: 'foundation/cloud-image',
  rule: /a moving one would replace every guest/,
  got: /current/,
});
