import { Construct, type IConstruct } from 'constructs';
import type { Plain } from './setting';

/** Order in which Ansible builds the house up. */
export const layers = ['metal', 'platform', 'apps'] as const;

/** One layer of the house, or the machine that installs the host before there is a house. */
export type Layer = (typeof layers)[number] | 'install';

/** A machine that Ansible reaches. */
export interface AnsibleHostProps {
  /** Name in the inventory; for a guest its service name. */
  readonly hostName: string;
  /** IPv4 address without prefix. */
  readonly address: string;
  readonly layer: Layer;
  /** Variables of this machine, by full name. */
  readonly variables: Readonly<Record<string, Plain>>;
}

const hostSymbol = Symbol.for('homelab.AnsibleHost');
const playSymbol = Symbol.for('homelab.AnsiblePlay');

/** A machine in the Ansible inventory. */
export class AnsibleHost extends Construct {
  constructor(scope: Construct, id: string, readonly props: AnsibleHostProps) {
    super(scope, id);
    Object.defineProperty(this, hostSymbol, { value: true });
  }

  /** Tells an Ansible host from other constructs. */
  static is(construct: IConstruct): construct is AnsibleHost {
    return hostSymbol in construct;
  }
}

/** A role run on a machine. */
export interface RoleRun {
  readonly role: string;
  /** Entry point of the role. @default - its main tasks */
  readonly tasksFrom?: string;
  /** Variables for this run only. @default - none beyond the machine's own */
  readonly variables?: Readonly<Record<string, Plain>>;
  /** Whether the role has an entry point `artefacts`, which keeps on the pool what it is installed from. @default false */
  readonly artefacts?: boolean;
}

/** Roles run one after the other on one machine. */
export interface AnsiblePlayProps {
  /** Name of the playbook file without ending; plays of one name share a file, in tree order. */
  readonly playbook: string;
  readonly layer: Layer;
  /** What the play does, as a sentence without full stop. */
  readonly title: string;
  /** Inventory name of the machine. */
  readonly hostName: string;
  readonly roles: readonly RoleRun[];
  /** Machines without which this one is not tried. @default - none */
  readonly needs?: readonly string[];
  /** Whether facts of the machine are needed. @default true */
  readonly gatherFacts?: boolean;
}

/** One play of a playbook. */
export class AnsiblePlay extends Construct {
  constructor(scope: Construct, id: string, readonly props: AnsiblePlayProps) {
    super(scope, id);
    Object.defineProperty(this, playSymbol, { value: true });
  }

  /** Tells an Ansible play from other constructs. */
  static is(construct: IConstruct): construct is AnsiblePlay {
    return playSymbol in construct;
  }
}

/** Prefix of every variable of a role: its name with dashes turned into underscores. */
export function variablePrefix(role: string): string {
  return `${role.replaceAll('-', '_')}_`;
}
