// The suites of `make test`, quick ones first. `slow` ones boot a machine; `make test-fast` leaves them out.
export const suites = [
  { name: 'types', what: 'the compiler over every file', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'lint', what: 'imports in one direction, sizes, documentation', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'bindings', what: '.gen agrees with the schema it is made of', jest: ['__tests__/bindings'] },
  { name: 'constructs', what: 'definitions, traps, output, artefacts', jest: ['__tests__/constructs', '__tests__/definitions', '__tests__/homelab.test.ts'] },
  { name: 'synth', what: 'the command, the cdktf CLI and the fork', jest: ['__tests__/synth'] },
  { name: 'ansible', what: 'variables, syntax, inventory and lint of the emitted tree', jest: ['__tests__/ansible'] },
  { name: 'review', what: 'the judge between plan and apply', jest: ['__tests__/review'] },
  { name: 'adopt', what: 'houses that already run, read from what their hosts say', jest: ['__tests__/adopt'] },
  { name: 'rehearsal', what: 'real Terraform against the stand-in providers, every scenario', jest: ['__tests__/rehearsal'] },
  { name: 'tools', what: 'pinned tools, built from their modules', jest: ['__tests__/tools'] },
  { name: 'secrets', what: 'real sops and age: life cycle, tampering, canaries', jest: ['__tests__/secrets'] },
  { name: 'state', what: 'real MinIO and Terraform: bootstrap, locks, kills', jest: ['__tests__/state'] },
  { name: 'recovery', what: 'the rebuild step by step, kills and journals; the scripts for people', jest: ['__tests__/recovery', '__tests__/scripts'] },
  { name: 'care', what: 'health, dumps, the copy elsewhere with real restic, restore', jest: ['__tests__/care'] },
  { name: 'containers', what: 'host roles in Debian 13 containers', jest: ['__tests__/drill/expand-plan', '__tests__/drill/roles', '__tests__/drill/containers'] },
  { name: 'machine', what: 'a virtual machine with real ZFS that loses its disk', jest: ['__tests__/drill/vm'], slow: true },
];
