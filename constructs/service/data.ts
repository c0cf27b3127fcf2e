/** A directory of a service that outlives its container: a ZFS dataset of its own, mounted into the guest. */
export interface VolumeProps {
  /** Name of the dataset below the service's own, e.g. `data`. */
  readonly name: string;
  /** Where the guest sees it, absolute. */
  readonly path: string;
  /** Most it may hold, in GiB (ZFS `refquota`). */
  readonly quotaGiB: number;
}

/** Directories of a service that must survive its container. */
export interface Kept {
  readonly kind: 'volumes';
  readonly volumes: readonly VolumeProps[];
}

/** Nothing of a service must survive its container. */
export interface Disposable {
  readonly kind: 'disposable';
  /** Why that is so. */
  readonly because: string;
}

/**
 * What becomes of a service's data when its container is made anew. There is no default: whoever declares a
 * service says which.
 */
export type Data = Kept | Disposable;

/** Declares the directories that must survive the container. */
export function keeps(...volumes: readonly VolumeProps[]): Kept {
  return { kind: 'volumes', volumes };
}

/**
 * Declares that nothing of a service needs to survive.
 * @param because why that is so, for the catalogue
 */
export function disposable(because: string): Disposable {
  return { kind: 'disposable', because };
}

/** Volumes of a service; none when its data is disposable. */
export function volumesOf(data: Data): readonly VolumeProps[] {
  return data.kind === 'volumes' ? data.volumes : [];
}
