import { spawnSync } from 'node:child_process';

/** Folder of the hooks, as git's setting names it. */
const HOOKS = 'scripts/git-hooks';

/** Switches on the hooks that look at every commit and push, and says so; hooks of the owner's own stay, and that is said too. */
export function switchHooksOn(root: string, say: (line: string) => void): void {
  const git = (...args: string[]) => {
    const run = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    return { ok: run.status === 0, text: (run.stdout ?? '').trim() };
  };
  if (!git('rev-parse', '--git-dir').ok) return say('this folder is no git repository, so no hook looks at what is committed');
  const present = git('config', 'core.hooksPath').text;
  if (present && present !== HOOKS) return say(`git's hooks are in '${present}' (core.hooksPath); let them call ${HOOKS}/pre-commit and pre-push, which look for secrets`);
  if (present) return;
  const run = git('config', 'core.hooksPath', HOOKS);
  say(run.ok ? `git's hooks are on: a commit or push that holds a secret is refused (core.hooksPath ${HOOKS})` : `git's hooks could not be switched on; type: git config core.hooksPath ${HOOKS}`);
}
