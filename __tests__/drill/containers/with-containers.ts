import { Container } from '../../../drill/containers/container';
import { whyNoContainers, type ImageKind } from '../../../drill/containers/image';
import type { PlayResult } from '../../../drill/containers/ansible';

const BUILD_AND_BOOT_MS = 400_000;
/** Limit of one test: a role is run up to three times in it, on a machine that has other things to do. */
export const TEST_MS = 600_000;

/**
 * A suite that gets one container for all its tests, in their order. Where containers cannot run the reason is printed
 * and every test counts as skipped.
 * @param kind what it is, or how it is started
 */
export function describeInContainer(name: string, tests: (container: () => Container) => void, kind: ImageKind | (() => Promise<Container>) = 'host'): void {
  const reason = whyNoContainers();
  if (reason) console.warn(`SKIPPED: '${name}' did not run: ${reason}`);
  (reason ? describe.skip : describe)(name, () => {
    let container: Container | undefined;
    beforeAll(async () => {
      container = typeof kind === 'string' ? await Container.start(kind) : await kind();
    }, BUILD_AND_BOOT_MS);
    afterAll(() => container?.stop());
    tests(() => container!);
  });
}

/** Fails with Ansible's own words when the run did not succeed. */
export function expectSuccess(result: PlayResult): void {
  if (result.status !== 0) throw new Error(`the role failed: ${result.failed.join('\n')}\n${result.output.slice(-2000)}`);
}
