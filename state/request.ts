import { Refusal } from '../common/refusal';

/** What a caller of Terraform wants. */
export type Request =
  /** About Terraform itself. */
  | { readonly kind: 'about' }
  /** Harmless: Terraform itself answers. */
  | { readonly kind: 'pass'; readonly words: readonly string[]; readonly needsVariables: boolean }
  /** Changes the house: judged first. */
  | { readonly kind: 'change'; readonly destroy: boolean; readonly asks: boolean };

/** Verbs that change neither the house nor its state, each with the options that would. */
const HARMLESS: Readonly<Record<string, { readonly never: RegExp; readonly needsVariables?: true }>> = {
  // Another backend, or a state moved into one, is another state.
  init: { never: /^--?(migrate-state|force-copy|reconfigure|backend|backend-config|from-module)\b/ },
  validate: { never: /^$/ },
  providers: { never: /^$/ },
  output: { never: /^--?state\b/ },
  show: { never: /^$/ },
  graph: { never: /^$/ },
  console: { never: /^--?(var|var-file|state)\b/, needsVariables: true },
  'state list': { never: /^--?state\b/ },
  'state show': { never: /^--?state\b/ },
  'state pull': { never: /^--?state\b/ },
  plan: { never: /^--?(var|var-file|state|state-out|backup|generate-config-out|lock)\b/, needsVariables: true },
};

/** What Terraform says about itself, in any folder. */
const ABOUT = new Set(['version', '-v', '-version', '--version', '-help', '--help', '-h']);

/** Verbs that write the state, and what to type in their place. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  import: './house state run STACK -- import ADDRESS ID',
  untaint: './house state run STACK -- untaint ADDRESS',
  // It forgets guests that Proxmox does not report at that moment.
  refresh: './house state apply STACK, which refreshes in its plan and has it judged',
  taint: './house state apply STACK: a guest is made anew by its definition',
  'state mv': "the definition: a service's former name keeps its guest, and the plan is judged",
  'state rm': "the definition: a retired service's guest is left running, and the plan is judged",
  'state push': './house state push-errored STACK, restore STACK or rollback STACK VERSION_ID',
  workspace: 'nothing: a house has one workspace',
  'force-unlock': './house state unlock STACK LOCK_ID',
};

/** Options of apply and destroy that neither widen what is applied nor name another state. */
const PLAIN = /^--?(auto-approve|no-color|input=(true|false)|parallelism=\d+|compact-warnings|json)$/;

const without = (...options: string[]) => (word: string) => !options.some((option) => new RegExp(`^--?${option}(=|$)`).test(word));

/** The verb as one word, of `state list` both, and what follows it. */
function verbOf([first = '-help', ...rest]: readonly string[]): readonly [string, ...string[]] {
  const [second, ...others] = rest;
  return first === 'state' && second !== undefined ? [`state ${second}`, ...others] : [first, ...rest];
}

/**
 * Reads a command line of Terraform's.
 * @throws Refusal for anything that is not known to be harmless and is not judged: closed by default
 */
export function readRequest(args: readonly string[]): Request {
  const [verb, ...rest] = verbOf(args);
  if (ABOUT.has(verb)) return { kind: 'about' };
  if (verb === 'apply' || verb === 'destroy') return readChange(verb, rest);
  const harmless = Object.hasOwn(HARMLESS, verb) ? HARMLESS[verb] : undefined;
  if (!harmless) throw new Refusal(`'terraform ${verb}' is not let through here`, `use: ${Object.hasOwn(ELSEWHERE, verb) ? ELSEWHERE[verb] : './house state --help'}`);
  const barred = rest.find((word) => harmless.never.test(word));
  if (barred !== undefined) throw new Refusal(`'terraform ${verb} ${barred}' is not let through here: it decides which state is used, or with which values`, 'leave it out');
  // A saved plan holds secrets in clear text; the one that is applied is made anew, in memory.
  const words = verb === 'plan' ? withoutSavedPlan(rest) : rest;
  return { kind: 'pass', words: [...verb.split(' '), ...words], needsVariables: harmless.needsVariables === true };
}

function readChange(verb: string, rest: readonly string[]): Request {
  const barred = rest.find((word) => !PLAIN.test(word));
  if (barred !== undefined) {
    throw new Refusal(`'terraform ${verb} ${barred}' is not let through here`, 'what is applied is the definition as it is; for exceptions there is: ./house state apply STACK, see its --help');
  }
  return { kind: 'change', destroy: verb === 'destroy', asks: rest.every(without('auto-approve')) };
}

function withoutSavedPlan(words: readonly string[]): string[] {
  return words.filter((word, index) => without('out')(word) && !(index > 0 && /^--?out$/.test(words[index - 1]!)));
}
