import { Refusal } from '../common/refusal';

/** Text of each section of what read-host.sh printed, by its name. */
export type Sections = ReadonlyMap<string, string>;

const REMEDY = 'make it with: ssh root@HOST sh -s < adopt/read-host.sh > house.txt';

/**
 * Takes apart what read-host.sh printed.
 * @throws Refusal when it is something else, or was cut off
 */
export function parseSections(text: string): Sections {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== '@ homelab-house 1') throw new Refusal('this is not what read-host.sh prints: the first line is not "@ homelab-house 1"', REMEDY);
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('@ ')) sections.set(line.slice(2), (current = []));
    else if (line.startsWith(' ')) current?.push(line.slice(1));
    else if (line !== '') throw new Refusal(`line ${index + 1} of what was read from the host belongs to no section`, REMEDY);
  }
  if (!sections.has('end')) throw new Refusal('what was read from the host has no end: it was cut off', REMEDY);
  return new Map([...sections].map(([name, content]) => [name, content.join('\n')]));
}
