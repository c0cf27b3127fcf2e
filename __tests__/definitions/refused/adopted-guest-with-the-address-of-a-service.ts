import { oldWiki } from '../../helpers/adopted';
import { refused } from '../../helpers/definition-case';
import { serviceOf, withServices } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';

const { services } = smallHouse;

export default refused({
  lab: { ...withServices(services), adopted: [{ ...oldWiki, cards: [{ ...oldWiki.cards[0]!, ipv4: `${serviceOf('miniflux').address}/22` }] }] },
  path: 'services/miniflux',
  rule: /a address is used once in the house/,
  got: /already of the adopted 'wiki'/,
});
