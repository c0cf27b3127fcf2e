/** What one run of a playbook did. */
export interface PlayResult {
  /** Exit code of ansible-playbook; -1 when it was killed. */
  readonly status: number;
  /** Names of the tasks that changed something, in order. */
  readonly changed: readonly string[];
  /** Failed tasks as `name: message`; empty after success. */
  readonly failed: readonly string[];
  /** What debug tasks said, in order. */
  readonly said: readonly string[];
  /** Everything Ansible printed, for a failing test to show. */
  readonly output: string;
}

/** One line of Ansible's `jsonl` output. */
interface Event {
  readonly _event: string;
  readonly task?: { readonly name: string };
  readonly hosts?: Readonly<Record<string, HostResult>>;
}

interface HostResult {
  readonly action?: string;
  readonly changed?: boolean;
  readonly failed?: boolean;
  readonly unreachable?: boolean;
  readonly ignored?: boolean;
  readonly skipped?: boolean;
  readonly msg?: unknown;
  readonly stderr?: string;
  readonly results?: readonly HostResult[];
}

/** Name of the task that a line of output says is starting, if it says so. */
export function startingTask(line: string): string | undefined {
  const event = parse(line);
  return event && /task_start$|runner_on_start$/.test(event._event) ? event.task?.name : undefined;
}

/** Sums up the output of a run with the `ansible.posix.jsonl` callback. */
export function summarize(status: number, output: string): PlayResult {
  const result = { status, changed: [] as string[], failed: [] as string[], said: [] as string[], output };
  for (const event of output.split('\n').map(parse)) {
    if (!event?.task || !/runner_on_(ok|failed|unreachable)$/.test(event._event)) continue;
    for (const host of Object.values(event.hosts ?? {})) {
      const parts = host.results?.length ? host.results : [host];
      if (host.changed) result.changed.push(event.task.name);
      if (host.failed || host.unreachable) result.failed.push(`${event.task.name}: ${parts.map(reason).filter(Boolean).join('; ')}`);
      if (host.action?.endsWith('debug')) result.said.push(...parts.filter((part) => !part.skipped).map((part) => text(part.msg)));
    }
  }
  return result;
}

function parse(line: string): Event | undefined {
  try {
    const value: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
    return value as Event | undefined;
  } catch {
    return undefined;
  }
}

function reason(result: HostResult): string {
  if (!result.failed && !result.unreachable) return '';
  return [result.msg, result.stderr].filter(Boolean).map(text).join(' ');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
