import { execFileSync } from 'node:child_process';

/** What one run of a command cost, children included. */
export interface Cost {
  readonly wallSec: number;
  readonly cpuSec: number;
  /** Largest resident set of any process of the run, in MiB. */
  readonly peakMiB: number;
}

// Node cannot read the usage of its children; the operating system gives it to Python.
const meter = `
import json, resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wall = time.monotonic() - start
if code.returncode != 0:
    sys.stderr.buffer.write(code.stderr)
    sys.exit(code.returncode)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wallSec": wall, "cpuSec": usage.ru_utime + usage.ru_stime, "peakMiB": usage.ru_maxrss / 1024}))
`;

/** Runs a command once and measures it. */
export function measure(command: readonly string[], env: NodeJS.ProcessEnv): Cost {
  return JSON.parse(execFileSync('python3', ['-c', meter, ...command], { encoding: 'utf8', env: { ...process.env, ...env } })) as Cost;
}

/** The middle of several costs, each quantity for itself. */
export function median(costs: readonly Cost[]): Cost {
  const middle = (pick: (cost: Cost) => number): number => costs.map(pick).sort((left, right) => left - right)[Math.floor(costs.length / 2)];
  return { wallSec: middle((cost) => cost.wallSec), cpuSec: middle((cost) => cost.cpuSec), peakMiB: middle((cost) => cost.peakMiB) };
}
