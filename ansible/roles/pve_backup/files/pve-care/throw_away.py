"""A throw-away guest: root disk from an archive, volumes as clones of a moment, no way out of its own bridge."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from house import Failure, exists, is_running, mountpoint, run, value

LOWEST_ID = 9000
TAG = "homelab-proof"
# A bridge without a port and without an address: throw-away guests reach each other at their own addresses, and nothing else.
BRIDGE = "proof0"
# Part of the pool that a proof leaves free for those who live.
RESERVE = 0.05
# Raw settings of LXC that name no path, network or program.
HARMLESS = ("lxc.apparmor.", "lxc.cap.", "lxc.cgroup", "lxc.idmap", "lxc.prlimit.", "lxc.seccomp.")


def parent(house):
    """Dataset that holds the clones; outside what is snapshotted and copied."""
    return f"{house.config['pool']}/proof"


def archive_of(house, name):
    """Newest archive of a guest: the time in the name sorts."""
    vmid = house.services[name]["vmid"]
    found = sorted(Path(house.config["dump_dir"]).glob(f"vzdump-lxc-{vmid}-*.tar.zst"), key=lambda path: path.name)
    if not found:
        raise Failure(f"{name} has no archive in {house.config['dump_dir']}")
    return found[-1]


def gib(text):
    number, unit = re.fullmatch(r"(\d+(?:\.\d+)?)([MGT]?)", text).groups()
    return float(number) * {"M": 1 / 1024, "G": 1, "T": 1024, "": 1}[unit]


class ThrowAway:
    """One guest above 9000 that stands for a guest of the house."""

    def __init__(self, house, name, vmid):
        if vmid < LOWEST_ID:
            raise Failure(f"a throw-away guest has an id of {LOWEST_ID} or more, got {vmid}; nothing was done")
        self.house, self.name, self.vmid = house, name, vmid
        self.service = house.services[name]

    def pct(self, verb, *words, codes=(0,)):
        return run("pct", verb, self.vmid, *words, codes=codes)

    def make(self, moment):
        archive = archive_of(self.house, self.name)
        kept = run("pvesm", "extractconfig", f"{self.house.config['archive_storage']}:backup/{archive.name}").split("\n[")[0]
        settings = dict(re.findall(r"^(\w+): (.*)$", kept, re.M))
        disk_gib = gib(re.search(r"size=([\d.]+[MGT]?)", settings["rootfs"])[1])
        self.check_room(disk_gib, int(settings.get("memory", 512)))
        address = re.search(r"\bip=(\d[\d.]+/\d+)", settings.get("net0", ""))
        net = f"name=eth0,bridge={BRIDGE},type=veth" + (f",ip={address[1]}" if address else "")
        # With a root disk named, Proxmox VE takes no mount point of the archive: the live volumes are never even written down.
        run("pct", "restore", self.vmid, archive, "--storage", self.house.config["storage"], "--rootfs", f"{self.house.config['storage']}:{disk_gib:g}",
            "--unique", "1", "--start", "0", "--onboot", "0", "--protection", "0", "--tags", TAG, "--net0", net)
        surplus = [key for key in self.config() if re.fullmatch(r"net[1-9]\d*|dev\d+|hookscript|mp\d+|unused\d+", key)]
        if surplus:
            self.pct("set", "--delete", ",".join(surplus))
        for number, volume in enumerate(self.service["volumes"]):
            self.pct("set", f"--mp{number}", f"{self.clone(volume, moment)},mp={volume['path']}")
        self.check_isolated()

    def check_room(self, disk_gib, memory_mib):
        free_gib = int(run("zfs", "get", "-Hp", "-o", "value", "available", self.house.config["pool"])) / 2**30
        all_gib = free_gib + int(run("zfs", "get", "-Hp", "-o", "value", "used", self.house.config["pool"])) / 2**30
        if free_gib - disk_gib < all_gib * RESERVE:
            raise Failure(f"{self.name} needs {disk_gib:g} GiB for a while, and {self.house.config['pool']} has {free_gib:.0f} free")
        free_mib = int(re.search(r"MemAvailable: +(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"))[1]) // 1024
        if free_mib < memory_mib:
            raise Failure(f"{self.name} needs {memory_mib} MiB of memory for a while, and the host has {free_mib} free")

    def clone(self, volume, moment):
        """A writable copy of a volume as it was; what is written to it never reaches the volume. @returns its folder"""
        dataset = f"{parent(self.house)}/{self.vmid}-{volume['name']}"
        alike = [word for name in ("acltype", "xattr") for word in (["-o", f"{name}={value(volume['dataset'], name)}"] if value(volume["dataset"], name) != "-" else [])]
        run("zfs", "clone", "-o", f"homelab:proof={self.vmid}", *alike, f"{volume['dataset']}@{moment}", dataset)
        return mountpoint(dataset)

    def volume(self, dataset):
        """The clone that stands for a dataset of the service."""
        name = next(volume["name"] for volume in self.service["volumes"] if volume["dataset"] == dataset)
        return mountpoint(f"{parent(self.house)}/{self.vmid}-{name}")

    def lines(self):
        return re.findall(r"^([\w.-]+)\s*[:=]\s*(.*)$", self.pct("config"), re.M)

    def config(self):
        return dict(self.lines())

    def check_isolated(self):
        """Refuses to start a guest that could reach anything that lives."""
        clones = [str(self.volume(volume["dataset"])) for volume in self.service["volumes"]]
        for key, text in self.lines():
            source = text.split(",")[0]
            wrong = (
                (re.fullmatch(r"mp\d+", key) and source not in clones)
                or (key == "rootfs" and not re.search(rf":subvol-{self.vmid}-disk-\d+\Z", source))
                or (re.fullmatch(r"net\d+", key) and f"bridge={BRIDGE}" not in text.split(","))
                or re.fullmatch(r"dev\d+|hookscript", key)
                or (key.startswith("lxc.") and not key.startswith(HARMLESS))
            )
            if wrong:
                raise Failure(f"guest {self.vmid} of {self.name} was not started: '{key}: {text}' leads to what lives")

    def start(self):
        self.check_isolated()
        self.pct("start")

    def well(self, timeout_sec):
        """Asks the health question of the definition until it is answered well. @throws Failure with the last answer"""
        end = time.monotonic() + timeout_sec
        while True:
            problem = self.complaint()
            if problem is None:
                return
            if time.monotonic() > end:
                raise Failure(f"{self.name} is not well: {problem}")
            time.sleep(1)

    def complaint(self):
        question = self.service["health"]
        if question["kind"] == "command":
            words = ["pct", "exec", self.vmid, "--", "sh", "-c", question["command"]]
        else:
            # The question comes from inside the guest's own network, because no other leads there.
            pid = run("lxc-info", "--name", self.vmid, "--pid", "--no-humanize").strip()
            words = ["nsenter", "--target", pid, "--net", sys.executable, "-B", Path(__file__).with_name("ask.py"), json.dumps(question), self.service["address"]]
        try:
            result = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=60)
        except subprocess.TimeoutExpired:
            return "no answer within 60 s"
        return None if result.returncode == 0 else (result.stderr or result.stdout).strip()[-300:] or f"exit code {result.returncode}"

    def remove(self):
        """Destroys the guest and its clones; only what a proof made."""
        if str(self.vmid) in [line.split()[0] for line in run("pct", "list").splitlines()[1:]]:
            config = self.config()
            # A killed restore left its guest locked, and perhaps without the mark.
            if TAG not in re.split(r"[;, ]", config.get("tags", "")) and config.get("lock") != "create":
                raise Failure(f"guest {self.vmid} is there and no proof made it; nothing of it was touched")
            if is_running(self.vmid):
                self.pct("stop")
            if "lock" in config:
                self.pct("unlock")
            self.pct("destroy", "--purge", "1")
        if not exists(parent(self.house)):
            return
        for dataset in run("zfs", "list", "-H", "-r", "-d", "1", "-t", "filesystem", "-o", "name", parent(self.house)).splitlines():
            # A clone and nothing else, and never with what might depend on it.
            if dataset.startswith(f"{parent(self.house)}/{self.vmid}-") and value(dataset, "homelab:proof") == str(self.vmid) and value(dataset, "origin") != "-":
                run("zfs", "destroy", dataset)
