import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...smallHouse, containerImage: { ...smallHouse.containerImage, url: `${smallHouse.containerImage.url}/..` } },
  path: 'foundation/container-image',
  rule: /an image 'url' is an address of a file/,
});
