import { escapeMarkdown, table } from '../../common/markdown';
import type { Verdict } from '../finding';
import { fit, type Part } from './fit';
import { hostLines } from './house-facts';
import type { PlanKind, Review } from './review';

/** By which a forge's comment is found again. */
export const MARKER = '<!-- homelab-review -->';

/** Longest comment that every forge takes: GitHub's 65,536, counted in bytes to be safe. */
const LIMIT_BYTES = 65_000;

/** Longest single value that anybody reads. */
const LONGEST_VALUE = 400;

const HEADLINES: Readonly<Record<Verdict, string>> = {
  safe: '🟢 Safe',
  'needs care': '🟡 Needs care',
  'loses data': '🔴 Loses data',
};

const KINDS: Readonly<Record<PlanKind, string>> = {
  rehearsed: 'planned on a rehearsal in which the base was applied first: no host and no secret was asked',
  real: 'planned against the real state and the real host',
};

/** A review as one Markdown document, short enough for a comment whatever the plan's size. */
export function reviewMarkdown(review: Review): string {
  return fit([headPart(review), ...findingPart(review), ...rowPart(review), ...capacityPart(review), ...listParts(review), ...hostParts(review), ...rawParts(review)], LIMIT_BYTES);
}

function headPart({ verdict, base, kind, digest }: Review): Part {
  const opening = `${MARKER}\n## ${HEADLINES[verdict]}\n\nCompared with ${safe(base)}, ${KINDS[kind]}. Plan \`${digest}\`.`;
  return { opening, items: [], closing: '', noun: 'lines' };
}

const MARKS = { loss: '🔴', outage: '🟡', unclear: '🟡', told: 'ℹ️' } as const;

function findingPart({ findings }: Review): Part[] {
  const items = findings.map(({ severity, subject, problem, remedy }) => `- ${MARKS[severity]} **${safe(subject)}**: ${safe(problem)}${remedy === '' ? '' : `. _${safe(remedy)}_`}`);
  return items.length === 0 ? [] : [{ opening: '', items, closing: '', noun: 'reasons' }];
}

const COLUMNS = ['VMID', 'service', '', 'what changes', 'running', 'data'];

function rowPart({ rows }: Review): Part[] {
  if (rows.length === 0) return [];
  const [head, rule] = table(COLUMNS, []).split('\n');
  const items = rows.map(({ id, name, action, changes, running, data }) => `| ${[id, `**${safe(name)}**`, action, cell(changes), running, safe(data)].join(' | ')} |`);
  return [{ opening: `${head}\n${rule}\n`, items, closing: '', noun: 'rows' }];
}

const SHOWN_CHANGES = 8;

const cell = (changes: readonly string[]): string =>
  [...changes.slice(0, SHOWN_CHANGES).map(safe), ...(changes.length > SHOWN_CHANGES ? [`and ${changes.length - SHOWN_CHANGES} more`] : [])].join('<br>');

function capacityPart({ capacity }: Review): Part[] {
  if (capacity.length === 0) return [];
  const rows = capacity.map(({ what, before, after, limit }) => [what, before, before === after ? 'the same' : `**${after}**`, limit]);
  return [{ opening: table(['', 'before', 'after', 'limit'], rows), items: [], closing: '', noun: 'rows' }];
}

function listParts({ identities, privileges, byRoot, secrets, drift }: Review): Part[] {
  const lists: readonly (readonly [title: string, items: readonly string[]])[] = [
    ['Changed on the host, not by git', drift],
    ['Secrets', secrets],
    ['VMIDs and addresses', identities],
    ['Rights of the API token', privileges],
    ['Done by root on the host, which no API token may', byRoot],
  ];
  return lists.filter(([, items]) => items.length > 0).map(([title, items]) => ({ opening: `**${title}**\n\n`, items: items.map((item) => `- ${safe(item)}`), closing: '', noun: 'lines' }));
}

function hostParts({ hosts, roles }: Review): Part[] {
  const items = [
    ...hosts.flatMap((host) => hostLines(host).map((line) => `- **${safe(host.host)}** ${safe(line)}`)),
    ...roles.flatMap(({ role, changes }) => changes.map((change) => `- role **${safe(role)}** ${safe(change)}`)),
  ];
  if (items.length === 0) return [];
  return [{ opening: `<details><summary>Ansible: ${items.length} differences</summary>\n\n`, items, closing: '\n\n</details>', noun: 'differences' }];
}

function rawParts({ plans }: Review): Part[] {
  return plans.map(({ stack, text }) => {
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
    const opening = `<details><summary>Plan of ${escapeHtml(stack)}</summary>\n\n${fence}text\n`;
    return { opening, items: text.split('\n'), closing: `\n${fence}\n\n</details>`, noun: 'lines' };
  });
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text of a plan or a definition in Markdown prose: it means nothing there, calls nobody and links nowhere. */
export function safe(text: string): string {
  const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return escapeMarkdown(short).replaceAll('@', '@<!-- -->').replaceAll('://', ':<!-- -->//').replace(/www\./gi, '$&<!-- -->');
}
