import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, containerImage: { ...smallHouse.containerImage, checksum: '' } },
  path: 'foundation/container-image',
  rule: /an image has its sha256 as 64 hex digits/,
});
