/** Configuration of a guest as PVE's file has it. */
export interface GuestConfig {
  /** Values of today by key, in the order of the file; a key that comes more often, such as `lxc.idmap`, has several. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Description, decoded. */
  readonly description: string;
  /** Names of its snapshots. */
  readonly snapshots: readonly string[];
}

/** Keys whose values are for nobody's eyes. */
const SECRET = /password|environment|secret|token/i;

/** Reads a file below /etc/pve/nodes/NODE/lxc or qemu-server; what stands under `[name]` is a snapshot's. */
export function parseGuestConfig(text: string): GuestConfig {
  const values = new Map<string, string[]>();
  const description: string[] = [];
  const snapshots: string[] = [];
  for (const line of text.split('\n')) {
    const section = /^\[([^\]]+)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) snapshots.push(section);
    else if (snapshots.length > 0) continue;
    else if (line.startsWith('#')) description.push(decode(line.slice(1)));
    else {
      const [, key, value] = /^\s*([A-Za-z][A-Za-z0-9._-]*)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? [];
      if (key !== undefined) values.set(key, [...(values.get(key) ?? []), SECRET.test(key) ? 'hidden' : value!]);
    }
  }
  return { values, description: description.join('\n'), snapshots: snapshots.filter((name) => !name.startsWith('PENDING') && !name.startsWith('special:')) };
}

/** A property string such as `name=eth0,bridge=vmbr0`; the part without a name gets the key ''. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part) => {
      const split = part.indexOf('=');
      return split < 0 ? (['', part] as const) : ([part.slice(0, split), part.slice(split + 1)] as const);
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
