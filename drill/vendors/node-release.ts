import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, keepFolder } from '../containers/image';
import { toolFolder } from '../../tools/tool-path';
import pins from '../../tools/wheel-tools.json';
import type { Vendor } from './vendor';

/** A release of Node.js, as a role is told about it. */
export interface NodeRelease {
  readonly version: string;
  /** Folder of all releases. */
  readonly mirror: string;
  readonly sha256: string;
}

/**
 * The real Node.js with its npm in an archive of the form of its releases, at a vendor's server.
 * @throws MissingTool when it is not installed
 */
export function nodeRelease(vendor: Vendor): NodeRelease {
  const { version } = pins.node;
  const name = `node-v${version}-linux-x64`;
  const archive = cached('node-release', [join(toolFolder('node'), '.recipe'), __filename], '.tar.xz');
  if (!existsSync(archive)) keepFolder(archive, (fresh) => pack(join(toolFolder('node'), 'release'), name, fresh));
  vendor.serve(archive, `node/v${version}/${name}.tar.xz`);
  return { version, mirror: `${vendor.url}/node`, sha256: createHash('sha256').update(readFileSync(archive)).digest('hex') };
}

/** A wheel has no links: what npm is linked to in a release lies in the wheel as a file that finds nothing where it is. */
function pack(release: string, name: string, archive: string): void {
  const script = `cd "$1" && ln -sf ../lib/node_modules/npm/bin/npm-cli.js bin/npm && chmod 0755 bin/node lib/node_modules/npm/bin/npm-cli.js &&
    tar --transform "s,^,$2/,S" -cf - bin/node bin/npm lib/node_modules/npm include/node/node_version.h | xz -0 -T0 >"$3"`;
  const run = spawnSync('sh', ['-c', script, 'sh', release, name, archive], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the release of Node.js could not be packed: ${run.stderr}`);
}
