import { checkHomelab } from '../../../constructs';
import { withHost, withService } from '../../helpers/alter';
import { houses } from '../../helpers/houses';
import { smallHouse } from '../../helpers/small-house';

describe.each(houses)('P7, a container is privileged unless it says otherwise: $house', ({ emitted }) => {
  test('every container says otherwise', () => {
    for (const container of Object.values(emitted.containers)) expect(container.unprivileged).toBe(true);
  });
});

test('P7, G30: one that is asked for is refused, whatever the token may do', () => {
  const token = { ...smallHouse.host.apiToken, extraPrivileges: ['Sys.Modify'] };
  const problems = checkHomelab(withService('valkey', { unprivileged: false }, withHost({ apiToken: token })));
  expect(problems.map(({ path, rule }) => `${path}: ${rule}`)).toEqual([expect.stringMatching(/^services\/valkey: a container is unprivileged/)]);
});
