import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of another party at the version that this project pins. */
export interface Package {
  /** As OSV names registries. */
  readonly ecosystem: 'npm' | 'PyPI' | 'Go';
  readonly name: string;
  readonly version: string;
  /** The lock file that says so. */
  readonly file: string;
}

/** Every pinned package of the project, from its lock files, each version once. */
export function pinnedPackages(root: string): Package[] {
  const all = [...npm(root), ...python(root), ...go(root)];
  return [...new Map(all.map((one) => [`${one.ecosystem} ${one.name} ${one.version}`, one])).values()];
}

interface NpmLock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly link?: boolean; readonly name?: string }>>;
}

function npm(root: string): Package[] {
  const file = 'package-lock.json';
  const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8')) as NpmLock;
  return Object.entries(packages).flatMap(([path, { version, link, name }]): Package[] => {
    const folder = path.split('node_modules/').at(-1)!;
    if (!path.includes('node_modules/') || link || version === undefined) return [];
    return [{ ecosystem: 'npm', name: name ?? folder, version, file }];
  });
}

function python(root: string): Package[] {
  const folders = ['tools/python', 'tools/wheels'].filter((folder) => existsSync(join(root, folder)));
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.txt')).map((name) => `${folder}/${name}`));
  return files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').matchAll(/^([A-Za-z0-9._-]+)==([^\s;]+)/gm);
    return [...lines].map(([, name, version]): Package => ({ ecosystem: 'PyPI', name: name!.toLowerCase().replaceAll(/[._-]+/g, '-'), version: version!, file }));
  });
}

function go(root: string): Package[] {
  const folder = join(root, 'tools/go');
  const files = existsSync(folder) ? readdirSync(folder).map((name) => `tools/go/${name}/go.mod`) : [];
  return files.filter((file) => existsSync(join(root, file))).flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').matchAll(/^\s*(?:require\s+)?([a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S+) v(\S+)/gm);
    return [...lines].map(([, name, version]): Package => ({ ecosystem: 'Go', name: name!, version: version!, file }));
  });
}
