import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ProveLab } from './prove-lab';
import { sql } from './sql';

jest.setTimeout(300_000);
let lab: ProveLab;
afterEach(() => lab?.remove());

/** Digest of every file that lives, by path. */
function digests(): Record<string, string> {
  const root = lab.path('root/tank/data');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]));
}

const well = (command: string): object => ({ kind: 'command', command });

function filesHouse(): void {
  lab = new ProveLab({ archive: { vmid: 130, health: well('grep -q first papers/one') }, other: { vmid: 131, health: well('true') } });
  lab.write('archive', 'papers/one', 'first');
  lab.write('other', 'file', 'mine');
  lab.moment('20260101T020000Z');
  lab.archive();
}

describe('a house of files', () => {
  beforeEach(filesHouse);

  test('is proved service by service, nothing is left, and no byte that lives has changed', () => {
    const before = digests();
    const { code, stdout, stderr } = lab.prove('run');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ok {3}archive: moment-20260101T020000Z, \d+ s \(restored \d+ s, well \d+ s, dump \d+ s\)\nok {3}other: .*\n2 of 2 services were restored to a throw-away guest and are well\n$/);
    expect(lab.leftovers()).toEqual([]);
    expect(digests()).toEqual(before);
    // The guest did run and write: on the clone.
    expect(lab.calls().filter((call) => /^pct (start|stop|destroy)/.test(call))).toEqual(['pct start 9000', 'pct stop 9000', 'pct destroy 9000 --purge 1', 'pct start 9000', 'pct stop 9000', 'pct destroy 9000 --purge 1']);
    expect(lab.metrics).toMatch(/pve_prove_ok\{of="archive"\} 1\npve_prove_ok\{of="other"\} 1\n/);
    expect(lab.metrics).toMatch(/pve_prove_timestamp_seconds\{of="archive"\} \d{10}\n/);
  });

  test('the guest has its root disk, its clones and a bridge that leads nowhere; nothing of what the archive names beside', () => {
    lab.archive('net1: name=eth1,bridge=vmbr1\ndev0: /dev/nvidia0\nhookscript: local:snippets/x.sh\n');
    expect(lab.prove('run', 'archive').code).toBe(0);
    const calls = lab.calls();
    expect(calls.find((call) => call.startsWith('pct restore'))).toMatch(/--rootfs tank:4 --unique 1 --start 0 --onboot 0 --protection 0 --tags homelab-proof --net0 name=eth0,bridge=proof0,type=veth,ip=192\.168\.88\.9\/24$/);
    expect(calls.filter((call) => call.startsWith('pct set'))).toEqual(['pct set 9000 --delete net1,dev0,hookscript', `pct set 9000 --mp0 ${lab.path('root/tank/proof/9000-data')},mp=/var/lib/archive`]);
  });

  test('a backup without what the service needs is red: exit code 1, the metric of an alert, and still nothing left', () => {
    lab.write('archive', 'papers/one', 'spoilt');
    lab.moment('20260102T020000Z');
    expect(lab.prove('run', '--timeout-sec', '1')).toMatchObject({ code: 1, stdout: expect.stringMatching(/RED {2}archive: .*archive is not well: exit code 1\nok {3}other/) });
    expect(lab.metrics).toContain('pve_prove_ok{of="archive"} 0');
    expect(lab.leftovers()).toEqual([]);
  });

  test('a service without an archive is red, and the others are proved all the same', () => {
    rmSync(lab.path('archives/vzdump-lxc-130-2026_01_01-02_30_00.tar.zst'));
    expect(lab.prove('run')).toMatchObject({ code: 1, stdout: expect.stringMatching(/RED {2}archive: .*has no archive in .*\nok {3}other[^]*1 of 2 services/) });
  });

  test.each([
    ['an id below 9000', ['run', '--first-id', '130'], 'has an id of 9000 or more, got 130; nothing was done'],
    ['an id below 9000 in a plan', ['plan', '--first-id', '8999'], 'has an id of 9000 or more, got 8999; nothing was done'],
    ['a service that keeps nothing', ['run', 'shed'], "no service 'shed' that keeps data"],
  ])('%s is refused', (_what, words, said) => {
    expect(lab.prove(...words)).toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
    expect(lab.calls().filter((call) => !/^(zfs|pct|qm) (list|get)/.test(call))).toEqual([]);
  });

  test.each(['lxc.mount.entry: /tank/data/archive/data var/lib/archive none bind 0 0', 'lxc.hook.pre-start: /root/x', 'lxc.net.1.link: vmbr0'])('an archive with %s is never started', (text) => {
    lab.archive(`${text}\n`);
    expect(lab.prove('run', 'archive')).toMatchObject({ code: 1, stdout: expect.stringContaining('was not started') });
    expect(lab.calls().filter((call) => call.startsWith('pct start'))).toEqual([]);
    expect(lab.leftovers()).toEqual([]);
  });

  test('an id above 9000 that somebody else uses is left alone', () => {
    const guests = JSON.parse(readFileSync(lab.path('pct.json'), 'utf8')) as Record<string, object>;
    writeFileSync(lab.path('pct.json'), JSON.stringify({ ...guests, 9000: { status: 'running', of: '131', config: { hostname: 'mine' } } }));
    expect(lab.prove('run', 'archive').code).toBe(0);
    expect(lab.calls().filter((call) => /^pct \w+ 9000/.test(call))).toEqual([]);
    // As if a killed proof had meant to use it.
    writeFileSync(lab.path('state/proof.json'), JSON.stringify({ archive: 9000 }));
    expect(lab.prove('run', 'archive')).toMatchObject({ code: 1, stderr: expect.stringContaining('guest 9000 is there and no proof made it; nothing of it was touched') });
    expect(JSON.parse(readFileSync(lab.path('pct.json'), 'utf8'))).toHaveProperty('9000');
  });

  test('plan says what would be tried, and changes nothing', () => {
    expect(lab.prove('plan', 'archive')).toMatchObject({ code: 0, stdout: 'archive: vzdump-lxc-130-2026_01_01-02_30_00.tar.zst with 1 clones of moment-20260101T020000Z\n' });
    expect(lab.calls().filter((call) => !/^zfs list/.test(call))).toEqual([]);
  });
});

test('killed before any of its steps it harms nothing that lives, and the next run removes what is left and proves', () => {
  filesHouse();
  const before = digests();
  for (let call = 1; ; call++) {
    lab.dieBefore(call);
    const killed = lab.prove('run', 'archive').code !== 0;
    rmSync(lab.path('die-before'));
    expect(digests()).toEqual(before);
    if (!killed) {
      expect(call).toBeGreaterThan(20);
      break;
    }
    expect(lab.prove('remove')).toMatchObject({ code: 0, stderr: '' });
    expect(lab.leftovers()).toEqual([]);
  }
  expect(lab.prove('run', 'archive')).toMatchObject({ code: 0 });
  expect([digests(), lab.leftovers()]).toEqual([before, []]);
}, 900_000);

describe('a service with rows in another one', () => {
  let server: ChildProcess;
  let port: number;

  beforeEach(async () => {
    server = spawn('python3', ['-u', '-c', 'import http.server as h\ns = h.ThreadingHTTPServer(("127.0.0.1", 0), h.SimpleHTTPRequestHandler)\nprint(s.server_port)\ns.serve_forever()'], { stdio: ['ignore', 'pipe', 'ignore'] });
    port = await new Promise((resolve) => server.stdout!.once('data', (text: Buffer) => resolve(Number(text.toString()))));
    lab = new ProveLab({
      server: { vmid: 103, tool: 'sqlite', sqlite: 'shop.db', health: { kind: 'tcp', port } },
      shop: { vmid: 140, rows: { service: 'server', database: 'shop.db' }, needs: ['server'], health: { kind: 'http', port, path: '/' } },
    });
    sql(lab.volume('server', 'shop.db'), 'create table orders as select 1 as number union select 2');
    lab.write('shop', 'invoice', 'paid');
    lab.moment('20260101T020000Z');
    lab.archive();
  });
  afterEach(async () => {
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
  });

  test('is proved with a guest of that one beside it: rows put back and counted there, both asked inside their network', () => {
    const before = digests();
    const { code, stdout } = lab.prove('run', 'shop');
    expect(stdout).toMatch(/shop\.db: back, and compared with the manifest[^]*ok {3}shop: .*, 2 counted\)/);
    expect(code).toBe(0);
    expect(lab.calls().filter((call) => /^pct (start|destroy)/.test(call))).toEqual(['pct start 9000', 'pct start 9001', 'pct destroy 9000 --purge 1', 'pct destroy 9001 --purge 1']);
    expect([digests(), lab.leftovers()]).toEqual([before, []]);
  });

  test('a dump with one wrong byte is red, and names the file', () => {
    const snapshot = join(lab.volume('server'), '.zfs/snapshot/moment-20260101T020000Z/dumps');
    const dump = readdirSync(snapshot).find((name) => name.startsWith('2'))!;
    writeFileSync(join(snapshot, dump, 'shop.db'), Buffer.concat([readFileSync(join(snapshot, dump, 'shop.db')), Buffer.from('x')]));
    expect(lab.prove('run', 'shop')).toMatchObject({ code: 1, stdout: expect.stringContaining(`shop.db of the dump ${dump} is not what was dumped`) });
  });

  test('an answer other than 200 is red', () => {
    const config = JSON.parse(readFileSync(lab.path('restore.json'), 'utf8')) as { services: Record<string, { health: object }> };
    config.services['shop']!.health = { kind: 'http', port, path: '/nothing' };
    writeFileSync(lab.path('restore.json'), JSON.stringify(config));
    expect(lab.prove('run', 'shop', '--timeout-sec', '1')).toMatchObject({ code: 1, stdout: expect.stringContaining('shop is not well: status 404') });
  });
});

test('the program stops a proof that is interrupted, and leaves nothing', () => {
  filesHouse();
  // What is asked ends the program that asks, as Ctrl-C does.
  const config = JSON.parse(readFileSync(lab.path('restore.json'), 'utf8')) as { services: Record<string, { health: object }> };
  config.services['archive']!.health = well(`kill -TERM $(cat ${lab.path('pid')}); sleep 1; false`);
  writeFileSync(lab.path('restore.json'), JSON.stringify(config));
  const program = join(__dirname, '../../ansible/roles/pve_backup/files/pve-prove');
  const run = spawnSync('bash', ['-c', `echo $$ >${lab.path('pid')}; exec python3 ${program} run archive`], { encoding: 'utf8', env: { ...process.env, PATH: `${lab.path('bin')}:${process.env['PATH']}`, LAB: lab.folder, ...lab.environment } });
  expect(run).toMatchObject({ status: 1, stdout: expect.stringContaining('interrupted') });
  expect(lab.leftovers()).toEqual([]);
});
