"""Guests as PVE keeps them: one `key: value` file each under /etc/pve/nodes/<node>/, and whether they run in our state."""

import os
import re
import socket
from pathlib import Path

from core import state
from core.arguments import Parameter, Refusal

VMID = Parameter("whole", required=True, minimum=100, maximum=999999999)
TEXT = Parameter()
FLAG = Parameter("flag")
PVE = Path(os.environ.get("PVE_STAND_IN_ETC", "/etc/pve"))


def folder(kind: str) -> Path:
    """Where the files of a kind are: lxc or qemu-server."""
    return PVE / "nodes" / socket.gethostname() / kind


def identifiers(kind: str) -> list[int]:
    """VMIDs of that kind, in order."""
    return sorted(int(path.stem) for path in folder(kind).glob("*.conf") if path.stem.isdigit())


def must_be_free(vmid: int) -> None:
    """A VMID is one for both kinds of guest."""
    for kind in ("lxc", "qemu-server"):
        if vmid in identifiers(kind):
            raise Refusal(f"unable to create CT {vmid} - {'CT' if kind == 'lxc' else 'VM'} {vmid} already exists on node '{socket.gethostname()}'")


def read(kind: str, vmid: int) -> dict[str, str]:
    """Current settings, without snapshot sections."""
    path = folder(kind) / f"{vmid}.conf"
    if not path.exists():
        raise Refusal(f"Configuration file 'nodes/{socket.gethostname()}/{kind}/{vmid}.conf' does not exist")
    current = path.read_text(encoding="utf-8").split("\n[")[0]
    return dict(match.groups() for match in re.finditer(r"^([a-z]\S*?): *(.*)$", current, re.M))


def write(kind: str, vmid: int, settings: dict) -> None:
    """Replaces the file. Keys are sorted, as PVE writes them."""
    folder(kind).mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {value}" for key, value in sorted(settings.items())]
    (folder(kind) / f"{vmid}.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def change(kind: str, values: dict) -> None:
    """`set`: given options replace, `--delete a,b` removes."""
    vmid = values.pop("vmid")
    removed = values.pop("delete", "").split(",")
    settings = {key: value for key, value in read(kind, vmid).items() if key not in removed}
    write(kind, vmid, {**settings, **values})


def show(kind: str, vmid: int) -> str:
    """What `config` prints."""
    return "\n".join(f"{key}: {value}" for key, value in sorted(read(kind, vmid).items()))


def status(kind: str, vmid: int) -> str:
    """running or stopped; a guest nobody started is stopped."""
    read(kind, vmid)
    return "running" if vmid in state.load("running", []) else "stopped"


def start(kind: str, vmid: int) -> None:
    """Fails when it runs already, as the real one does, and when a passed-through device is missing."""
    if status(kind, vmid) == "running":
        raise Refusal(f"{'CT' if kind == 'lxc' else 'VM'} {vmid} already running")
    for key, value in read(kind, vmid).items():
        device = value.split(",")[0].removeprefix("path=")
        if re.fullmatch(r"dev\d+", key) and not os.path.exists(device):
            raise Refusal(f"Device {device} does not exist")
    state.save("running", [*state.load("running", []), vmid])


def stop(kind: str, vmid: int) -> None:
    """Shut down or stopped: the same here."""
    read(kind, vmid)
    state.save("running", [other for other in state.load("running", []) if other != vmid])


def destroy(kind: str, vmid: int) -> None:
    """Removes the file; refuses what is running or protected."""
    if status(kind, vmid) == "running":
        raise Refusal(f"{'CT' if kind == 'lxc' else 'VM'} {vmid} is running - destroy failed")
    if read(kind, vmid).get("protection") == "1":
        raise Refusal(f"can't remove {'CT' if kind == 'lxc' else 'VM'} {vmid} - protection mode enabled")
    (folder(kind) / f"{vmid}.conf").unlink()
