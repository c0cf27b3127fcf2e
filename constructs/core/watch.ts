/** A question of a service's own health, or of the certificate of its name, as Prometheus asks it over the network. */
export interface Probe {
  /** Name of the service, or the full name that it is reached by. */
  readonly name: string;
  readonly prober: 'http' | 'tcp' | 'tls';
  /** URL, or `host:port`; always by name. */
  readonly target: string;
  /** Regular expression that the body must match. @default - any answer with status 200 */
  readonly expect?: string;
  /** Name that the certificate must have. @default - that of the target */
  readonly server_name?: string;
}

/** When somebody must be told. */
export interface AlertRule {
  readonly alert: string;
  /** PromQL; true for as long as it is bad. */
  readonly expr: string;
  /** How long it must be bad, as Prometheus writes it, e.g. `5m`. */
  readonly for: string;
  /** `critical` is for now, `warning` for this week. */
  readonly severity: 'critical' | 'warning';
  /** What is wrong, without the machine's name, which stands before it. */
  readonly says: string;
  /** Label that tells which of several things on one machine is meant. @default - the machine is enough */
  readonly about?: string;
  /** What to do. */
  readonly remedy: string;
}

/** One panel of a dashboard: one question to Prometheus. */
export interface Panel {
  readonly title: string;
  readonly expr: string;
  /** Unit as Grafana names it, e.g. `percentunit`. */
  readonly unit: string;
  /** Label that the legend shows. */
  readonly legend: string;
}

/** A dashboard: one layer of the house. */
export interface Dashboard {
  /** Stable name in its address. */
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What a machine measures of itself beside its node exporter; the script machine-metrics of that role. */
export type MachineFacts =
  | { readonly kind: 'guest'; readonly health?: string; readonly dumps?: string }
  | {
      readonly kind: 'host';
      readonly pool: string;
      /** Guests with what the definition promises them. */
      readonly guests: readonly { readonly name: string; readonly vmId: number; readonly cores: number; readonly memoryMiB: number }[];
    };
