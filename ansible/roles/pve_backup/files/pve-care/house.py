"""What the programs of care on the host share: the house as /etc/pve-restore.json describes it, and ZFS."""

import contextlib
import fcntl
import json
import os
import re
import subprocess
from pathlib import Path

CONFIG = Path(os.environ.get("PVE_RESTORE_CONFIG", "/etc/pve-restore.json"))
MOMENT = re.compile(r"moment-(\d{8}T\d{6})Z")
# These dump a server that must be up, and their dump is all of it; the others' volumes are put back.
SERVERS = ("postgresql", "mongodb")


class Failure(Exception):
    """What is wrong and what to do, for a person."""


def run(*words, codes=(0,)):
    """Output of a command. @throws Failure with what it said"""
    result = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if result.returncode not in codes:
        raise Failure(f"'{' '.join(str(word) for word in words)}' failed: {(result.stderr or result.stdout).strip()[-600:]}")
    return result.stdout


def show(*words):
    """Runs what a person should see while it runs."""
    if subprocess.run([str(word) for word in words], check=False).returncode != 0:
        raise Failure(f"'{' '.join(str(word) for word in words)}' failed, see above")


def exists(dataset):
    return subprocess.run(["zfs", "list", "-H", "-o", "name", dataset], capture_output=True, check=False).returncode == 0


def value(dataset, name):
    return run("zfs", "get", "-H", "-o", "value", name, dataset).strip()


def mountpoint(dataset):
    path = Path(value(dataset, "mountpoint"))
    if not path.is_absolute():
        raise Failure(f"{dataset} is mounted nowhere")
    return path


def is_running(vmid):
    return "running" in run("pct", "status", vmid)


def root_disk(house, service):
    """Dataset of the guest's own disk."""
    pool = house.config["pool"]
    found = re.search(r"^rootfs: [^:,]+:(subvol-\d+-disk-\d+)", run("pct", "config", service["vmid"]), re.MULTILINE)
    if not found:
        raise Failure(f"guest {service['vmid']} has no root disk on {pool}")
    return f"{pool}/{found[1]}"


def read_json(path, otherwise=None):
    """What was kept in a file. @returns `otherwise` when it is not there"""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def write_json(path, what):
    """Keeps something in a file in one step, on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(json.dumps(what))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


@contextlib.contextmanager
def alone(path, what):
    """Nobody else does the same at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure(f"another {what} is running") from error
        yield


class House:
    """Services and their data, as /etc/pve-restore.json says."""

    def __init__(self, config):
        self.config = config
        self.dataset = config["dataset"]
        self.services = {name: self.described(name, service) for name, service in config["services"].items()}
        self.state = Path(config["state_dir"])

    @staticmethod
    def read():
        return House(json.loads(CONFIG.read_text(encoding="utf-8")))

    def described(self, name, given):
        """A service with what is not said filled in, and its datasets by their full names."""
        below = f"{self.dataset}/{given.get('dataset', name)}"
        volumes = [{"name": volume, "path": path, "dataset": f"{below}/{volume}"} for volume, path in given["volumes"].items()]
        return {"tool": "", "rows": {}, "needs": [], **given, "volumes": volumes, "dumps": f"{below}/{given['dumps']}" if given.get("dumps") else ""}

    def service(self, name):
        if name not in self.services:
            raise Failure(f"no service '{name}'; there are {', '.join(sorted(self.services))}")
        return self.services[name]

    def keeping(self, name):
        """A service that keeps data."""
        keeping = sorted(other for other, service in self.services.items() if service["volumes"])
        if name not in keeping:
            raise Failure(f"no service '{name}' that keeps data; there are {', '.join(keeping)}")
        return self.services[name]

    def moments(self):
        """Moments there are, oldest first: the time in the name sorts."""
        listed = run("zfs", "list", "-H", "-t", "snapshot", "-d", "1", "-o", "name", self.dataset)
        names = sorted(name for name in (line.split("@", 1)[1] for line in listed.splitlines() if "@" in line) if MOMENT.fullmatch(name))
        if not names:
            raise Failure(f"{self.dataset} has no moment: systemctl start pve-backup-moment.service makes one")
        return names

    def moment(self, source):
        """The newest moment not later than a time."""
        names = self.moments()
        if source == "latest":
            return names[-1]
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}(:?\d{2}(:?\d{2})?)?)?Z?", source):
            raise Failure(f"--from is latest, offhost, or a time such as 2026-11-27T02:00, got '{source}'")
        limit = source.replace("-", "").replace(":", "").rstrip("Z")
        # A day or an hour means its end.
        fitting = [name for name in names if MOMENT.fullmatch(name)[1][: len(limit)] <= limit]
        if not fitting:
            raise Failure(f"no moment is as old as {source}; the oldest is {names[0]}")
        return fitting[-1]
