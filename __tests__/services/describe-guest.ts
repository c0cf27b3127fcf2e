import type { Container } from '../../drill/containers/container';
import { describeInContainer, expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { Guest, makeSecrets } from './guest';

/** A service under test. */
export interface GuestCase {
  /** What its program is, for whoever reads the list of tests: the real one, or a stand-in. */
  readonly program: 'real' | 'stand-in';
  /** Other services of the house that must run in the same container first. */
  readonly needs?: readonly string[];
  /** Brings a vendor's server of the same form into the container, and says which variables lead to it. */
  readonly vendor?: (container: Container) => Readonly<Record<string, unknown>>;
  /** Variables for what the container cannot have. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Further tests, once it has converged. */
  readonly tests?: (container: () => Container, guest: () => Guest) => void;
}

/**
 * What holds for every service: its playbook's roles converge, it is well by the check of its own definition, serves what it
 * declares, a second run and a check run change nothing, and it is well again after a stop of the whole unit list.
 */
export function describeGuest(name: string, { program, needs = [], vendor, variables = {}, tests }: GuestCase): void {
  describeInContainer(`${name} (${program})`, (container) => {
    let guest: Guest;

    beforeAll(async () => {
      const secrets = await makeSecrets();
      for (const need of needs) {
        const needed = Guest.prepare(container, need, secrets);
        needed.variables = variables[need] ?? {};
        expectSuccess(needed.converge());
      }
      guest = Guest.prepare(container, name, secrets);
      guest.variables = { ...variables[name], ...vendor?.(container()) };
    }, TEST_MS);

    test('converges', () => expectSuccess(guest.converge()), TEST_MS);
    test('is well by the check of its definition', () => expect(guest.illness()).toBeUndefined());
    test('serves every port that it declares', () => expect(guest.closedPorts()).toEqual([]));

    test.each([['a second run', false], ['a check run', true]])('%s changes nothing', (_what, check) => {
      const result = guest.converge({ check });
      expectSuccess(result);
      expect(result.changed).toEqual([]);
    }, TEST_MS);

    tests?.(container, () => guest);
  }, 'guest');
}
