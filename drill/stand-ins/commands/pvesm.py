"""pvesm: storages. Definitions are shared with pvesh; volumes are looked up in the real file system and in real ZFS."""

import re
import subprocess
from pathlib import Path

from api import storage
from core.arguments import OUTPUT, Command, Parameter, Refusal

VOLUME = (("volume", Parameter(required=True, pattern=r"[^:\s]+:\S+")),)


def status(values):
    rows = []
    for name, fields in sorted(storage.storages().items()):
        if values.get("storage") in (None, name):
            rows.append({"Name": name, "Type": fields["type"], "Status": "active" if storage.active(fields) else "inactive"})
    header = "Name             Type     Status           Total            Used       Available        %"
    return "\n".join([header] + [f"{row['Name']:<16} {row['Type']:<8} {row['Status']:<10} 0 0 0 0.00%" for row in rows])


def volume_path(values) -> str:
    """Path of a volume: archive of a dir storage, or subvol of a pool."""
    name, _, volume = values["volume"].partition(":")
    fields = storage.storages().get(name)
    if fields is None:
        raise Refusal(f"storage '{name}' does not exist")
    if fields["type"] == "zfspool":
        return f"{fields.get('mountpoint', '/' + fields['pool'])}/{volume}"
    kind, _, rest = volume.partition("/")
    folders = dict(entry.split("=") for entry in fields.get("content-dirs", "").split(",") if entry)
    usual = {"backup": "dump", "iso": "template/iso", "vztmpl": "template/cache", "import": "import", "snippets": "snippets"}
    return f"{fields['path']}/{folders.get(kind, usual.get(kind, kind))}/{rest}"


def listing(values):
    name = values["storage"]
    fields = storage.get({"storage": name})
    if not storage.active(fields):
        raise Refusal(f"storage '{name}' is not active")
    if fields["type"] != "dir":
        return "Volid  Format  Type  Size VMID"
    folder = Path(volume_path({"volume": f"{name}:backup/"}))
    files = sorted(folder.glob("vzdump-*.tar.zst")) if folder.is_dir() else []
    return "\n".join(["Volid  Format  Type  Size VMID"] + [f"{name}:backup/{path.name} tar.zst backup {path.stat().st_size} {re.findall(r'[0-9]+', path.name)[0]}" for path in files])


def extractconfig(values):
    """The guest configuration inside an archive, read with the same tools the archive was made with."""
    path = volume_path(values)
    member = subprocess.run(["tar", "--zstd", "-xOf", path, "./etc/vzdump/pct.conf"], capture_output=True, text=True, check=False)
    if member.returncode != 0:
        raise Refusal(f"unable to extract configuration from '{values['volume']}': {member.stderr.strip()}")
    return member.stdout.rstrip("\n")


STORAGE = (("storage", storage.NAME),)
COMMANDS = {
    ("status",): Command(status, options={"storage": Parameter(), "content": Parameter(), "enabled": Parameter("flag"), **OUTPUT}),
    ("list",): Command(listing, STORAGE, {"content": Parameter(), "vmid": Parameter("whole", minimum=100)}),
    ("path",): Command(volume_path, VOLUME),
    ("add",): Command(storage.add, (("type", storage.TYPE), ("storage", storage.NAME)), {**storage.FIXED, **storage.CHANGEABLE}),
    ("set",): Command(storage.change, STORAGE, {"delete": Parameter(), **storage.CHANGEABLE}),
    ("remove",): Command(storage.remove, STORAGE, destructive=True),
    ("extractconfig",): Command(extractconfig, VOLUME),
}
