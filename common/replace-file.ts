import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: beside it, flushed to the disk, then renamed over it.
 * @param mode permissions of the file. @default 0o644
 */
export function replaceFile(path: string, content: string | Buffer, mode = 0o644): void {
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}`);
  const handle = openSync(fresh, 'w', mode);
  try {
    writeSync(handle, content as string);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, path);
}
