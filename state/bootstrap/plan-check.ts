import { Refusal } from '../../secrets/refusal';

/** The part of `terraform show -json PLAN` that tells what would happen. */
interface Plan {
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[];
}

const HARMLESS = new Set(['create', 'read', 'no-op']);

/**
 * Guards the first apply: it makes things, and touches nothing that is there.
 * @param text output of `terraform show -json`
 * @throws Refusal naming every resource that would be changed, replaced or destroyed
 */
export function requireOnlyCreates(text: string): void {
  const changes = (JSON.parse(text) as Plan).resource_changes ?? [];
  const others = changes.filter(({ change }) => change.actions.some((action) => !HARMLESS.has(action)));
  if (others.length === 0) return;
  const lines = others.map(({ address, change }) => `  ${address}: ${change.actions.join(', ')}`);
  throw new Refusal(`a bootstrap only creates, and this plan does more; nothing was applied:\n${lines.join('\n')}\nSee docs/state/bootstrap.md, "The plan does more than create".`);
}
