/** The part of `terraform show -json PLAN` that is judged. */
export interface PlannedChanges {
  /** What Terraform's state held before. */
  readonly prior_state?: { readonly values?: { readonly root_module?: { readonly resources?: readonly { readonly mode?: string }[] } } };
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
  }[];
}

/** What the rebuilt host holds. */
export interface HostContents {
  /** Ids of the guests that are configured. */
  readonly guests: readonly number[];
  /** Names of the file systems and volumes in the pools, as `zfs list -H -o name` prints them. */
  readonly disks: readonly string[];
}

const GUEST = /^proxmox_virtual_environment_(container|vm)$/;

/**
 * Judges a plan after a rebuild: why Terraform does not know what is on the host. The guard refuses a plan for guests
 * that are configured; this one also sees disks whose guest is not.
 * @returns sentences with what to do; none when the plan may go on
 */
export function disagreements(stack: string, plan: PlannedChanges, host: HostContents): string[] {
  const made = (plan.resource_changes ?? []).filter(({ type, change }) => GUEST.test(type) && change.actions.includes('create'));
  // A template holds no data: one beside the rest of the old one does no harm.
  const guests = made.filter(({ change }) => change.after?.template !== true);
  const diskOf = (vmid: unknown) => host.disks.find((disk) => new RegExp(`/(subvol|vm|base)-${Number(vmid)}-disk-\\d+$`).test(disk));
  const known = guests.filter(({ change }) => host.guests.includes(Number(change.after?.vm_id)) || diskOf(change.after?.vm_id));
  if (known.length > 0 && isEmpty(plan)) {
    const ids = known.map(({ change }) => change.after?.vm_id).join(', ');
    return [`the state of '${stack}' is empty, while guests of it are on the host (${ids}); bring the state back: npm run state -- copies ${stack}, then restore`];
  }
  return known.map(({ address, change }) => {
    const vmid = Number(change.after?.vm_id);
    const disk = diskOf(vmid);
    if (host.guests.includes(vmid)) return `${address} would be made, and guest ${vmid} is on the host; bring it into the state: npm run state -- run ${stack} -- import ${address} NODE/${vmid}`;
    return `${address} would be made with a new, empty disk beside ${disk}; put its configuration back first: make rebuild ARGS='--only guests'`;
  });
}

function isEmpty({ prior_state: prior }: PlannedChanges): boolean {
  return (prior?.values?.root_module?.resources ?? []).filter(({ mode }) => mode !== 'data').length === 0;
}
