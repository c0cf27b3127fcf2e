import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, image: { ...smallHouse.template.image, url: 'https://images.attic.example/noble/server-cloudimg.img' } } },
  path: 'foundation/cloud-image',
  rule: /one dated or numbered build/,
  got: /server-cloudimg/,
});
