import { judge } from '../../review/judge';
import { parsePlan } from '../../review/parse-plan';
import { change, CONTAINER, n8n, planOf } from './plans';

const MIB = 1024 * 1024;

/** CPU time that some work takes, so that a busy machine does not count. */
function cpuMs(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

test('judging a plan of 60 MB takes less than three times the time of parsing it', () => {
  const guest = (vmid: number) => ({ ...n8n, vm_id: vmid, initialization: [{ hostname: `g${vmid}` }], tags: Array.from({ length: 60 }, (_, index) => `tag-${index}-of-${vmid}`) });
  const vmids = Array.from({ length: 8000 }, (_, index) => 1000 + index);
  // More changed guests than any house has; the others are at rest.
  const changes = vmids.map((vmid) =>
    vmid % 4 === 0
      ? change(['update'], guest(vmid), { ...guest(vmid), description: 'new', memory: [{ dedicated: 256 }] }, { name: `g${vmid}` })
      : change(['no-op'], guest(vmid), guest(vmid), { name: `g${vmid}` }),
  );
  const drift = vmids.map((vmid) => change(['update'], { ...guest(vmid), description: 'old' }, guest(vmid), { name: `g${vmid}` }));
  const resources = vmids.map((vmid) => ({ address: `${CONTAINER}.g${vmid}`, mode: 'managed', type: CONTAINER, values: guest(vmid) }));
  const text = JSON.stringify(planOf(changes, { resource_drift: drift, prior_state: { values: { root_module: { resources } } } }));
  expect(text.length).toBeGreaterThan(60 * MIB);
  const host = { guests: vmids.map((vmid) => ({ vmid, type: 'lxc', name: `g${vmid}` })), disks: vmids.map((vmid) => `tank/subvol-${vmid}-disk-0`) };
  const plan = parsePlan(text);
  const runs = [1, 2, 3].map(() => ({ parse: cpuMs(() => JSON.parse(text)), judge: cpuMs(() => expect(judge({ plan, host, restarts: 8000 }).objections).toEqual([])) }));
  const [parse, judged] = [median(runs.map((run) => run.parse)), median(runs.map((run) => run.judge))];
  console.info(`parsing ${Math.round(parse)} ms, judging ${Math.round(judged)} ms`);
  expect(judged).toBeLessThan(3 * parse);
}, 120_000);
