import { reviewMarkdown } from '../../../review/document/markdown';
import { reviewOf, type ReviewSource } from '../../../review/document/review';
import type { GuestFacts, HouseVersion, Summary } from '../../../review/document/house-version';
import { judge } from '../../../review/judge';
import { change, GUESTS, n8n, planOf } from '../plans';

const guest: GuestFacts = { vmId: 102, name: 'n8n', stack: 'services', address: '192.0.2.102', volumes: [{ path: '/var/lib/n8n', dataset: 'tank/data/n8n-data', quotaGiB: 10 }], gpu: false };

const summary = (guests: readonly GuestFacts[], memory: number): Summary => ({
  name: 'home', host: { name: 'pve' }, template: { vmId: 1000, name: 'debian-13' }, guests,
  capacity: { memory: { unit: 'MiB', promised: memory, limit: 32_041 }, cpu: { unit: 'vCPU', promised: 2, limit: 32 }, pool: { unit: 'GiB', promised: 10, limit: 900 } },
  picture: { width: 1, height: 1, cards: [] },
});

const version = (guests: readonly GuestFacts[], memory: number, more: Partial<HouseVersion> = {}): HouseVersion =>
  ({ summary: summary(guests, memory), picture: '', ansible: new Map(), roles: new Map(), secrets: [], known: [], ...more });

const whole = version([guest], 512);

function document(changes: Parameters<typeof planOf>[0], after: HouseVersion, more: Partial<ReviewSource> = {}): string {
  const plan = planOf(changes);
  const { objections, notes } = judge({ plan, host: { guests: GUESTS }, stack: 'services' });
  const findings = [...objections, ...notes].map(({ severity, rule, guest: subject, problem, remedy }) => ({ severity, rule, subject: subject!, problem, remedy }));
  return reviewMarkdown(reviewOf({ base: 'main', kind: 'rehearsed', findings, before: whole, after, plans: [{ stack: 'services', plan, text: 'Plan: …', refusedByTool: [] }], ...more })!);
}

test('what keeps running and keeps its data', () => {
  expect(document([change(['update'], n8n, { ...n8n, cpu: [{ cores: 4 }], description: 'Flows' })], whole)).toMatchSnapshot();
});

test('what is restarted, with a secret that is missing', () => {
  const secrets = [{ name: 'n8n_key', usedBy: ['n8n'], consumer: 'ansible', howToMake: { kind: 'ask', hint: 'the owner knows it' } }];
  expect(document([change(['update'], n8n, { ...n8n, initialization: [{ ...n8n.initialization[0], hostname: 'flows' }] })], version([guest], 1024, { secrets }))).toMatchSnapshot();
});

test('what is lost, against the real state', () => {
  expect(document([change(['delete'], n8n, null)], version([], 0), { kind: 'real' })).toMatchSnapshot();
});
