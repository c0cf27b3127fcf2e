import { spawnSync } from 'node:child_process';

import { neededPrivileges, privilegeProblems, PVE_ADMIN } from '../../secrets/token/privileges';
import { ROOT } from '../tools/ensure-tools';

const granted = { roles: ['PVEAdmin'], extra: ['Sys.AccessNetwork'] };
const house = (extra: Record<string, Record<string, Record<string, unknown>>> = {}) => [
  {
    resource: {
      proxmox_download_file: { image: {} },
      proxmox_virtual_environment_container: { minio: { unprivileged: true } },
      null_resource: { minio: {} },
      ...extra,
    },
  },
];
const problems = (extra?: Parameters<typeof house>[0], grants = granted) => privilegeProblems(neededPrivileges(house(extra)), grants);

beforeAll(() => {
  const synth = spawnSync('npm', ['run', '--silent', 'synth'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (synth.status !== 0) throw new Error('npm run synth failed, see above');
}, 120_000);

test('PVEAdmin and the right to fetch from the web are what this house needs, as it is synthesized', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'secrets/main.ts', 'token'], { cwd: ROOT, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/^secrets: \d+ privileges are needed, all granted by PVEAdmin and Sys\.AccessNetwork\n$/);
  expect(run.status).toBe(0);
});

test('PVEAdmin lacks exactly what lets a token change the node itself', () => {
  expect(PVE_ADMIN).toHaveLength(40);
  for (const right of ['Sys.Modify', 'Sys.PowerMgmt', 'Sys.AccessNetwork', 'Sys.Incoming', 'Realm.Allocate', 'Permissions.Modify', 'Mapping.Modify']) {
    expect(PVE_ADMIN).not.toContain(right);
  }
});

test('fails when the role does not cover a resource, and names it', () => {
  expect(problems()).toEqual([]);
  expect(problems(undefined, { roles: ['PVEAdmin'], extra: [] })).toEqual(["'Sys.AccessNetwork' is needed by proxmox_download_file.image and not granted; add it to extraPrivileges"]);
  expect(problems({ proxmox_backup_job: { nightly: {} } })[0]).toContain("'Sys.Modify' is needed by proxmox_backup_job.nightly");
  // The provider's default is a privileged container.
  expect(problems({ proxmox_virtual_environment_container: { n8n: {} } })[0]).toContain("'Sys.Modify' is needed by proxmox_virtual_environment_container.n8n");
});

test('fails when the role covers more than is needed', () => {
  expect(problems(undefined, { roles: ['PVEAdmin'], extra: ['Sys.AccessNetwork', 'Sys.Modify'] })).toEqual(["'Sys.Modify' is granted and nothing needs it; take it out of extraPrivileges"]);
  expect(problems(undefined, { roles: ['PVEAdmin'], extra: ['Sys.AccessNetwork', 'VM.Allocate'] })[0]).toContain("'VM.Allocate' is granted twice");
});

test('fails for a kind of resource or a role that is not known', () => {
  expect(problems({ proxmox_realm_ldap: { people: {} } })).toEqual(["resource type 'proxmox_realm_ldap' has no row in secrets/token/privileges.ts; add what it needs"]);
  expect(problems(undefined, { roles: ['Administrator'], extra: ['Sys.AccessNetwork'] })[0]).toContain("role 'Administrator' is not known here");
});
