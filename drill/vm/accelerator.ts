import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { join } from 'node:path';
import { CACHE } from './image';

/** How QEMU runs the machine's processor: by the real one, or by translation, which works everywhere and is slow. */
export type Accelerator = 'kvm' | 'tcg';

const VERDICT = join(CACHE, 'accelerator.json');

/** QEMU options of an accelerator. Nehalem is the newest processor that translation runs without a loss of speed. */
export function acceleratorOptions(accelerator: Accelerator): string[] {
  if (accelerator === 'kvm') return ['-accel', 'kvm', '-cpu', 'host'];
  return ['-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'Nehalem'];
}

/**
 * What to try: KVM when its device can be opened, unless it failed on this host before. DRILL_ACCELERATOR overrides.
 * Throws when that names neither.
 */
export function chosenAccelerator(): Accelerator {
  const wanted = process.env.DRILL_ACCELERATOR;
  if (wanted === 'kvm' || wanted === 'tcg') return wanted;
  if (wanted) throw new Error(`DRILL_ACCELERATOR must be 'kvm' or 'tcg', got '${wanted}'`);
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return 'tcg';
  }
  return kvmFailedHere() ? 'tcg' : 'kvm';
}

/** Remembers that the machine did not start with KVM on this host: a device that can be opened is no promise. */
export function rememberKvmFailure(): void {
  writeFileSync(VERDICT, JSON.stringify({ host: hostname(), kernel: release(), kvm: 'failed' }));
}

function kvmFailedHere(): boolean {
  try {
    const verdict = JSON.parse(readFileSync(VERDICT, 'utf8')) as Record<string, string>;
    return verdict.host === hostname() && verdict.kernel === release() && verdict.kvm === 'failed';
  } catch {
    return false;
  }
}
