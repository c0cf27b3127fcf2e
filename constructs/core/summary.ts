/**
 * The finished homelab as plain data: what the catalogue and the pictures are drawn from.
 *
 * It is derived from the construct tree after validation, so a renderer never sees a construct,
 * and a picture can be tested without building a house.
 */
export interface LabSummary {
  /** Name of the house, e.g. `home`. */
  readonly name: string;
  readonly host: HostSummary;
  readonly pool: PoolSummary;
  readonly bridge: BridgeSummary;
  readonly template: TemplateSummary;
  /** Every guest, by VMID. */
  readonly guests: readonly GuestSummary[];
  /** Guests on the host that the house knows and does not manage, by VMID. */
  readonly known: readonly KnownGuestSummary[];
  readonly backup: BackupSummary;
  readonly capacity: CapacitySummary;
  /** Things the owner should know although nothing is refused, in reading order. */
  readonly notices: readonly string[];
}

/** The physical machine. */
export interface HostSummary {
  readonly name: string;
  readonly board: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** The graphics card as its vendor names it, if there is one. */
  readonly gpu?: string;
  readonly pveVersion: string;
  readonly kernel: string;
  /** IPv4 address with prefix, e.g. `192.168.88.10/24`. */
  readonly address: string;
  readonly rootGiB: number;
  readonly sataPorts: number;
  readonly sataUsed: number;
}

/** The ZFS pool that holds every guest and every backup. */
export interface PoolSummary {
  readonly name: string;
  readonly usableGiB: number;
  /** Layout of today, e.g. `single disk`. */
  readonly layout: string;
  /** Layout the owner intends, if declared, e.g. `raidz2 of 6`. */
  readonly intent?: string;
  readonly datasets: readonly { readonly name: string; readonly mountpoint: string; readonly purpose: string }[];
}

/** The Linux bridge that guests are plugged into. */
export interface BridgeSummary {
  readonly name: string;
  /** Network in CIDR form, e.g. `192.168.88.0/24`. */
  readonly network: string;
  readonly gateway: string;
}

/** The cloud-init template that virtual machines are cloned from. */
export interface TemplateSummary {
  readonly vmId: number;
  readonly name: string;
  readonly image: string;
}

/** Where backups go, when, and how long they stay. */
export interface BackupSummary {
  readonly path: string;
  readonly storage: string;
  readonly schedule: string;
  /** E.g. `7 daily, 4 weekly, 3 monthly`. */
  readonly retention: string;
}

/** One guest, as the catalogue shows it. */
export interface GuestSummary {
  readonly vmId: number;
  readonly name: string;
  /** Whether it is a virtual machine; a container otherwise. */
  readonly isVm?: true;
  /** One line of what it is for. */
  readonly purpose: string;
  readonly tier: 'platform' | 'app';
  readonly stack: 'foundation' | 'services';
  /** IPv4 address without prefix. */
  readonly address: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly rootDiskGiB: number;
  readonly ports: readonly { readonly port: number; readonly use: string }[];
  /** The health check in one line, e.g. `GET http://192.168.88.246:5678/healthz/readiness`. */
  readonly health: string;
  /** Where people open it; absent when nobody does. */
  readonly url?: string;
  /** Volumes that outlive the container; empty when its data is declared disposable. */
  readonly volumes: readonly { readonly path: string; readonly dataset: string; readonly quotaGiB: number }[];
  /** Why nothing of it needs to survive, when its data is declared disposable. */
  readonly disposable?: string;
  readonly gpu: boolean;
  /** Names of the services it stands on. */
  readonly needs: readonly string[];
  /** Warnings that belong to this service, e.g. an engine without upstream fixes. */
  readonly notices: readonly string[];
}

/** One guest that is not managed, as the catalogue shows it. */
export interface KnownGuestSummary {
  readonly vmId: number;
  readonly name: string;
  readonly kind: 'container' | 'virtual machine';
  /** `adopted` is in Terraform's state as it is, `known` in none. */
  readonly care: 'adopted' | 'known';
  readonly addresses: readonly string[];
  readonly cores: number;
  readonly memoryMiB: number;
}

/** One resource of the host: what is promised against what exists. */
export interface Gauge {
  /** Unit of every number here. */
  readonly unit: 'MiB' | 'vCPU' | 'GiB';
  /** Parts in drawing order; their sum is what is promised. */
  readonly parts: readonly { readonly label: string; readonly amount: number }[];
  /** The amount above which the owner is warned. */
  readonly budget: number;
  /** The amount that exists; above it synthesis refuses. */
  readonly limit: number;
}

/** The sums of the house against the machine. */
export interface CapacitySummary {
  readonly memory: Gauge;
  readonly cpu: Gauge;
  readonly pool: Gauge;
}
