import { hostLines } from './house-facts';
import { escapeHtml, rowId } from './html-text';
import type { Review } from './review';

const WORDS = { loss: 'Loss', outage: 'Outage', unclear: 'Look', told: 'Note' } as const;

/** Why the verdict is what it is. */
export const findingList = ({ findings }: Review): string =>
  list(findings.map(({ severity, subject, problem, remedy }) => `<b>${WORDS[severity]}, ${escapeHtml(subject)}:</b> ${escapeHtml(problem)}${remedy === '' ? '' : ` <i>${escapeHtml(remedy)}</i>`}`));

/** A row for each service; on a phone, a block each. */
export function rowTable({ rows }: Review): string {
  const names = ['VMID', 'Service', 'Action', 'What changes', 'Running', 'Data'];
  const body = rows.map(({ id, name, action, changes, running, data }) => {
    const cells = [id, `<b>${escapeHtml(name)}</b>`, action, changes.map(escapeHtml).join('<br>'), running, escapeHtml(data)];
    return `<tr id="${rowId(name)}">${cells.map((cell, index) => `<td data-name="${names[index]}">${cell}</td>`).join('')}</tr>`;
  });
  return rows.length === 0 ? '' : table('rows', names, body);
}

/** What the machine has left. */
export function capacityTable({ capacity }: Review): string {
  const body = capacity.map(({ what, before, after, limit }) => `<tr>${[what, before, after, limit].map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return capacity.length === 0 ? '' : `<h2>Capacity</h2>${table('', ['', 'Before', 'After', 'Limit'], body)}`;
}

/** The short lists: drift, secrets, identities, rights, what root does. */
export function plainLists({ drift, secrets, identities, privileges, byRoot }: Review): string {
  const lists: readonly (readonly [title: string, items: readonly string[]])[] = [
    ['Changed on the host, not by git', drift], ['Secrets', secrets], ['VMIDs and addresses', identities],
    ['Rights of the API token', privileges], ['Done by root on the host', byRoot],
  ];
  return lists.filter(([, items]) => items.length > 0).map(([title, items]) => `<h2>${title}</h2>${list(items.map(escapeHtml))}`).join('\n');
}

/** What Ansible is told differently, folded. */
export function hostList({ hosts, roles }: Review): string {
  const items = [
    ...hosts.flatMap((host) => hostLines(host).map((line) => `<b>${escapeHtml(host.host)}</b> ${escapeHtml(line)}`)),
    ...roles.flatMap(({ role, changes }) => changes.map((change) => `role <b>${escapeHtml(role)}</b> ${escapeHtml(change)}`)),
  ];
  return items.length === 0 ? '' : `<details><summary>Ansible</summary>${list(items)}</details>`;
}

/** The plans in Terraform's words, folded. */
export const rawPlans = ({ plans }: Review): string =>
  plans.map(({ stack, text }) => `<details><summary>Plan of ${escapeHtml(stack)}</summary><pre tabindex="0">${escapeHtml(text)}</pre></details>`).join('\n');

const list = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`);

const table = (kind: string, names: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" tabindex="0" role="region" aria-label="table"><table class="${kind}"><thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
