import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeInContainer, TEST_MS } from './with-containers';

/** Real apt, dpkg and git on a host whose enterprise sources answer nobody; Ansible and Node.js are empty packages that record. */
const PACKAGES = `set -eu
for name in make ansible nodejs npm; do
  tree=/tmp/stand-in/$name
  mkdir -p $tree/DEBIAN $tree/usr/bin
  printf 'Package: %s\\nVersion: 1\\nArchitecture: all\\nMaintainer: none <root@localhost>\\nDescription: stand-in\\n' $name >$tree/DEBIAN/control
  program=$name
  [ $name != ansible ] || program=ansible-playbook
  printf '#!/bin/sh\\necho "%s $*" >>/root/calls\\n' $program >$tree/usr/bin/$program
  chmod 0755 $tree/usr/bin/$program
  dpkg-deb --root-owner-group --build $tree /tmp/$name.deb >/dev/null
done
dpkg --install /tmp/*.deb >/dev/null`;

describeInContainer('bootstrap-pve on a fresh host', (container) => {
  let work: string;
  let commit: string;
  const git = (...args: string[]) => {
    const run = spawnSync('git', ['-c', 'user.name=house', '-c', 'user.email=house@example.org', '-C', work, ...args], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout.trim();
  };

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'homelab-origin-'));
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(work, 'Makefile'), 'synth:\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'first');
    commit = git('rev-parse', 'HEAD');
    git('clone', '--quiet', '--bare', work, join(container().root, 'srv', 'homelab.git'));
    copyFileSync(join(__dirname, '..', '..', '..', 'scripts', 'bootstrap-pve.sh'), join(container().root, 'root', 'bootstrap-pve.sh'));
    const made = container().run(PACKAGES);
    if (made.status !== 0) throw new Error(made.stderr);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const bootstrap = (...args: string[]) => container().run(`bash /root/bootstrap-pve.sh --repo /srv/homelab.git --commit ${commit} ${args.join(' ')}`, 240);

  test('says that there is no network, and has changed nothing', () => {
    const { status, stderr } = bootstrap('--mirror http://192.168.88.1:9/debian');
    expect(status).toBe(1);
    expect(stderr).toContain('the Debian mirror does not answer; nothing was installed');
    expect(container().run('command -v git || test -e /opt/homelab').status).not.toBe(0);
  }, TEST_MS);

  test('installs what is missing, although the sources that need a subscription do not answer', () => {
    const { status, stderr } = bootstrap();
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.anything() });
    expect(container().run('git -C /opt/homelab rev-parse HEAD').stdout).toBe(commit);
    expect(container().read('/root/calls')).toMatch(/^make .*synth\nansible-playbook --connection local .*metal.yml$/);
  }, TEST_MS);

  test('the second time it needs no network, and changes no package', () => {
    const packages = () => container().run('dpkg-query --show').stdout;
    const before = packages();
    expect(bootstrap('--mirror http://192.168.88.1:9/debian', '--', '--check')).toMatchObject({ status: 0 });
    expect(packages()).toBe(before);
    expect(container().read('/root/calls')).toMatch(/--check \S+metal.yml$/);
  }, TEST_MS);
});
