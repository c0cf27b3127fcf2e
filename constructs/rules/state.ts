import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { formerStatePlaceOf, statePlaceOf, statePlaceText } from '../state-place';

/** The object store that keeps the state is a service of the house that stands on nothing else. */
export function checkState(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const { state } = lab;
  const path = 'foundation';
  const store = lab.services.find((service) => service.name === state.service);
  const problems: Problem[] = [];
  if (!declared.has(state.service)) {
    const rule = 'the state is kept on a service of the house';
    problems.push({ path, rule, got: `'${state.service}'`, remedy: `declare the service '${state.service}', or correct state.service` });
  } else if (store?.needs?.length) {
    const rule = 'the object store is made first and needs no other service';
    problems.push({ path, rule, got: store.needs.join(', '), remedy: "drop its 'needs'" });
  }
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(state.bucket)) {
    const rule = 'a bucket is named in 3 to 63 lower-case letters, digits and dashes';
    problems.push({ path, rule, got: `'${state.bucket}'`, remedy: 'rename it' });
  }
  return [...problems, ...checkFormerPlace(lab)];
}

/** A move that leads nowhere is a mistake in what was typed: the state would be looked for at its own place. */
function checkFormerPlace(lab: HomelabProps): Problem[] {
  const place = statePlaceOf(lab);
  const former = formerStatePlaceOf(lab);
  if (!place || !former || statePlaceText(place) !== statePlaceText(former)) return [];
  const rule = 'a state moves from another place than it goes to';
  return [{ path: 'foundation', rule, got: statePlaceText(former), remedy: "say in 'state.formerly' what was different, or drop it when the state has moved" }];
}
