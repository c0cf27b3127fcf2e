import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, containerImage: { ...smallHouse.containerImage, url: 'https://images.attic.example/20260318/' } },
  path: 'foundation/container-image',
  rule: /an image 'url' is an address of a file/,
});
