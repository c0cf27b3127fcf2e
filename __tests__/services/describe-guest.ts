import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonBase } from '../../drill/containers/common-base';
import { Container } from '../../drill/containers/container';
import { describeInContainer, expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { Guest, makeSecrets } from './guest';

/** A service under test. */
export interface GuestCase {
  /** What its program is, for whoever reads the list of tests: the real one, or a stand-in. */
  readonly program: 'real' | 'stand-in';
  /** Other services of the house that must run in the same container first. */
  readonly needs?: readonly string[];
  /** Brings a vendor's server of the same form into the container, and says which variables lead to it. */
  readonly vendor?: (container: Container) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  /** Variables for what the container cannot have. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Seconds that one run of its roles may take. @default 300 */
  readonly limitSec?: number;
  /** Further tests, once it has converged. */
  readonly tests?: (container: () => Container, guest: () => Guest) => void;
  /**
   * Leaves something in the service, as a person would, and finds it again: it must be there after a restart of the whole guest, and
   * when its root disk was lost and its role ran on a new one. `nothing` for a service that keeps nothing, which is restarted alone.
   * @default - neither is tried
   */
  readonly note?: { readonly leave: (guest: Guest) => void; readonly find: (guest: Guest) => unknown } | 'nothing';
}

/**
 * What holds for every service: its playbook's roles converge, it is well by the check of its own definition, serves what it
 * declares, and a second run and a check run change nothing; where a note is left in it, that it outlives a restart and the root disk.
 */
export function describeGuest(name: string, { program, needs = [], vendor, variables = {}, limitSec = TEST_MS / 1000, tests, note }: GuestCase): void {
  const limitMs = limitSec * 1000;
  const volumes = mkdtempSync(join(tmpdir(), 'homelab-volumes-'));
  const start = async (): Promise<Container> => Container.start({ folder: await commonBase() }, Guest.surroundings([...needs, name], volumes));

  describeInContainer(`${name} (${program})`, (container) => {
    let guest: Guest;
    let secrets: Readonly<Record<string, string>>;
    const surround = async (): Promise<void> => {
      for (const need of needs) {
        const needed = new Guest(container, need, secrets);
        needed.variables = variables[need] ?? {};
        expectSuccess(needed.convergeRole());
      }
      guest.variables = { ...variables[name], ...await vendor?.(container()) };
    };

    beforeAll(async () => {
      secrets = await makeSecrets();
      guest = new Guest(container, name, secrets);
      await surround();
    }, TEST_MS);
    afterAll(() => rmSync(volumes, { recursive: true, force: true }));

    test('converges', () => expectSuccess(guest.converge({ timeoutSec: limitSec })), limitMs);
    test('is well by the check of its definition', () => expect(guest.illness()).toBeUndefined());
    test('serves every port that it declares', () => expect(guest.closedPorts()).toEqual([]));

    test.each([['a second run', false], ['a check run', true]])('%s changes nothing', (_what, check) => {
      const result = guest.converge({ check, timeoutSec: limitSec });
      expectSuccess(result);
      expect(result.changed).toEqual([]);
    }, limitMs);

    tests?.(container, () => guest);

    if (note === undefined) return;
    test('is well again after a restart of the guest', async () => {
      if (note !== 'nothing') note.leave(guest);
      await container().restart();
      await guest.recovery();
      if (note !== 'nothing') expect(note.find(guest)).toBe('kept');
    }, TEST_MS);

    if (note === 'nothing') return;
    test('has what was left in it on a new root disk', async () => {
      await container().reinstall();
      await surround();
      expectSuccess(guest.converge({ timeoutSec: limitSec }));
      expect(guest.illness()).toBeUndefined();
      expect(note.find(guest)).toBe('kept');
    }, 2 * limitMs);
  }, start);
}
