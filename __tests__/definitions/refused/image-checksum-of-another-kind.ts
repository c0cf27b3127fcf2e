import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, image: { ...smallHouse.template.image, checksumAlgorithm: 'sha512' } } },
  path: 'foundation/cloud-image',
  rule: /an image has its sha512 as 128 hex digits/,
});
