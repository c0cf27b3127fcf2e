import { guestText, isGuest, type Change } from '../change';
import { asks, type Finding } from '../rule';
import { volumeChanges, type VolumeChange } from '../volumes';

/** A disk must not get smaller: Proxmox VE refuses it, or the end of the file system is cut off. */
export const shrinksDisk = asks('shrinks-disk', 'loss', (change) =>
  found(change, 'shrinks', (text, guest) => ({
    problem: `this would shrink ${text}, of ${guest}`,
    remedy: 'set the size back; to give space back, make a new guest and copy the data',
  })),
);

/** A disk must not go. */
export const removesDisk = asks('removes-disk', 'loss', (change) =>
  found(change, 'goes', (text, guest) => ({ problem: `this would take ${text} away from ${guest}`, remedy: 'put it back into the definition' })),
);

/** A disk must not be another one, or at another place: the guest would look at other bytes. */
export const movesDisk = asks('moves-disk', 'loss', (change) =>
  found(change, 'moves', (text, guest) => ({
    problem: `this would move ${text}, of ${guest}`,
    remedy: 'leave the disk where it is; move it by hand (pct move-volume, qm disk move) and then write down where it is',
  })),
);

/** A device must not be taken from a guest that uses it. */
export const removesDevice = asks('removes-device', 'outage', (change) => {
  if (!isGuest(change) || change.action !== 'update') return [];
  return DEVICES.flatMap(({ block, key }) => {
    const left = names(change, 'after', block, key);
    return names(change, 'before', block, key)
      .filter((name) => !left.includes(name))
      .map((name) => ({ problem: `this would take the device ${name} (${block}) from ${guestText(change)}`, remedy: 'put it back into the definition' }));
  });
});

const DEVICES = [
  { block: 'device_passthrough', key: 'path' },
  { block: 'hostpci', key: 'device' },
  { block: 'virtiofs', key: 'mapping' },
  { block: 'usb', key: 'host' },
] as const;

const names = (change: Change, side: 'before' | 'after', block: string, key: string): string[] => {
  const list = change[side]?.[block];
  return Array.isArray(list) ? list.map((item: Record<string, unknown> | null) => String(item?.[key] ?? item?.mapping ?? '')) : [];
};

function found(change: Change, what: VolumeChange['what'], say: (text: string, guest: string) => Finding): Finding[] {
  if (!isGuest(change)) return [];
  return volumeChanges(change)
    .filter((volume) => volume.what === what)
    .map(({ text }) => say(text, guestText(change)));
}
