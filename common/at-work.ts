import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/** A Terraform or OpenTofu at work. */
export interface AtWork {
  readonly pid: number;
  /** Its command line, for a person. */
  readonly command: string;
  /** Folder that it works in. */
  readonly folder: string;
}

const PROGRAM = /(?:^|\/)(?:terraform|tofu)$/;

/**
 * Finds every Terraform that works below a folder, whoever started it: Linux knows the folder of each process. Those of
 * other users are not seen.
 * @param folder that exists
 */
export function atWorkBelow(folder: string): AtWork[] {
  const top = realpathSync(folder);
  return processes().flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
      const at = readlinkSync(`/proc/${pid}/cwd`);
      const isBelow = at === top || at.startsWith(top + sep);
      return isBelow && PROGRAM.test(words[0] ?? '') ? [{ pid, command: words.slice(0, 4).join(' '), folder: at }] : [];
    } catch {
      // It has ended, or is another user's.
      return [];
    }
  });
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** Says who is at work, for a refusal. */
export const atWorkText = ({ pid, command, folder }: AtWork): string => `'${command}' is at work in ${folder} (process ${pid})`;
