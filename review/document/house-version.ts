/** Everything of one version of the house that a review compares. */
export interface HouseVersion {
  /** Null for a version from before summaries were emitted. */
  readonly summary: Summary | null;
  /** The architecture as SVG; empty when there is none. */
  readonly picture: string;
  /** Emitted files, by path below `ansible/`. */
  readonly ansible: ReadonlyMap<string, string>;
  /** Hand-written files, by path below `ansible/roles/`. */
  readonly roles: ReadonlyMap<string, string>;
  /** Secrets that the house asks for. */
  readonly secrets: readonly SecretEntry[];
  /** Names of secrets that there are. */
  readonly known: readonly string[];
}

/** One secret of the manifest; never a value. */
export interface SecretEntry {
  readonly name: string;
  readonly usedBy: readonly string[];
  readonly consumer: string;
  readonly howToMake: { readonly kind: string; readonly hint?: string };
}

/** What synth writes to `review/summary.json`, as far as a review reads it. */
export interface Summary {
  readonly name: string;
  readonly host: { readonly name: string };
  readonly template: { readonly vmId: number; readonly name: string };
  readonly guests: readonly GuestFacts[];
  readonly capacity: Readonly<Record<'memory' | 'cpu' | 'pool', Gauge>>;
  readonly picture: { readonly width: number; readonly height: number; readonly cards: readonly Card[] };
}

/** One guest of the summary. */
export interface GuestFacts {
  readonly vmId: number;
  readonly name: string;
  readonly stack: string;
  readonly address: string;
  readonly volumes: readonly Volume[];
  /** Why nothing of it needs to survive. @default - something does */
  readonly disposable?: string;
  readonly gpu: boolean;
}

/** Data that outlives its container. */
export interface Volume {
  readonly path: string;
  readonly dataset: string;
  readonly quotaGiB: number;
}

/** One resource of the machine: what is promised, and what exists. */
export interface Gauge {
  readonly unit: string;
  readonly promised: number;
  readonly limit: number;
}

/** Where a guest is in the picture, in px. */
export interface Card {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
