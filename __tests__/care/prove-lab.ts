import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, type Run } from '../scripts/script-lab';
import { RestoreLab, type LabService } from './restore-lab';

const FILES = join(ROOT, 'ansible/roles/pve_backup/files');
const DUMP = join(ROOT, 'ansible/roles/service_dump/files');

/**
 * Containers as files. What is started writes to everything that is mounted in it, as a service would; a restore with a root disk named
 * takes no mount point of the archive (Proxmox VE's advanced mode); a guest above 9000 dumps as the one whose archive it came from.
 */
const PCT = `#!/usr/bin/python3 -IS
import json, os, pathlib, re, sys
lab = pathlib.Path(os.environ["LAB"]); book = lab / "pct.json"
(lab / "calls").open("a").write("pct " + " ".join(sys.argv[1:]) + "\\n")
if lab.joinpath("die-before").exists():
    left = int(lab.joinpath("die-before").read_text()) - 1
    lab.joinpath("die-before").write_text(str(left))
    if left == 0: os.kill(os.getppid(), 9); sys.exit(1)
guests = json.loads(book.read_text()); verb, *words = sys.argv[1:]
def save(): book.write_text(json.dumps(guests))
if verb == "list":
    print("\\n".join(["VMID Status Lock Name"] + [f"{vmid} {one['status']}" for vmid, one in guests.items()])); sys.exit()
vmid, *words = words
if verb == "restore":
    if vmid in guests: sys.exit("exists")
    options = dict(zip([word.lstrip("-") for word in words[1::2]], words[2::2]))
    of = re.search(r"vzdump-lxc-(\\d+)-", words[0])[1]
    kept = dict(re.findall(r"^([\\w.-]+): (.*)$", (lab / "archives" / f"{of}.conf").read_text(), re.M))
    config = {key: text for key, text in kept.items() if not re.fullmatch(r"mp\\d+", key)} if "rootfs" in options else kept
    for key in ("onboot", "protection", "tags", "net0"): config[key] = options.get(key, config.get(key, ""))
    config["rootfs"] = f"tank:subvol-{vmid}-disk-0,size=4G"
    guests[vmid] = {"status": "stopped", "of": of, "config": config}; save(); sys.exit()
if vmid not in guests: sys.exit(f"Configuration file 'nodes/pve/lxc/{vmid}.conf' does not exist")
one = guests[vmid]
if verb == "status": print("status: " + one["status"])
elif verb == "config": print("\\n".join(f"{key}: {text}" for key, text in one["config"].items()))
elif verb == "set":
    if words[0] == "--delete": [one["config"].pop(key) for key in words[1].split(",")]
    else: one["config"][words[0].lstrip("-")] = words[1]
    save()
elif verb in ("start", "stop", "shutdown"):
    if verb == "start":
        for key, text in one["config"].items():
            if re.fullmatch(r"mp\\d+", key): pathlib.Path(text.split(",")[0], "written-by").write_text(vmid)
    one["status"] = "running" if verb == "start" else "stopped"; save()
elif verb == "unlock": one["config"].pop("lock", None); save()
elif verb == "destroy":
    if one["status"] == "running" or one["config"].get("protection") == "1" or "lock" in one["config"]: sys.exit("is running, protected or locked")
    del guests[vmid]; save()
elif verb == "exec":
    if one["status"] != "running": sys.exit("not running")
    import subprocess
    volume = one["config"]["mp0"].split(",")[0]; words = words[1:]
    if words[0] != "service-dump": sys.exit(subprocess.run(words, cwd=volume).returncode)
    config = lab / "guests" / f"{one['of']}.json"; inside = json.loads(config.read_text())["volume"]
    # What is mounted in a guest lies under the path that the service knows, for this guest alone.
    sys.exit(subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", 'mount --bind "$1" "$2" && shift 2 && exec "$@"', "sh", volume, inside, "python3", "${DUMP}/service-dump", *words[1:]],
        env={**os.environ, "SERVICE_DUMP_CONFIG": str(config), "SERVICE_DUMP_LIBRARY": "${DUMP}/tools"}).returncode)
else: sys.exit(f"pct {verb} is not known here")
`;

/** A host on which backups are proved. */
export class ProveLab extends RestoreLab {
  constructor(services: Readonly<Record<string, LabService>>) {
    super(services);
    this.standIn('pvesm', 'cat "$LAB/archives/$(expr "$2" : ".*vzdump-lxc-\\([0-9]*\\)-").conf"');
    this.standIn('qm', 'echo VMID');
    this.standIn('sysctl');
    this.standIn('ip', 'case $2 in show) test -e "$LAB/bridge" ;; add) touch "$LAB/bridge" ;; delete) rm "$LAB/bridge" ;; esac');
    // The network of a throw-away guest is that of this machine, where a test listens.
    this.standIn('lxc-info', 'echo $PPID');
    mkdirSync(this.path('archives'));
  }

  /** Archives of all guests, each with a configuration that names the live volume; `pct` from here on knows guests above 9000. */
  archive(extra = ''): void {
    const entries = Object.entries(this.services);
    for (const [name, { vmid }] of entries) {
      writeFileSync(this.path('archives', `${vmid}.conf`), `hostname: ${name}\nmemory: 64\nmp0: ${this.volume(name)},mp=/var/lib/${name}\nnet0: name=eth0,bridge=vmbr0,firewall=1,gw=192.168.88.1,ip=192.168.88.9/24\nonboot: 1\nprotection: 1\nrootfs: tank:subvol-${vmid}-disk-0,size=4G\n${extra}`);
      writeFileSync(this.path('archives', `vzdump-lxc-${vmid}-2026_01_01-02_30_00.tar.zst`), 'root disk');
    }
    writeFileSync(this.path('pct.json'), JSON.stringify(Object.fromEntries(entries.map(([name, { vmid }]) => [String(vmid), { status: 'running', of: String(vmid), config: { mp0: `${this.volume(name)},mp=/var/lib/${name}` } }]))));
    writeFileSync(this.path('bin/pct'), PCT);
    chmodSync(this.path('bin/pct'), 0o755);
    this.calls();
  }

  prove(...words: string[]): Run {
    return this.run(join(FILES, 'pve-prove'), words, { interpreter: 'python3', env: this.environment });
  }

  /** Everything a proof could leave behind. */
  leftovers(): readonly string[] {
    const guests = Object.keys(JSON.parse(readFileSync(this.path('pct.json'), 'utf8')) as object).filter((vmid) => Number(vmid) >= 9000);
    const datasets = Object.keys(JSON.parse(readFileSync(this.path('zfs.json'), 'utf8')) as object).filter((name) => name.startsWith('tank/proof'));
    const journal = readdirSync(this.path('state')).filter((name) => name === 'proof.json');
    return [...guests, ...datasets, ...journal, ...(existsSync(this.path('bridge')) ? ['bridge'] : [])];
  }

  get metrics(): string {
    return readFileSync(this.path('metrics/pve-prove.prom'), 'utf8');
  }
}
