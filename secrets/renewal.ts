import { Refusal } from '../common/refusal';
import type { SecretSpec } from './manifest';

/** The spec of a name. @throws Refusal listing the names there are */
export function specNamed(specs: readonly SecretSpec[], name: string | undefined): SecretSpec {
  const spec = specs.find((each) => each.name === name);
  if (spec) return spec;
  throw new Refusal(`the definition names no secret '${name ?? ''}'; it names: ${specs.map((each) => each.name).join(', ')}`);
}

/**
 * Guards what is stored: with another data key it is unreadable.
 * @throws Refusal naming each data key among the specs, and the page that tells how it is renewed
 */
export function refuseDataKeys(specs: readonly SecretSpec[]): void {
  const keys = specs.filter(({ kind }) => kind === 'data');
  if (keys.length === 0) return;
  const lines = keys.map(({ name, usedBy, renewal }) => `  '${name}' encrypts what ${usedBy.join(' and ')} stores; ${renewal ? `how it is renewed: ${renewal}` : 'there is no way to renew it'}`);
  throw new Refusal(`a data key is not changed by this verb: what is stored would be unreadable. Nothing was changed:\n${lines.join('\n')}`);
}

/** What a new value in the file does not do by itself: it is known to nobody until this is done. */
export function whatIsLeft({ name, usedBy, kind, consumer }: SecretSpec): string {
  if (consumer === 'terraform') return `the next run of Terraform uses it`;
  const plays = usedBy.map((user) => `./house secrets play guests/${user}`).join(', ');
  if (consumer === 'environment') return `the store learns it by its play, and the next run of Terraform uses it: ./house secrets play platform`;
  if (usedBy.includes('installation')) return 'the next installation of the host uses it; a host that runs learns it by: passwd';
  if (name === 'house_authority') return 'every machine learns it by its play: ./house secrets play metal, then platform, then apps';
  const then = { login: 'the service learns it by its play', session: 'people log in again after', token: 'the old one is used until', certificate: 'the old one is shown until', data: 'it is used after' }[kind];
  return `${then}: ${plays}`;
}
