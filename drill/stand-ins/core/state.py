"""What the stand-ins remember: JSON documents in one folder, and the log of every call."""

import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(os.environ.get("PVE_STAND_IN_STATE", "/var/lib/pve-stand-ins"))
CALLS = FOLDER / "calls.jsonl"


@contextmanager
def locked():
    """One command at a time, as pmxcfs and the guest locks would have it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load(name: str, default):
    """The document called `name`, or `default` when nothing was saved yet."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default


def save(name: str, document) -> None:
    """Replaces the document in one step, so that an interrupted command leaves the old one."""
    path = FOLDER / f"{name}.json"
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(path)


def record(command: str, arguments: list[str], destructive: bool, exit_code: int) -> None:
    """One line per call in calls.jsonl: command, arguments, destructive, exitCode."""
    entry = {"command": command, "arguments": arguments, "destructive": destructive, "exitCode": exit_code}
    with open(CALLS, "a", encoding="utf-8") as log:
        log.write(json.dumps(entry) + "\n")
