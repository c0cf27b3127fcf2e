"""/storage: definitions of storages, shared by pvesh and pvesm. Whether one is active is asked of the real file system."""

import os
import subprocess

from core import state
from core.arguments import OUTPUT, Command, Parameter, Refusal

TEXT = Parameter()
FLAG = Parameter("flag")
NAME = Parameter(required=True, pattern=r"[A-Za-z][A-Za-z0-9\-_.]*[A-Za-z0-9]")
TYPE = Parameter(required=True, choices=("btrfs", "cifs", "dir", "lvm", "lvmthin", "nfs", "pbs", "zfspool"))
CHANGEABLE = {
    "blocksize": TEXT, "bwlimit": TEXT, "content": TEXT, "content-dirs": TEXT, "create-base-path": FLAG, "create-subdirs": FLAG,
    "disable": FLAG, "domain": TEXT, "encryption-key": TEXT, "fingerprint": TEXT, "format": TEXT, "is_mountpoint": TEXT,
    "max-protected-backups": Parameter("whole", minimum=-1), "mkdir": FLAG, "mountpoint": TEXT, "namespace": TEXT, "nodes": TEXT,
    "options": TEXT, "password": TEXT, "pool": TEXT, "port": Parameter("whole", minimum=1, maximum=65535),
    "preallocation": TEXT, "prune-backups": TEXT, "saferemove": FLAG, "server": TEXT, "shared": FLAG, "sparse": FLAG, "username": TEXT,
}
FIXED = {"datastore": TEXT, "export": TEXT, "path": TEXT, "share": TEXT, "thinpool": TEXT, "vgname": TEXT}
#: What the installer of 9.1 leaves on a host with an ext4 root.
INSTALLED = {
    "local": {"type": "dir", "path": "/var/lib/vz", "content": "iso,vztmpl,backup,import"},
    "local-lvm": {"type": "lvmthin", "thinpool": "data", "vgname": "pve", "content": "rootdir,images"},
}


def storages() -> dict:
    """Definitions by storage name."""
    return state.load("storages", INSTALLED)


def listing(_):
    return [_answer(name, fields) for name, fields in sorted(storages().items())]


def get(values):
    return _answer(values["storage"], _one(values["storage"]))


def _answer(name: str, fields: dict) -> dict:
    """What the API says of a storage: `content-dirs`, text in the file, is an object there."""
    answer = {"storage": name, **fields}
    if "content-dirs" in fields:
        answer["content-dirs"] = dict(entry.split("=", 1) for entry in fields["content-dirs"].split(","))
    return answer


def _one(name: str) -> dict:
    if name not in storages():
        raise Refusal(f"storage '{name}' does not exist")
    return storages()[name]


def add(values):
    name = values.pop("storage")
    if name in storages():
        raise Refusal(f"storage ID '{name}' already defined")
    needed = {"dir": "path", "zfspool": "pool", "lvm": "vgname", "lvmthin": "thinpool", "nfs": "server"}.get(values["type"])
    if needed and needed not in values:
        raise Refusal(f"400 Parameter verification failed.\n{needed}: property is missing and it is not optional")
    state.save("storages", {**storages(), name: values})


def change(values):
    name = values.pop("storage")
    removed = values.pop("delete", "").split(",")
    kept = {key: value for key, value in _one(name).items() if key not in removed}
    state.save("storages", {**storages(), name: {**kept, **values}})


def remove(values):
    _one(values["storage"])
    state.save("storages", {name: fields for name, fields in storages().items() if name != values["storage"]})


def active(fields: dict) -> bool:
    """Whether PVE would use the storage: the pool is imported, or the folder is there and mounted when it must be."""
    if fields.get("disable"):
        return False
    if fields["type"] == "zfspool":
        zfs = subprocess.run(["zfs", "list", "-H", "-o", "name", fields["pool"]], capture_output=True, check=False)
        return zfs.returncode == 0
    if fields["type"] == "dir":
        must_be_mounted = str(fields.get("is_mountpoint", "no")).lower() not in ("no", "0", "off", "false")
        return os.path.isdir(fields["path"]) and (not must_be_mounted or os.path.ismount(fields["path"]))
    return True


ROUTES = [
    ("get", "/storage", Command(listing, options={"type": TEXT, **OUTPUT})),
    ("create", "/storage", Command(add, options={"storage": NAME, "type": TYPE, **FIXED, **CHANGEABLE, **OUTPUT})),
    ("get", "/storage/{storage}", Command(get, options=OUTPUT)),
    ("set", "/storage/{storage}", Command(change, options={"delete": TEXT, **CHANGEABLE, **OUTPUT})),
    ("delete", "/storage/{storage}", Command(remove, options=OUTPUT, destructive=True)),
]
