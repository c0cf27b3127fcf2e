import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { memoryFolder } from '../../common/memory';
import { Refusal } from '../../common/refusal';
import { toolPath } from '../../tools/tool-path';
import type { Looked } from './unpack';

const CONFIG = join(__dirname, 'gitleaks.toml');
const LEAKS = 3;

/** Paths that gitleaks' own rules pass over whatever lies there, as pinned; its list cannot be switched off, so these go by another name. */
const PASSED_OVER: readonly RegExp[] = [
  /gitleaks\.toml|verification-metadata\.xml|Database.refactorlog/,
  /\.(bmp|gif|jpe?g|png|svg|tiff?|eot|[ot]tf|woff2?|docx?|xlsx?|pdf|bin|socket|vsidx|v2|suo|wsuo|.dll|pdb|exe|gltf|gem)$/i,
  /go\.(mod|sum|work(\.sum)?)$/,
  /(^|\/)(vendor|node_modules|bower_components|\.mvn|\.git|v?env|virtualenv|lib(64)?|python)(\/|$)/i,
  /(^|\/)(gradlew(\.bat)?|mvnw(\.cmd)?|gradle\.lockfile|javascript\.json)$/,
  /(^|\/)[^/]*(lock|shrinkwrap)[^/]*\.(json|ya?ml|lock)$|\.lock$/i,
  /(^|\/)(angular|bootstrap|jquery|plotly|swagger)[^/]*$/,
  /\.dist-info(\/|$)/i,
];

/**
 * Runs gitleaks over files, values hidden in what it says. It gets them in memory, each version in a folder of its own:
 * what it reads from git itself leaves out a file that replaced a link.
 * @returns what it found, as sentences
 */
export function leaks(files: readonly Looked[]): string[] {
  const folder = memoryFolder();
  try {
    files.forEach(({ path, content }, version) => {
      if (path.split(/[/!]/).includes('..')) throw new Refusal(`git keeps a file under the path '${path}', which leads elsewhere; look at it by hand`);
      const place = join(folder, `v${version}`, PASSED_OVER.some((pattern) => pattern.test(path)) ? 'passed-over' : path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
    });
    return found(folder, files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function found(folder: string, files: readonly Looked[]): string[] {
  const args = ['dir', '--no-banner', '--no-color', '--redact=100', '--verbose', '--ignore-gitleaks-allow', `--exit-code=${LEAKS}`, '--config', CONFIG, '.'];
  const run = spawnSync(toolPath('gitleaks'), args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.status === 0) return [];
  if (run.status !== LEAKS) throw new Refusal(`gitleaks failed (exit code ${run.status}): ${run.stderr.trim()}`);
  const field = (text: string, name: string) => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1] ?? '';
  const pathOf = (place: string) => files[Number(/^(?:\.\/)?v(\d+)\//.exec(place)?.[1])]?.path ?? place;
  return run.stdout
    .split(/\n\n+/)
    .filter((part) => part.includes('RuleID:'))
    .map((part) => `${pathOf(field(part, 'File'))}, line ${field(part, 'Line')}: looks like a secret (${field(part, 'RuleID')})`);
}
