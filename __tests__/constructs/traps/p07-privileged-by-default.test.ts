import { checkHomelab } from '../../../constructs';
import { withHost, withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';
import { smallHouse } from '../../helpers/small-house';

describe.each(houses)('P7, a container is privileged unless it says otherwise: $house', ({ emitted }) => {
  test('every container says otherwise', () => {
    for (const container of Object.values(emitted.containers)) expect(container.unprivileged).toBe(true);
  });
});

test('P7: a privileged one is asked for by name, and only with a token that may make it', () => {
  const privileged = withService('valkey', { unprivileged: false });
  expect(checkHomelab(privileged).map(({ path, rule }) => `${path}: ${rule}`)).toEqual([expect.stringMatching(/^services\/valkey: .*Sys\.Modify/)]);

  const token = { ...smallHouse.host.apiToken, extraPrivileges: ['Sys.AccessNetwork', 'Sys.Modify'] };
  expect(emit(withHost({ apiToken: token }, privileged)).containers.valkey.unprivileged).toBe(false);
});
