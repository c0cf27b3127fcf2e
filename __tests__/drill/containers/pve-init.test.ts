import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { playRole, type PlayOptions, type PlayResult } from '../../../drill/containers/ansible';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';

describeInContainer('role pve-init on a fresh host', (container) => {
  const secretFile = () => join(container().folder, 'token-secret');
  const variables = () => ({
    pve_init_node_name: 'pve',
    pve_init_address: '192.168.88.10',
    pve_init_pve_repository: 'file:/opt/drill/proxmox',
    pve_init_kernel: '6.17.4-2-pve',
    pve_init_ssh_keys: [container().publicKey().trim()],
    pve_init_root_email: 'owner@example.org',
    pve_init_mail_aliases: { backup: 'root' },
    pve_init_ntp_servers: ['192.168.88.1'],
    pve_init_firewall_rules: [
      { name: 'ssh', source: '192.168.88.0/24', dport: '22' },
      { name: 'web interface', source: '192.168.88.0/24', dport: '8006' },
    ],
    pve_init_firewall_rollback_sec: 60,
    pve_init_api_token_days: 44,
    pve_init_api_own_role: { name: 'HomelabToken', privileges: ['VM.Audit', 'VM.Allocate'] },
    pve_init_api_token_secret_file: secretFile(),
  });
  const play = (more: object = {}, options: Partial<PlayOptions> = {}): PlayResult =>
    playRole(container(), 'pve-init', { variables: { ...variables(), ...more }, ...options });
  const json = (command: string) => JSON.parse(container().run(`${command} --output-format json`).stdout);

  test('fails before anything is changed when the name resolves to another address', () => {
    const result = play({ pve_init_address: '192.168.88.11' });
    expect(result.failed.join()).toContain('resolve that name to 192.168.88.11');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test.each([
    ['without a key, as nobody could log in any more', { pve_init_ssh_keys: [] }],
    ['with a key that is not ed25519', { pve_init_ssh_keys: ['ssh-rsa AAAA owner'] }],
    ['with a firewall that lets no ssh in', { pve_init_firewall_rules: [{ name: 'web', dport: '8006' }] }],
    ['with a token that may do everything', { pve_init_api_roles: ['Administrator'] }],
    ['with a token that may do nothing', { pve_init_api_own_role: { name: 'HomelabToken', privileges: [] } }],
  ])('fails before anything is changed %s', (_, wrong) => {
    const result = play(wrong);
    expect(result.failed.join()).toContain('one of these does not hold');
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('fails while a repository is out of reach', () => {
    container().run('mv /opt/drill/proxmox /opt/drill/proxmox.away');
    const result = play();
    container().run('mv /opt/drill/proxmox.away /opt/drill/proxmox');
    expect(result.failed.join()).toContain('Refresh the package lists');
  }, TEST_MS);

  // No source changes any more, and the half-read lists are young: the pinned kernel is found all the same.
  test('sets up everything in the run after that', () => {
    const result = play();
    expectSuccess(result);
    expect(result.changed.length).toBeGreaterThan(20);
  }, TEST_MS);

  test('changes nothing the second time, over plain ssh', () => {
    const result = play({}, { transport: 'ssh' });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('is clean in check mode', () => {
    const result = play({}, { check: true });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('called nothing destructive', () => {
    expect(container().calls().filter((call) => call.destructive)).toEqual([]);
    expect(container().calls().filter((call) => call.exitCode !== 0)).toEqual([]);
  });

  test('keeps the subscription repositories, disabled, and uses the free one', () => {
    expect(container().read('/etc/apt/sources.list.d/pve-enterprise.sources')).toContain('Types: deb\nEnabled: no\n');
    expect(container().read('/etc/apt/sources.list.d/ceph.sources')).toContain('Enabled: no');
    expect(container().run('apt-cache policy').stdout).toContain('pve-no-subscription');
  });

  test('installs and pins the kernel with its headers', () => {
    expect(container().run('proxmox-boot-tool kernel list').stdout).toContain('Pinned kernel:\n6.17.4-2-pve');
    expect(container().run('dpkg -s proxmox-headers-6.17.4-2-pve').stdout).toContain('Status: install ok installed');
  });

  test('lets sshd accept keys only, also those beside the cluster file system', () => {
    const settings = container().run('sshd -T').stdout;
    expect(settings).toContain('passwordauthentication no');
    expect(settings).toContain('kbdinteractiveauthentication no');
    expect(settings).toContain('permitrootlogin without-password');
    container().run('mv /etc/pve/priv/authorized_keys /root/keys-away');
    const login = container().login('true');
    container().run('mv /root/keys-away /etc/pve/priv/authorized_keys');
    expect(login.status).toBe(0);
    expect(container().run('readlink /root/.ssh/authorized_keys').stdout).toBe('/etc/pve/priv/authorized_keys');
  });

  test('bans an address whose logins to the web interface fail', () => {
    const failure = 'authentication failure; rhost=::ffff:203.0.113.7 user=root@pam msg=Authentication failure';
    container().run(`for i in 1 2 3; do systemd-run --quiet --wait --unit=pvedaemon-login-$i --property=SyslogIdentifier=pvedaemon echo '${failure}'; done`);
    container().run('journalctl --quiet --output=short -t pvedaemon > /root/pvedaemon.log');
    const matched = container().run('fail2ban-regex /root/pvedaemon.log /etc/fail2ban/filter.d/proxmox.conf').stdout;
    expect(matched).toMatch(/Failregex: 3 total/);
    expect(container().run('fail2ban-client get proxmox journalmatch').stdout).toContain('_SYSTEMD_UNIT=pvedaemon.service');
    expect(container().run('fail2ban-client status').stdout).toMatch(/Jail list:\s+proxmox, sshd/);
  });

  test('writes firewall rules first, then switches it on with a way back', () => {
    const calls = container().calls().filter((call) => call.command === 'pvesh' && call.arguments[0] !== 'get');
    expect(calls.map((call) => call.arguments.slice(0, 2).join(' '))).toEqual([
      'create /cluster/firewall/rules', 'create /cluster/firewall/rules', 'set /cluster/firewall/options',
    ]);
    expect(json('pvesh get /cluster/firewall/options')).toEqual({ enable: 1 });
    expect(container().run('systemctl is-active pve-init-firewall-rollback.timer').stdout).toBe('inactive');
  });

  test('replaces its own firewall rules and leaves those of others alone', () => {
    container().run('pvesh create /cluster/firewall/rules --type in --action ACCEPT --proto udp --dport 51820 --comment vpn');
    expectSuccess(play({ pve_init_firewall_rules: [{ name: 'ssh', source: '192.168.88.0/24', dport: '22' }] }));
    const comments = json('pvesh get /cluster/firewall/rules').map((rule: { comment: string }) => rule.comment);
    expect(comments.sort()).toEqual(['pve-init: ssh', 'vpn']);
  }, TEST_MS);

  const granted = () => json('pveum acl list').map((entry: Record<string, string>) => `${entry.path} ${entry.type} ${entry.ugid} ${entry.roleid}`).sort();
  const exactly = ['/ token terraform@pve!iac HomelabToken', '/ user terraform@pve HomelabToken'];

  test('gives user and token exactly the role of our own, and the token separated privileges and an end', () => {
    expect(granted()).toEqual(exactly);
    const [role] = json('pveum role list').filter(({ roleid }: { roleid: string }) => roleid === 'HomelabToken');
    expect(role.privs).toBe('VM.Allocate,VM.Audit');
    const [token] = json('pveum user token list terraform@pve');
    expect(token).toEqual({ tokenid: 'iac', privsep: 1, expire: expect.any(Number) });
    expect(Math.abs(token.expire - (Date.now() / 1000 + 44 * 86_400))).toBeLessThan(3600);
  });

  test('takes away what they had beyond it, and nothing of others; no token lives longer by a run', () => {
    const [{ expire }] = json('pveum user token list terraform@pve');
    container().run([
      "pveum acl modify / --users terraform@pve --tokens 'terraform@pve!iac' --roles PVEAdmin",
      "pveum acl modify /vms --tokens 'terraform@pve!iac' --roles PVEVMAdmin",
      'pveum user add guest@pve', 'pveum acl modify / --users guest@pve --roles PVEAuditor',
    ].join(' && '));
    expectSuccess(play({ pve_init_api_roles: ['PVEAdmin'], pve_init_api_token_days: 400 }));
    expect(granted()).toEqual(['/ token terraform@pve!iac HomelabToken', '/ token terraform@pve!iac PVEAdmin', '/ user guest@pve PVEAuditor', '/ user terraform@pve HomelabToken', '/ user terraform@pve PVEAdmin']);
    expectSuccess(play({ pve_init_api_token_days: 400 }));
    expect(granted()).toEqual([exactly[0], '/ user guest@pve PVEAuditor', exactly[1]]);
    expect(json('pveum user token list terraform@pve')[0].expire).toBe(expire);
    container().run('pveum user token modify terraform@pve iac --expire 0');
    expectSuccess(play());
    expect(json('pveum user token list terraform@pve')[0].expire).toBeGreaterThan(Date.now() / 1000);
  }, 3 * TEST_MS);

  test('hands over the secret once, in a file only the owner can read', () => {
    expect(readFileSync(secretFile(), 'utf8')).toMatch(/^[0-9a-f-]{36}$/);
    expect(statSync(secretFile()).mode & 0o777).toBe(0o600);
  });

  test('prints no secret, makes no second token and refuses one without separation', () => {
    container().run('pveum user token remove terraform@pve iac && pveum user token add terraform@pve iac --privsep 0');
    const result = play();
    expect(result.failed.join()).toContain('pveum user token remove terraform@pve iac');
    expect(result.output).not.toContain(readFileSync(secretFile(), 'utf8'));
  }, TEST_MS);

  test('leaves the hypervisor out of unattended updates', () => {
    const settings = container().run('apt-config dump Unattended-Upgrade').stdout;
    expect(settings).toContain('Package-Blacklist:: "pve-"');
    expect(settings.match(/Origins-Pattern::/g)).toHaveLength(1);
    expect(container().run('unattended-upgrade --dry-run').status).toBe(0);
  });

  test('sets shell, swappiness, clock and mail', () => {
    expect(container().run('getent passwd root').stdout).toMatch(/:\/usr\/bin\/zsh$/);
    expect(container().run('zsh --version').stdout).toMatch(/^zsh 5\.9 /);
    expect(container().read('/etc/sysctl.d/90-pve-init.conf')).toBe('vm.swappiness = 10');
    expect(container().read('/etc/chrony/sources.d/pve-init.sources')).toContain('server 192.168.88.1 iburst');
    expect(container().run('postalias -q backup /etc/aliases').stdout).toBe('root');
    expect(json('pveum user list').find((user: { userid: string }) => user.userid === 'root@pam').email).toBe('owner@example.org');
  });

  test('leaves no unit failed', () => {
    expect(container().run('systemctl --failed --no-legend').stdout).toBe('');
  });

  // The last one: it stops sshd under open sessions, after which nothing here logs in any more.
  test('rules that shut the owner out of a firewall that is on fall by themselves', async () => {
    // What the packet filter would do: nobody comes in by ssh while the rules say so.
    const watch = (name: string, text: string) => container().write(`/etc/systemd/system/packet-filter.${name}`, text);
    watch('path', '[Path]\nPathChanged=/etc/pve/firewall/cluster.fw\n');
    watch('service', "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'if grep -q \"locks out\" /etc/pve/firewall/cluster.fw; then systemctl stop ssh; else systemctl start ssh; fi'\n");
    container().run('systemctl daemon-reload && systemctl start packet-filter.path');
    const rules = () => container().read('/etc/pve/firewall/cluster.fw');
    const before = rules();
    const lockout = [{ name: 'ssh', source: '192.168.88.0/24', dport: '22' }, { name: 'locks out', source: '203.0.113.0/24', dport: '8006' }];
    const result = play({ pve_init_firewall_rules: lockout, pve_init_firewall_rollback_sec: 20 }, { transport: 'ssh' });
    expect(result.failed.join()).toMatch(/Come back through the firewall|Keep the firewall as it is now/);
    for (const until = Date.now() + 120_000; rules() !== before; await new Promise((resolve) => setTimeout(resolve, 500))) {
      if (Date.now() > until) throw new Error(`the old rules did not come back:\n${rules()}`);
    }
    expect(container().run('for i in $(seq 50); do systemctl is-active --quiet ssh && exit 0; sleep 0.2; done; exit 1').status).toBe(0);
  }, TEST_MS);
});
