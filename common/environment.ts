/** What a program of another needs of the shell it is started from: who, where, in which language, through which proxy. */
const HANDED_ON = /^(PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|NO_COLOR|TZ|LANG|LANGUAGE|LC_\w+|TMPDIR|XDG_\w+|SSH_AUTH_SOCK|SSL_CERT_(FILE|DIR)|(https?|all|no)_proxy)$/i;

/** Names by which Terraform, OpenTofu, their backend and the provider take orders from a shell. */
const DECIDES = /^(TF_|TOFU_|AWS_|PROXMOX_VE_)/;

/**
 * The variables of a shell that a program is given which works on the house. It is a list of what is needed: whatever
 * else a shell happens to carry (a workspace, arguments, another account) must not decide what is worked on.
 */
export function plainEnvironment(shell: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(shell).filter(([name]) => HANDED_ON.test(name)));
}

/** A whole shell's variables for a command of the owner's choice, but for those that decide what Terraform works on. */
export function undecidedEnvironment(shell: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(shell).filter(([name]) => !DECIDES.test(name)));
}
