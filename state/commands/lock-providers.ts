import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { list, listOf, textOf, value, type Verb } from '../../common/verb';
import { replaceFile } from '../../common/replace-file';
import { committedLock } from '../provider-lock';
import { openSite, privateFolder, readStack, STACKS } from '../site';
import { requireTerraform } from '../working-folder';
import { say } from './common';

/** `lock-providers`: once per house, and after the version of a provider was moved. */
export const lockProviders: Verb = {
  summary: "writes the checksums of the house's providers, as their registry signs them, into the file that is committed",
  options: {
    platform: list('OS_ARCH', 'another machine that works on the house, e.g. darwin_arm64; default this one'),
    mirror: value('FOLDER', "a mirror of the registry, in place of the registry itself"),
  },
  async run(root, args) {
    const site = openSite(root, 'real');
    const folder = privateFolder(join(site.base, 'providers', 'lock'));
    const [path, fresh] = [committedLock(site), join(folder, '.terraform.lock.hcl')];
    rmSync(fresh, { force: true });
    // What is known already must still hold.
    if (existsSync(path)) writeFileSync(fresh, readFileSync(path));
    const required = STACKS.map((stack) => (readStack(site, stack).terraform as { required_providers?: object } | undefined)?.required_providers);
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform: { required_providers: Object.assign({}, ...required) as object } }));
    const platforms = listOf(args, 'platform').map((platform) => `-platform=${platform}`);
    const folderOfMirror = textOf(args, 'mirror');
    const mirror = folderOfMirror === undefined ? [] : [`-fs-mirror=${folderOfMirror}`];
    await requireTerraform(site, 'asking for the checksums', ['providers', 'lock', '-no-color', ...platforms, ...mirror], { folder });
    if (!existsSync(fresh)) {
      say('the house has no provider: there is nothing to lock');
      return 0;
    }
    replaceFile(path, readFileSync(fresh));
    say(`'${path}' is written; read it, and commit it`);
    return 0;
  },
};
