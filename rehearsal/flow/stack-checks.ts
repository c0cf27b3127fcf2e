import type { StandIn } from '../provider/stand-in';
import { Refusal } from '../../common/refusal';
import { provisioners, type Stack } from './stack';

/** Environment variable a provisioner takes its program from, so that a rehearsal can put a harmless one there. */
export const PLAYBOOK_VARIABLE = 'HOMELAB_ANSIBLE_PLAYBOOK';

/**
 * Makes sure that the stand-ins can rehearse the stacks, before anything runs.
 *
 * @throws Refusal with all problems of all stacks.
 */
export function checkStacks(stacks: readonly Stack[], standIns: readonly StandIn[]): void {
  const problems = stacks.flatMap((stack) =>
    [
      ...providerProblems(stack, standIns),
      ...typeProblems(stack, standIns),
      ...dataProblems(stack),
      ...provisionerProblems(stack),
    ].map((problem) => `${stack.name}: ${problem}`)
  );
  if (problems.length === 0) return;
  throw new Refusal(
    `the stacks cannot be rehearsed\n  - ${problems.join('\n  - ')}`,
    'docs/rehearsal.md lists what is modelled'
  );
}

function providerProblems({ config }: Stack, standIns: readonly StandIn[]): string[] {
  return Object.entries(config.terraform?.required_providers ?? {}).flatMap(([name, { source, version }]) => {
    const facts = standIns.find((standIn) => standIn.facts.source === fullSource(source))?.facts;
    if (!facts) return [`the provider ${source} has no stand-in`];
    if (!facts.pinned || version?.replace(/^=\s*/, '').trim() === facts.version) return [];
    return [
      `provider "${name}" must be pinned to ${facts.version}, the version whose planning is known here; got '${version ?? 'no version'}'`,
    ];
  });
}

/** Namespace and name of a provider: Terraform's own namespace and host may be left out. */
function fullSource(source: string): string {
  const parts = source.split('/');
  return parts.length === 1 ? `hashicorp/${source}` : parts.slice(-2).join('/');
}

function typeProblems({ config }: Stack, standIns: readonly StandIn[]): string[] {
  const modelled = new Set(standIns.flatMap((standIn) => Object.keys(standIn.models)));
  const known = new Map(standIns.flatMap(({ facts }) => facts.notModelled.map((type) => [type, facts.source] as const)));
  return Object.entries(config.resource ?? {})
    .filter(([type]) => !modelled.has(type))
    .map(([type, resources]) => {
      const where = Object.keys(resources).map((name) => `${type}.${name}`).join(', ');
      const source = known.get(type);
      return source
        ? `the resource type ${type} of ${source} is not modelled by the rehearsal (${where})`
        : `the resource type ${type} is unknown to every stand-in (${where})`;
    });
}

const dataProblems = ({ config }: Stack): string[] =>
  Object.keys(config.data ?? {}).map((type) => `the data source ${type} is not modelled by the rehearsal`);

/** A provisioner is run by Terraform itself, for real; only one that can be pointed at a harmless program may stay. */
function provisionerProblems({ config }: Stack): string[] {
  return Object.entries(config.resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, resource]) =>
      provisioners(resource)
        .filter(({ kind, content }) => kind !== 'local-exec' || !content.command?.includes(PLAYBOOK_VARIABLE))
        .map(({ kind }) => `${type}.${name} has a ${kind} provisioner that would act for real: only a local-exec that takes its program from $${PLAYBOOK_VARIABLE} can be rehearsed`)
    )
  );
}
