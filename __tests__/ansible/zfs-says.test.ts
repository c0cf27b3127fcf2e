import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root as ROOT } from '../helpers/run-synth';

const ROLE = join(ROOT, 'ansible/roles/zfs_setup');

/** What the role says of the only pool in an output of `zpool import`, as Ansible's own template engine fills it in. */
function refusalOf(importList: string): string {
  const program = `
import importlib.util, json, sys, jinja2, yaml
spec = importlib.util.spec_from_file_location('probe', sys.argv[1] + '/library/zfs_setup_probe.py')
probe = importlib.util.module_from_spec(spec); spec.loader.exec_module(probe)
pools = probe.parse_import_list(sys.stdin.read(), lambda name: name.rsplit('_', 1)[-1])
tasks = yaml.safe_load(open(sys.argv[1] + '/tasks/import.yml'))
message = next(task['ansible.builtin.assert']['fail_msg'] for task in tasks if task['name'] == 'Check that the pool is complete')
print(jinja2.Environment().from_string(message).render(zfs_setup_pool='tank', zfs_setup_found=pools[0], zfs_setup_serials=['DISK1']))`;
  return execFileSync(join(ROOT, '.tools/python/bin/python'), ['-c', program, ROLE], { input: importList, encoding: 'utf8' });
}

describe('the refusal of a pool that is not complete', () => {
  test('repeats what ZFS says of features that this ZFS does not know, over both of its lines', () => {
    const said = refusalOf(`   pool: tank
     id: 1234567890123456789
  state: UNAVAIL
 status: The pool uses the following feature(s) not supported on this system:
\tcom.klarasystems:vdev_zaps_v2 (Support for root vdev ZAP.)
 action: The pool cannot be imported. Access the pool on a system that supports
\tthe required feature(s), or recreate the pool from backup.
 config:

\ttank                UNAVAIL  unsupported feature(s)
\t  ata-MODEL_DISK1   ONLINE
`);
    expect(said).toContain('not supported on this system: com.klarasystems:vdev_zaps_v2');
    expect(said).toContain('Access the pool on a system that supports the required feature(s)');
    expect(said).toContain('Nothing was imported');
  });

  test('says that ZFS said nothing, where it said nothing', () => {
    const said = refusalOf('   pool: tank\n     id: 1\n  state: DEGRADED\n config:\n\n\ttank  DEGRADED\n\t  ata-MODEL_DISK1  UNAVAIL\n');
    expect(said).toMatch(/DEGRADED.*ZFS says:\s+nothing/s);
  });
});
