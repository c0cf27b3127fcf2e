import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';

// The packages come from Debian's archive, which has the same major version; the PostgreSQL project's own is out of reach.
describeGuest('postgresql', {
  program: 'real',
  variables: { postgresql: { postgresql_repository: 'debian' } },
  tests: (container, guest) => {
    const login = (password: string, database: string) =>
      container().run(`PGPASSWORD='${password}' psql -h ${guest().service.address} -U n8n -d ${database} -Atc 'select 1'`);
    const sql = (statement: string, database = 'n8n') => container().run(`cd / && runuser -u postgres -- psql -d ${database} -Atc '${statement.replaceAll("'", String.raw`'\''`)}'`);
    const notes = () => sql(`select string_agg(text, ' ' order by text) from note`).stdout;
    const dumps = '/var/lib/postgresql/dumps';

    test('lets a consumer into its own database with its own password, and nowhere else', () => {
      const password = 'Value0of1n8ndatabasepassword';
      expect(login(password, 'n8n').stdout).toBe('1');
      expect(login('another', 'n8n').stderr).toContain('password authentication failed');
      expect(login(password, 'gitea').stderr).toContain('no pg_hba.conf entry');
    });

    test('dumps every database and the roles, with what each held', () => {
      sql(`create table note as select 'kept' as text; alter table note owner to n8n; create table "Tag" (name text)`);
      expect(container().run('systemctl start service-dump.service', 120)).toMatchObject({ status: 0 });
      const manifest = JSON.parse(container().run(`cat ${dumps}/*/manifest.json`).stdout);
      expect(Object.keys(manifest.items)).toEqual(['gitea', 'n8n', 'paperless', 'postgres']);
      expect(manifest.items.n8n).toMatchObject({ owner: 'n8n', of: 'rows', counts: { 'public.note': 1, 'public."Tag"': 0 } });
      expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual(['gitea.dump', 'globals.sql', 'n8n.dump', 'paperless.dump', 'postgres.dump']);
      expect(manifest.versions.server).toMatch(/^17\./);
    });

    test('data, dump, more data, loss, restore: rows are those of the dump, the live database is kept', () => {
      sql(`insert into note values ('later')`);
      sql(`delete from note where text = 'kept'`);
      const plan = container().run('service-dump restore latest n8n');
      expect(plan.stdout).toMatch(/n8n: 1 rows -> 1 rows of .*kept as n8n_before_\d{8}t\d{12}\nnothing was done/);
      expect(notes()).toBe('later');

      expect(container().run('service-dump restore latest n8n --yes', 120)).toMatchObject({ status: 0 });
      expect(notes()).toBe('kept');
      expect(login('Value0of1n8ndatabasepassword', 'n8n').stdout).toBe('1');
      expect(sql(`select tableowner from pg_tables where tablename = 'note'`).stdout).toBe('n8n');
      const kept = container().run('service-dump kept').stdout;
      expect(sql('select text from note', kept).stdout).toBe('later');
      expect(container().run(`service-dump drop-kept ${kept} && service-dump kept`).stdout).toBe('nothing is kept');
    });

    test('a database in use is refused with the name of who uses it, and stays', () => {
      sql(`insert into note values ('later')`);
      container().run(`cd / && setsid runuser -u postgres -- psql -d n8n -c 'select pg_sleep(60)' >/dev/null 2>&1 & sleep 1`);
      expect(container().run('service-dump restore latest n8n --yes', 120)).toMatchObject({ status: 1, stderr: expect.stringMatching(/in use: n8n by postgres at this guest/) });
      expect(notes()).toBe('kept later');
      sql(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'n8n'`, 'postgres');
    });

    test('a restore that is killed anywhere leaves a whole database, and can be run again', () => {
      for (const seconds of [0.1, 0.3, 0.5, 0.7, 0.9, 1.2]) {
        container().run(`timeout -s KILL ${seconds} service-dump restore latest n8n --yes`);
        expect(['kept later', 'kept']).toContain(notes());
      }
      expect(container().run('service-dump restore latest n8n --yes', 120)).toMatchObject({ status: 0 });
      expect(notes()).toBe('kept');
    });

    test('a database and its role that are gone come back with the password', () => {
      sql(`drop database n8n with (force)`, 'postgres');
      sql(`drop role n8n`, 'postgres');
      expect(login('Value0of1n8ndatabasepassword', 'n8n').status).not.toBe(0);
      expect(container().run('service-dump restore latest n8n --yes', 120)).toMatchObject({ status: 0 });
      expect(notes()).toBe('kept');
      expect(login('Value0of1n8ndatabasepassword', 'n8n').stdout).toBe('1');
    });

    test('takes other passwords of the secrets, and the old ones open nothing', () => {
      const users = ['n8n', 'gitea', 'paperless'];
      const opens = (user: string, password: string) => container().run(`PGPASSWORD='${password}' psql -h ${guest().service.address} -U ${user} -d ${user} -Atc 'select 1'`);
      // Nobody logs in as postgres over the network: what is kept of its password has to be another.
      const superuser = () => sql(`select rolpassword from pg_authid where rolname = 'postgres'`, 'postgres').stdout;
      const before = superuser();
      const others = Object.fromEntries(users.map((user) => [`${user}_database_password`, `Another1${user}`]));
      const result = guest().converge({}, { ...others, postgresql_superuser_password: 'Another1postgres' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1/);
      for (const user of users) {
        expect([user, opens(user, `Another1${user}`).stdout]).toEqual([user, '1']);
        expect(opens(user, `Value0of1${user}databasepassword`).stderr).toContain('password authentication failed');
      }
      expect(superuser()).toMatch(/^SCRAM-SHA-256/);
      expect(superuser()).not.toBe(before);
    }, TEST_MS);
  },
});
