import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, containerImage: { ...smallHouse.containerImage, contentType: 'import' } },
  path: 'foundation/container-image',
  rule: /this image is of content type 'vztmpl'/,
  got: /'import'/,
});
