// The suites of `make test`, in two lanes that run side by side: in the first quick ones first, in the second those that
// mostly wait for machines and containers. `slow` ones boot a machine or build a second object store; `make test-fast`
// leaves them out.
export const suites = [
  { name: 'types', what: 'the compiler over every file', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'lint', what: 'imports in one direction, sizes, documentation', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'bindings', what: '.gen agrees with the schema it is made of', jest: ['__tests__/bindings'] },
  { name: 'door', what: 'the front door: verbs, help, refusals', jest: ['__tests__/common', '__tests__/door'] },
  { name: 'constructs', what: 'definitions, traps, output, artefacts', jest: ['__tests__/constructs', '__tests__/definitions', '__tests__/homelab.test.ts'] },
  { name: 'synth', what: 'the command, the cdktf CLI and the fork', jest: ['__tests__/synth'] },
  { name: 'ansible', what: 'variables, syntax, inventory and lint of the emitted tree', jest: ['__tests__/ansible'] },
  { name: 'text', what: 'hostile text through every renderer and template, read by the real parser of each format', jest: ['__tests__/text'] },
  { name: 'review', what: 'the judge between plan and apply', jest: ['__tests__/review'] },
  { name: 'adopt', what: 'houses that already run, read from what their hosts say', jest: ['__tests__/adopt'] },
  { name: 'pull-request', what: 'versions compared on a rehearsal, documents, forges', jest: ['__tests__/pull-request'] },
  { name: 'rehearsal', what: 'real Terraform against the stand-in providers, every scenario', jest: ['__tests__/rehearsal'] },
  { name: 'tools', what: 'pinned tools, built from their modules', jest: ['__tests__/tools'] },
  { name: 'secrets', what: 'real sops and age: life cycle, tampering, canaries', jest: ['__tests__/secrets'] },
  { name: 'state', what: 'a real object store and Terraform: bootstrap, locks, kills, forged requests', jest: ['__tests__/state'] },
  { name: 'state-minio', what: 'the second engine, MinIO: forged requests, locks, races, kills, limited keys, every failure', jest: ['__tests__/state/forged', '__tests__/state/failures', '__tests__/state/concurrency', '__tests__/state/kill-loop'], env: { HOMELAB_TEST_ENGINE: 'minio' }, slow: true },
  { name: 'state-tofu', what: 'the judged roads with OpenTofu', jest: ['__tests__/state/roads'], env: { HOMELAB_TEST_TERRAFORM: 'tofu' }, slow: true },
  { name: 'recovery', what: 'the rebuild step by step, kills and journals; the scripts for people', jest: ['__tests__/recovery', '__tests__/scripts'] },
  { name: 'care', what: 'health, dumps, the copy elsewhere with real restic, restore', jest: ['__tests__/care'] },
  { name: 'machine', lane: 'second', what: 'a virtual machine with real ZFS that loses its disk', jest: ['__tests__/drill/vm'], slow: true },
  { name: 'zfs', lane: 'second', what: 'proof of backups and updates on real ZFS', jest: ['__tests__/drill/zfs'], slow: true },
  { name: 'containers', lane: 'second', what: 'host roles in Debian 13 containers', jest: ['__tests__/drill/expand-plan', '__tests__/drill/roles', '__tests__/drill/containers'] },
  { name: 'services', lane: 'second', what: 'roles of guests in Debian 13 containers, from the definition to the health check', jest: ['__tests__/services'] },
];
