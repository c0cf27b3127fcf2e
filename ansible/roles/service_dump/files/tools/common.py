"""What all tools of service-dump share."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path


class Failure(Exception):
    """What is wrong, for a person."""


class Place:
    """Where this guest's service lies, as /etc/service-dump.json says."""

    def __init__(self, config):
        self.service = config["service"]
        self.tool = config["tool"]
        self.dumps = Path(config["dir"])
        self.volume = Path(config["volume"])
        self.keep = config["keep"]
        self.user = config["user"]
        self.units = config["units"]
        self.options = config["options"]

    def command(self, *words, **how):
        """Runs a command as the service's own account."""
        return run("runuser", "-u", self.user, "--", *words, **how)


def run(*words, stdout=subprocess.PIPE, codes=(0,), **how):
    """Standard output of a command as text. Its arguments may stand in a message, so no secret is ever one."""
    result = subprocess.run([str(word) for word in words], stdout=stdout, stderr=subprocess.PIPE, text=stdout is subprocess.PIPE, check=False, **how)
    if result.returncode not in codes:
        said = result.stderr if isinstance(result.stderr, str) else result.stderr.decode(errors="replace")
        raise Failure(f"'{' '.join(str(word) for word in words)}' failed with {result.returncode}: {said.strip()[-600:]}")
    return result.stdout


def run_into(path, *words, **how):
    """Runs a command whose output becomes a file that root alone reads."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        run(*words, stdout=file, **how)


def digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder, deep=True):
    """Files of a folder and the folders themselves reach the disk before they are named."""
    paths = [*folder.rglob("*"), folder] if deep else [folder]
    for path in paths:
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def total(item):
    """What an item holds, in words."""
    counts = item["counts"]
    return f"{sum(counts.values())} {item['of']}" if counts else f"nothing counted of {item['of']}"


def compare(name, found, item):
    """Fails unless what was counted is what the manifest says."""
    different = {key: (found.get(key), count) for key, count in item["counts"].items() if found.get(key) != count}
    if different:
        key, (have, wanted) = next(iter(different.items()))
        raise Failure(f"{name} differs from the manifest in {len(different)} places, first {key}: {have} instead of {wanted}")


def unit_property(unit, name):
    """A property of a unit, as systemd knows it; so the version that runs is the one that dumps."""
    return run("systemctl", "show", "--value", f"--property={name}", unit).strip()


def swap_entries(home, fresh, aside, stay):
    """Sets all entries of a folder aside but a few, and moves fresh ones in. Cut off at any point nothing is lost: each entry lies in one of the three."""
    aside.mkdir(mode=0o700)
    for entry in sorted(home.iterdir()):
        if entry != aside and entry != fresh and not stay(entry.name):
            entry.rename(aside / entry.name)
    for entry in sorted(fresh.iterdir()):
        if not stay(entry.name):
            entry.rename(home / entry.name)
    shutil.rmtree(fresh)
