import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = `
import json, selectors, socket, sys, threading
role, ports = sys.argv[1], json.loads(sys.argv[2])
if role == 'listen':
    chooser = selectors.DefaultSelector()
    for port in ports:
        server = socket.create_server(('0.0.0.0', port), backlog=256)
        chooser.register(server, selectors.EVENT_READ)
    print('ready', flush=True)
    while True:
        for key, _ in chooser.select():
            key.fileobj.accept()[0].close()
else:
    reached, lock = [], threading.Lock()
    def ask(address, port):
        try:
            socket.create_connection((address, port), timeout=2).close()
        except OSError:
            return
        with lock:
            reached.append([address, port])
    threads = [threading.Thread(target=ask, args=pair) for pair in ports]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(json.dumps(reached))
`;

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Machines of a house as network namespaces, all plugged into one bridge that leads nowhere. */
export class Network {
  private readonly folder = mkdtempSync(join(tmpdir(), 'walls-'));
  private readonly name = `w${process.pid}`;
  private readonly children: ChildProcess[] = [];
  private readonly machines: string[] = [];

  constructor() {
    writeFileSync(join(this.folder, 'net.py'), PROGRAM);
    ip('netns', 'add', this.name);
    ip('-n', this.name, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', this.name, 'link', 'set', 'br0', 'up');
  }

  /** Plugs in a machine that listens on TCP ports of all its addresses. */
  async add(address: string, prefix: number, ports: readonly number[]): Promise<void> {
    const space = `${this.name}-${this.machines.length}`;
    const link = `v${this.machines.length}`;
    ip('netns', 'add', space);
    this.machines.push(address);
    ip('-n', this.name, 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
    ip('-n', this.name, 'link', 'set', link, 'master', 'br0', 'up');
    ip('-n', space, 'address', 'add', `${address}/${prefix}`, 'dev', 'eth0');
    ip('-n', space, 'link', 'set', 'eth0', 'up');
    ip('-n', space, 'link', 'set', 'lo', 'up');
    if (ports.length === 0) return;
    const child = spawn('ip', ['netns', 'exec', space, 'python3', join(this.folder, 'net.py'), 'listen', JSON.stringify(ports)], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    await new Promise((resolve) => child.stdout!.once('data', resolve));
  }

  /** Loads a set of rules into a machine's namespace. */
  load(address: string, rules: string): void {
    const run = spawnSync('ip', ['netns', 'exec', this.space(address), 'nft', '--file', '-'], { input: rules, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`nft refused the rules of ${address}: ${run.stderr}`);
  }

  /** Which of these a machine reaches, as `address:port`. */
  reached(from: string, targets: readonly (readonly [address: string, port: number])[]): string[] {
    const args = ['netns', 'exec', this.space(from), 'python3', join(this.folder, 'net.py'), 'ask', JSON.stringify(targets)];
    return (JSON.parse(execFileSync('ip', args, { encoding: 'utf8' })) as [string, number][]).map(([address, port]) => `${address}:${port}`).sort();
  }

  /** Removes everything it made. */
  stop(): void {
    for (const child of this.children) child.kill('SIGKILL');
    for (const index of this.machines.keys()) spawnSync('ip', ['netns', 'del', `${this.name}-${index}`]);
    spawnSync('ip', ['netns', 'del', this.name]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private space(address: string): string {
    return `${this.name}-${this.machines.indexOf(address)}`;
  }
}
