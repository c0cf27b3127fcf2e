import { spawnSync } from 'node:child_process';

/** Asks a database of real SQLite, as Python brings it. @returns rows in one line */
export function sql(path: string, statement: string): string {
  const script = 'import sqlite3, sys\nd = sqlite3.connect(sys.argv[1])\nprint(" ".join(str(c) for r in d.execute(sys.argv[2]).fetchall() for c in r))\nd.commit()';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, path, statement], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}
