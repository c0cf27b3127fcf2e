import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fc from 'fast-check';
import { chownSync, chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '../../../ansible/roles/pxe_server/files/pxe-server');
const [PVE, SPARE, UNKNOWN] = ['74:d0:2b:00:00:01', '74:d0:2b:00:00:02', '74:d0:2b:00:00:09'];
const TOML = '[global]\nfqdn = "pve.home.arpa"\n';
const PRESEED = 'd-i mirror/country string manual\n';

/** The role's own programs, on a free port of the loopback, with folders of their own. */
describe('the answer service of role pxe_server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-pxe-'));
  const env = {
    ...process.env, PYTHONDONTWRITEBYTECODE: '1',
    PXE_SERVER_CONFIG: join(folder, 'config.json'), PXE_SERVER_ANSWERS: join(folder, 'answers'), PXE_SERVER_STATE: join(folder, 'state'),
  };
  let server: ChildProcess;
  let port = 0;

  const file = (...path: string[]) => join(folder, ...path);
  const name = (mac: string) => mac.replaceAll(':', '-');
  const command = (...args: string[]) => spawnSync('python3', [join(PROGRAM, 'command.py'), ...args], { env, encoding: 'utf8' });
  const state = (mac: string) => command('status').stdout.split('\n').find((line) => line.startsWith(mac))?.split(/ +/)[3];
  const arm = (mac: string) => expect(command('arm', mac)).toMatchObject({ status: 0, stderr: '' });
  const tooLate = (mac: string) => utimesSync(file('state/armed', name(mac)), Date.now() / 1000 - 3601, Date.now() / 1000 - 3601);
  const cards = (...macs: string[]) => JSON.stringify({ network_interfaces: macs.map((mac) => ({ link: 'eno1', mac })) });
  const report = (mac: string) => JSON.stringify({ fqdn: 'pve.home.arpa', 'network-interfaces': [{ mac }] });

  function ask(method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}): Promise<{ status?: number; text: string }> {
    return new Promise((resolve, reject) => {
      const length: Record<string, string> = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
      const sent = httpRequest({ host: '127.0.0.1', port, method, path, agent: false, headers: { ...length, ...headers } }, (response) => {
        let text = '';
        response.on('data', (data) => (text += data)).on('end', () => resolve({ status: response.statusCode, text }));
      });
      sent.on('error', reject).end(body);
    });
  }
  const status = async (...question: Parameters<typeof ask>) => (await ask(...question)).status;

  beforeAll(async () => {
    for (const path of ['answers', 'state/armed', 'state/answered', 'state/reports', 'state/drafts', 'boot/proxmox', 'boot/debian']) mkdirSync(file(path), { recursive: true });
    for (const path of ['proxmox/vmlinuz', 'proxmox/initrd.img', 'proxmox/proxmox.iso', 'debian/linux', 'debian/initrd.gz']) writeFileSync(file('boot', path), `of ${path}`);
    writeFileSync(file('answers', name(PVE)), TOML);
    writeFileSync(file('answers', name(SPARE)), PRESEED);
    const hosts = { [PVE]: { name: 'pve', installer: 'proxmox' }, [SPARE]: { name: 'spare', installer: 'debian' } };
    writeFileSync(env.PXE_SERVER_CONFIG, JSON.stringify({ bootFolder: file('boot'), armMinutes: 60, hosts }));
    port = await freePort();
    server = spawn('python3', [join(PROGRAM, 'server.py'), '127.0.0.1', String(port)], { env, stdio: ['ignore', 'ignore', openSync(file('stderr'), 'w')] });
    while (server.exitCode === null && !(await ask('GET', '/boot.ipxe').catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  afterEach(() => {
    for (const path of ['armed', 'answered', 'reports']) for (const mac of [PVE, SPARE]) rmSync(file('state', path, name(mac)), { force: true });
  });
  afterAll(() => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('gives the script of the first start to everybody, as it is', async () => {
    const script = readFileSync(join(PROGRAM, 'first-boot'), 'utf8');
    expect(await ask('GET', '/first-boot')).toEqual({ status: 200, text: script });
    expect(script).toContain('PasswordAuthentication no');
  });

  test('gives the answer once, to a machine that was armed, whatever the order and spelling of its cards', async () => {
    expect(await status('POST', '/answer', cards(PVE))).toBe(404);
    arm(PVE);
    expect(await ask('POST', '/answer', cards(UNKNOWN, '74-D0-2B-00-00-01'))).toEqual({ status: 200, text: TOML });
    expect(state(PVE)).toBe('answered');
    expect(await status('POST', '/answer', cards(PVE))).toBe(404);
  });

  test('gives it to one of several who ask at the same time', async () => {
    arm(PVE);
    const all = await Promise.all(Array.from({ length: 12 }, () => status('POST', '/answer', cards(PVE))));
    expect(all.filter((one) => one === 200)).toHaveLength(1);
    expect(all.filter((one) => one === 404)).toHaveLength(11);
  });

  test('gives nothing to a machine it does not know, nor to one that is armed for another installer', async () => {
    arm(SPARE);
    expect(await status('POST', '/answer', cards(UNKNOWN))).toBe(404);
    expect(await status('POST', '/answer', cards(SPARE))).toBe(404);
    expect(await status('GET', `/preseed/${name(UNKNOWN)}.cfg`)).toBe(404);
    expect(state(SPARE)).toBe('armed');
  });

  test('gives a preseed once, under the address its boot script names', async () => {
    arm(SPARE);
    const script = (await ask('GET', `/boot/${name(SPARE)}.ipxe`)).text;
    const url = new RegExp(`url=http://127.0.0.1:${port}(/preseed/\\S+)`).exec(script)?.[1];
    expect(await ask('GET', url!)).toEqual({ status: 200, text: PRESEED });
    expect(await status('GET', url!)).toBe(404);
  });

  test('is over when the time is up', async () => {
    arm(PVE);
    expect((await ask('GET', `/boot/${name(PVE)}.ipxe`)).text).toContain('proxmox-start-auto-installer');
    tooLate(PVE);
    expect(state(PVE)).toBe('expired');
    expect((await ask('GET', `/boot/${name(PVE)}.ipxe`)).text).toContain('from its own disk');
    expect(await status('POST', '/answer', cards(PVE))).toBe(404);
    arm(PVE);
    expect(await status('POST', '/answer', cards(PVE))).toBe(200);
  });

  test.each([['after the answer', true], ['of a machine that was installed without asking for it', false]])('is disarmed by the report %s', async (_, asks) => {
    arm(PVE);
    if (asks) expect(await status('POST', '/answer', cards(PVE))).toBe(200);
    expect(await status('POST', '/installed', report(PVE))).toBe(200);
    expect(state(PVE)).toBe('installed');
    expect(readFileSync(file('state/reports', name(PVE)), 'utf8')).toBe(report(PVE));
    expect(await status('POST', '/answer', cards(PVE))).toBe(404);
    expect(await status('POST', '/installed', report(PVE))).toBe(404);
  });

  test('refuses a body that is no question, and keeps serving', async () => {
    arm(PVE);
    const bodies = [
      '', 'x', '[]', '7', 'null', '"network_interfaces"', '{}', '{"network_interfaces":3}', '{"network_interfaces":[1]}', '{"network_interfaces":[{}]}',
      '['.repeat(100_000), Buffer.from([0xff, 0x00, 0xfe]),
    ];
    for (const path of ['/answer', '/installed']) for (const body of bodies) expect([body, await status('POST', path, body)]).toEqual([body, 400]);
    expect(state(PVE)).toBe('armed');
  });

  test('no request, however mangled, ends in a traceback or is left without an end', async () => {
    const send = (bytes: Buffer): Promise<void> => new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => socket.end(bytes));
      socket.setTimeout(30_000, () => reject(new Error(`no end of the answer to ${JSON.stringify(bytes.toString('latin1'))}`)));
      socket.on('data', () => undefined).on('error', () => resolve()).on('close', () => resolve());
    });
    const word = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 }));
    const path = fc.oneof(fc.constantFrom('/answer', '/installed', '/boot.ipxe', `/boot/${name(PVE)}.ipxe`, '/boot/-----------------.ipxe', `/preseed/${name(SPARE)}.cfg`, '/preseed/aa-aa-aa-aa-aa-aa.cfg', '/files/debian/linux', '/files/../config.json', 'http://x/answer', '*'), word.map((text) => `/${text}`));
    const body = fc.oneof(fc.json(), fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')), fc.constantFrom(cards(PVE), report(SPARE), '{"network_interfaces":[{"mac":"٧٤:d0:2b:00:00:01"}]}', '{"network-interfaces":[{"mac":null}]}'));
    const length = fc.oneof(fc.constant(undefined), fc.integer({ min: -5, max: 200 }).map(String), word);
    const header = fc.oneof(fc.constant(''), fc.tuple(word, word).map(([key, value]) => `${key}: ${value}\r\n`));
    const method = fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD', 'PUT'), word);
    const request = fc.tuple(method, path, fc.constantFrom(' HTTP/1.1', ' HTTP/1.0', ' HTTP/9', ''), length, header, body);
    const requests = fc.sample(request, { seed: 20261127, numRuns: 300 }).map(([verb, where, version, size, more, text]) => Buffer.from(`${verb} ${where}${version}\r\n${more}${`Content-Length: ${size ?? Buffer.byteLength(text)}\r\n`}\r\n${text}`));
    for (let index = 0; index < requests.length; index += 20) await Promise.all(requests.slice(index, index + 20).map(send));
    expect(readFileSync(file('stderr'), 'utf8')).not.toContain('Traceback');
    expect(await status('GET', '/boot.ipxe')).toBe(200);
  }, 120_000);

  test('refuses a body of unknown or too large size before reading it', async () => {
    expect(await status('POST', '/answer', undefined, { 'Content-Length': '2000000' })).toBe(413);
    for (const length of ['-1', '²', '9'.repeat(5000)]) expect(await status('POST', '/answer', undefined, { 'Content-Length': length })).toBe(411);
    expect(await status('POST', '/answer', undefined, { 'Transfer-Encoding': 'chunked' })).toBe(411);
  });

  test('refuses other methods, paths and files', async () => {
    arm(PVE);
    for (const path of ['/answer', '/installed']) expect(await status('GET', path)).toBe(405);
    for (const path of ['/', '/answers', '/files/proxmox/../../config.json', '/files/proxmox/%2e%2e', '/files/debian/vmlinuz', '/boot/x.ipxe']) expect(await status('GET', path)).toBe(404);
    expect(await status('POST', '/boot.ipxe', cards(PVE))).toBe(404);
    expect(await status('PUT', '/answer', cards(PVE))).toBe(501);
    expect(await ask('GET', '/files/proxmox/vmlinuz')).toEqual({ status: 200, text: 'of proxmox/vmlinuz' });
    expect(state(PVE)).toBe('armed');
  });

  test('arms nothing that it does not know or cannot serve, and says what to do', () => {
    expect(command('arm', 'pve')).toMatchObject({ status: 2, stderr: expect.stringContaining("'pve' is no MAC address") });
    expect(command('arm', UNKNOWN)).toMatchObject({ status: 1, stderr: expect.stringContaining('add it to pxe_server_hosts') });
    rmSync(file('boot/debian/linux'));
    expect(command('arm', SPARE)).toMatchObject({ status: 1, stderr: expect.stringContaining('debian/linux') });
    expect(existsSync(file('state/armed', name(SPARE)))).toBe(false);
  });

  test('takes an arming back', async () => {
    arm(PVE);
    expect(command('disarm', PVE).status).toBe(0);
    expect(await status('POST', '/answer', cards(PVE))).toBe(404);
  });

  describe('when root arms, in folders that belong to the service', () => {
    const folders = ['state/armed', 'state/answered', 'state/reports', 'state/drafts'];
    const victim = file('victim');

    beforeEach(() => {
      chmodSync(folder, 0o755);
      for (const path of folders) chownSync(file(path), 65_534, 65_534);
      writeFileSync(victim, 'of root', { mode: 0o600 });
    });
    afterEach(() => {
      for (const path of folders) chownSync(file(path), 0, 0);
      rmSync(victim, { force: true });
    });

    const untouched = () => {
      expect(readFileSync(victim, 'utf8')).toBe('of root');
      expect(lstatSync(victim)).toMatchObject({ uid: 0, mode: 0o100_600 });
    };

    test.each(['drafts', 'armed', 'answered'])('a link in %s is replaced and not followed', (where) => {
      symlinkSync(victim, file('state', where, name(PVE)));
      arm(PVE);
      untouched();
      expect(lstatSync(file('state/armed', name(PVE)))).toMatchObject({ uid: 65_534, gid: 65_534, mode: 0o100_644 });
      expect(readFileSync(file('state/armed', name(PVE)), 'utf8')).toBe(`${PVE},set:armed\n`);
    });

    test('a link in the place of a folder is refused', () => {
      rmdirSync(file('state/armed'));
      symlinkSync(folder, file('state/armed'));
      expect(command('arm', PVE)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/armed is no folder; run the role.*nothing was changed/) });
      untouched();
      rmSync(file('state/armed'));
      mkdirSync(file('state/armed'));
    });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
