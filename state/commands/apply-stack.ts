import { Refusal } from '../../common/refusal';
import { copyState } from '../copies/copies';
import { guardedApply, type ApplyOptions } from '../guarded-apply';
import { RemoteState } from '../remote';
import { say } from './common';
import { explain, type HouseStack } from './house';

/**
 * Applies a stack of the real house past the judge and keeps copies of its state: the path behind `npm run state --
 * apply`, `make deploy` and `cdktf deploy`.
 * @returns the exit code of Terraform
 * @throws Refusal when nothing was applied, or when a copy could not be made
 */
export async function applyStack(house: HouseStack, options: Pick<ApplyOptions, 'permission' | 'confirm' | 'planArguments'>): Promise<number> {
  const copy = async () => copyState(house.site, await RemoteState.open(house.site, house.stack, house.store), say);
  const done = await guardedApply(house.site, { ...house.options, ...options, stack: house.stack });
  if (done.code === 0) {
    await copy();
    return 0;
  }
  const code = explain(house, done);
  // What was done before the failure is in the state too.
  await copy().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    console.error(`state: ${error.message}`);
  });
  return code;
}
