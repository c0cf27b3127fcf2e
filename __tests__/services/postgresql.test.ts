import { describeGuest } from './describe-guest';

// The packages come from Debian's archive, which has the same major version; the PostgreSQL project's own is out of reach.
describeGuest('postgresql', {
  program: 'real',
  variables: { postgresql: { postgresql_repository: 'debian' } },
  tests: (container, guest) => {
    const login = (password: string, database: string) =>
      container().run(`PGPASSWORD='${password}' psql -h ${guest().service.address} -U n8n -d ${database} -Atc 'select 1'`);

    test('lets a consumer into its own database with its own password, and nowhere else', () => {
      const password = 'Value0of1n8ndatabasepassword';
      expect(login(password, 'n8n').stdout).toBe('1');
      expect(login('another', 'n8n').stderr).toContain('password authentication failed');
      expect(login(password, 'gitea').stderr).toContain('no pg_hba.conf entry');
    });

    test('dumps on demand what a consumer wrote', () => {
      container().run(`runuser -u postgres -- psql -d n8n -c "create table note as select 'kept' as text"`);
      expect(container().run('systemctl start postgresql-dump.service', 120).status).toBe(0);
      expect(container().run('pg_restore --file=- /var/lib/postgresql/dumps/*Z/n8n.dump').stdout).toContain('kept');
    });
  },
});
