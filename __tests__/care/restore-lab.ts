import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab, type Run } from '../scripts/script-lab';

const ROLES = join(ROOT, 'ansible/roles');

/** ZFS on folders: a dataset is a folder and a line of properties, a snapshot a copied folder below it. */
const ZFS = `#!/usr/bin/python3 -IS
import json, os, pathlib, sys
lab = pathlib.Path(os.environ["LAB"]); book = lab / "zfs.json"
(lab / "calls").open("a").write("zfs " + " ".join(sys.argv[1:]) + "\\n")
sets = json.loads(book.read_text()); verb, *words = sys.argv[1:]
if lab.joinpath("die-before").exists():
    left = int(lab.joinpath("die-before").read_text()) - 1
    lab.joinpath("die-before").write_text(str(left))
    if left == 0: os.kill(os.getppid(), 9); sys.exit(1)
options = dict(words[i + 1].split("=", 1) for i in range(len(words) - 1) if words[i] == "-o" and "=" in words[i + 1])
at = lambda name: lab / "root" / name
options_of = lambda word: words[words.index(word) + 1]
def save(): book.write_text(json.dumps(sets))
if verb == "list":
    if "snapshot" in words:
        print("\\n".join(f"{words[-1]}@{name}" for name in sets[words[-1]]["snapshots"]))
    elif "-r" in words:
        near = [name for name in sorted(sets) if f"{name}/".startswith(words[-1] + "/") and ("-d" not in words or name.count("/") <= words[-1].count("/") + 1)]
        print("\\n".join(name if options_of("-o") == "name" else f"{name}\\t1M" for name in near))
    else:
        sys.exit(0 if words[-1] in sets else 1)
elif verb == "get":
    name, of = words[-2], words[-1]
    print(str(at(of)) if name == "mountpoint" else 100 * 2**30 if name in ("available", "used") else sets[of]["properties"].get(name, "-"))
elif verb == "set":
    key, text = words[0].split("=", 1); sets[words[1]]["properties"][key] = text; save()
elif verb in ("clone", "create"):
    if words[-1] in sets: sys.exit("exists")
    at(words[-1]).mkdir()
    if verb == "clone":
        import shutil
        origin, snapshot = words[-2].split("@")
        shutil.copytree(at(origin) / ".zfs/snapshot" / snapshot, at(words[-1]), dirs_exist_ok=True)
        options["origin"] = words[-2]
    sets[words[-1]] = {"properties": options, "snapshots": []}; save()
elif verb == "rename":
    old, new = words
    if new in sets: sys.exit("exists")
    at(old).rename(at(new)); sets[new] = sets.pop(old)
    for one in sets.values():
        if one["properties"].get("origin", "").startswith(old + "@"): one["properties"]["origin"] = new + one["properties"]["origin"][len(old):]
    save()
elif verb == "promote":
    origin, snapshot = sets[words[0]]["properties"].pop("origin").split("@")
    at(words[0]).joinpath(".zfs/snapshot").mkdir(parents=True)
    for name in [name for name in sets[origin]["snapshots"] if name <= snapshot]:
        at(origin).joinpath(".zfs/snapshot", name).rename(at(words[0]) / ".zfs/snapshot" / name)
        sets[origin]["snapshots"].remove(name); sets[words[0]]["snapshots"].append(name)
    save()
elif verb == "snapshot":
    import shutil
    for target in words[1:]:
        top, name = target.split("@")
        for of in [of for of in sets if f"{of}/".startswith(top + "/")]:
            inside = {pathlib.Path(other).name for other in sets if str(pathlib.Path(other).parent) == of} | {".zfs"}
            shutil.copytree(at(of), at(of) / ".zfs/snapshot" / name, ignore=lambda folder, names: inside if folder == str(at(of)) else set())
            sets[of]["snapshots"].append(name)
    save()
elif verb == "destroy" and "@" in words[-1]:
    import shutil
    top, name = words[-1].split("@")
    for of in [of for of in sets if of == top or "-r" in words and of.startswith(top + "/")]:
        if any(one["properties"].get("origin") == f"{of}@{name}" for one in sets.values()): sys.exit(f"cannot destroy '{of}@{name}': snapshot has dependent clones")
        if name in sets[of]["snapshots"]: sets[of]["snapshots"].remove(name); shutil.rmtree(at(of) / ".zfs/snapshot" / name)
    save()
elif verb == "destroy":
    if any(name.startswith(words[-1] + "/") for name in sets): sys.exit(f"cannot destroy '{words[-1]}': filesystem has children")
    import shutil
    shutil.rmtree(at(words[-1])); del sets[words[-1]]; save()
else:
    sys.exit(f"zfs {verb} is not known here")
`;

/** A service of the lab: its guest, and what it dumps. */
export interface LabService {
  readonly vmid: number;
  readonly tool?: string;
  readonly rows?: object;
  readonly needs?: readonly string[];
  /** Name of its SQLite database below the volume. */
  readonly sqlite?: string;
  readonly running?: boolean;
  /** Health question, where a proof asks it. */
  readonly health?: object;
}

/** A host with guests whose volumes are folders; `zfs` and `pct` are stand-ins, the programs under test and SQLite are real. */
export class RestoreLab extends ScriptLab {
  constructor(protected readonly services: Readonly<Record<string, LabService>>) {
    super();
    writeFileSync(this.path('bin/zfs'), ZFS);
    chmodSync(this.path('bin/zfs'), 0o755);
    this.standIn('systemctl');
    this.standIn('runuser', 'shift 3; exec "$@"');
    this.standIn(
      'pct',
      `case $1 in
config) echo "rootfs: tank:subvol-$2-disk-0,size=4G" ;;
status) echo "status: $(cat "$LAB/guests/$2")" ;;
shutdown) echo stopped > "$LAB/guests/$2" ;;
start) echo running > "$LAB/guests/$2" ;;
exec) grep -q running "$LAB/guests/$2" || exit 1
  guest=$2; shift 3; [ "$*" = "systemctl start service-dump.service" ] && set -- service-dump dump
  [ "$1" = service-dump ] || exit 0; shift
  SERVICE_DUMP_CONFIG="$LAB/guests/$guest.json" SERVICE_DUMP_LIBRARY=${ROLES}/service_dump/files/tools exec python3 ${ROLES}/service_dump/files/service-dump "$@" ;;
esac`,
    );
    mkdirSync(this.path('guests'));
    const datasets = ['tank', 'tank/data', ...Object.entries(services).flatMap(([name, { vmid }]) => [`tank/data/${name}`, `tank/data/${name}/data`, `tank/subvol-${vmid}-disk-0`])];
    for (const name of datasets) mkdirSync(this.path('root', name), { recursive: true });
    writeFileSync(this.path('zfs.json'), JSON.stringify(Object.fromEntries(datasets.map((name) => [name, { properties: { refquota: '10G' }, snapshots: [] }]))));
    for (const [name, service] of Object.entries(services)) this.guest(name, service);
    const described = Object.entries(services).map(([name, { vmid, tool = '', rows = {}, needs = [], health = {} }]) => [name, { ...this.described(name, vmid, tool, rows, needs), health, address: '127.0.0.1' }]);
    const place = { pool: 'tank', storage: 'tank', archive_storage: 'backups', dump_dir: this.path('archives'), textfile_dir: this.path('metrics') };
    const config = { dataset: 'tank/data', state_dir: this.path('state'), ...place, services: Object.fromEntries(described) };
    writeFileSync(this.path('restore.json'), JSON.stringify(config));
  }

  /** Folder of a service's volume, now. */
  volume(name: string, ...below: string[]): string {
    return this.path('root/tank/data', name, 'data', ...below);
  }

  write(name: string, file: string, content: string): void {
    mkdirSync(join(this.volume(name, file), '..'), { recursive: true });
    writeFileSync(this.volume(name, file), content);
  }

  read(name: string, file: string): string | undefined {
    return existsSync(this.volume(name, file)) ? readFileSync(this.volume(name, file), 'utf8') : undefined;
  }

  /** Dumps all guests that have one and keeps all volumes, as `pve-backup-moment` does. */
  moment(time: string): void {
    const dumps = Object.values(this.services).flatMap(({ sqlite, vmid }) => (sqlite === undefined ? [] : ['--dump', `${vmid}:service-dump.service`]));
    const run = this.run(join(ROLES, 'pve_backup/files/pve-backup-moment'), ['--dataset', 'tank/data', '--name', `moment-${time}`, ...dumps], { interpreter: 'python3' });
    if (run.code !== 0) throw new Error(run.stderr);
  }

  /** Kills the program right before its n-th call of `zfs`. */
  dieBefore(call: number): void {
    writeFileSync(this.path('die-before'), String(call));
  }

  restore(...words: string[]): Run {
    return this.run(join(ROLES, 'pve_backup/files/pve-restore'), words, { interpreter: 'python3', env: this.environment });
  }

  /** What leads the host's programs to this lab. */
  get environment(): Readonly<Record<string, string>> {
    return { PVE_RESTORE_CONFIG: this.path('restore.json'), PVE_CARE_LIBRARY: join(ROLES, 'pve_backup/files/pve-care') };
  }

  /** Whether a guest runs. */
  status(vmid: number): string {
    return readFileSync(this.path('guests', String(vmid)), 'utf8').trim();
  }

  private guest(name: string, { vmid, sqlite, running = true }: { vmid: number; sqlite?: string; running?: boolean }): void {
    writeFileSync(this.path('guests', String(vmid)), running ? 'running\n' : 'stopped\n');
    if (sqlite === undefined) return;
    const options = { databases: [this.volume(name, sqlite)] };
    writeFileSync(this.path('guests', `${vmid}.json`), JSON.stringify({ service: name, tool: 'sqlite', dir: this.volume(name, 'dumps'), volume: this.volume(name), keep: 3, user: 'root', units: [`${name}.service`], options }));
  }

  private described(name: string, vmid: number, tool: string, rows: object, needs: readonly string[]): object {
    return { vmid, tool, rows, needs, dumps: tool === '' ? '' : 'data', volumes: { data: `/var/lib/${name}` } };
  }
}
