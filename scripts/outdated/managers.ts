import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way in which versions are written down, and where. */
export interface Manager {
  /** Files, by path below the project's folder. */
  readonly files: readonly RegExp[];
  /** What finds a pin, with the groups `currentValue` and, where they say it, `depName` and `currentDigest`. */
  readonly finds: readonly RegExp[];
  /** Name of what is pinned, where the text does not say it. */
  readonly name?: string;
  /** Where newer ones are found, as Renovate calls it, such as `npm`. */
  readonly source: string;
}

/** Files that Renovate reads by itself, with what it takes of them. */
const BUILT_IN: readonly Manager[] = [
  { files: [/^(.+\/)?package\.json$/], finds: [/"(?!version")(?<depName>(?:@[\w-]+\/)?[\w.-]+)": "(?:npm:(?:@[\w-]+\/)?[\w.-]+@)?(?<currentValue>\d[\w.-]*)"/g], source: 'npm' },
  { files: [/^tools\/python\/requirements\.txt$/], finds: [/^(?<depName>[\w.-]+)==(?<currentValue>\S+)/gm], source: 'pypi' },
  { files: [/^ansible\/requirements\.yml$/], finds: [/name: (?<depName>\S+)\s+version: "(?<currentValue>[^"]+)"/g], source: 'galaxy-collection' },
  { files: [/^\.(github|gitea)\/workflows\/.+\.yml$/], finds: [/uses: (?<depName>[\w./-]+)@(?<currentDigest>[0-9a-f]{40}) # v(?<currentValue>\S+)/g], source: 'github-tags' },
  { files: [/^\.github\/workflows\/.+\.yml$/], finds: [/runs-on: (?<depName>ubuntu)-(?<currentValue>[\d.]+)/g], source: 'github-runners' },
];

interface CustomManager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
  readonly datasourceTemplate: string;
}

/** How every pin of the project is found: what Renovate reads by itself, and what renovate.json tells it. */
export function readManagers(root: string): Manager[] {
  const { customManagers } = JSON.parse(readFileSync(join(root, 'renovate.json'), 'utf8')) as { customManagers: readonly CustomManager[] };
  const custom = customManagers.map(({ managerFilePatterns, matchStrings, depNameTemplate, datasourceTemplate }) => ({
    files: managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1))),
    finds: matchStrings.map((pattern) => new RegExp(pattern, 'g')),
    ...(depNameTemplate !== undefined && { name: depNameTemplate }),
    source: datasourceTemplate,
  }));
  return [...BUILT_IN, ...custom];
}
