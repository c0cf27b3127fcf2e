"""pct: containers. Settings are real files, volumes are only names; inside a container nothing is run."""

import re

from api import guests
from api.guests import FLAG, TEXT, VMID
from core.arguments import Command, Parameter, Refusal

KIND = "lxc"
GUEST = (("vmid", VMID),)
SETTINGS = {
    "arch": Parameter(choices=("amd64", "i386", "arm64", "armhf", "riscv32", "riscv64")),
    "cmode": Parameter(choices=("shell", "console", "tty")), "console": FLAG, "cores": Parameter("whole", minimum=1, maximum=8192),
    "cpulimit": Parameter("number", minimum=0, maximum=8192), "cpuunits": Parameter("whole", minimum=0, maximum=500000), "debug": FLAG,
    "description": TEXT, "dev[n]": Parameter(pattern=r"(path=)?/dev/\S+"), "entrypoint": TEXT, "env": TEXT,
    "features": Parameter(pattern=r"((force_rw_sys|fuse|keyctl|mknod|mount|nesting)=\S+?,?)+"), "hookscript": TEXT,
    "hostname": Parameter(pattern=r"[A-Za-z0-9\-.]{1,255}"), "lock": TEXT, "memory": Parameter("whole", minimum=16),
    "mp[n]": Parameter(pattern=r"\S+,mp=\S+|.*mp=/\S+.*"), "nameserver": TEXT, "net[n]": Parameter(pattern=r"(\w[\w-]*=[^,]+,?)+"), "onboot": FLAG,
    "ostype": TEXT, "protection": FLAG, "rootfs": TEXT, "searchdomain": TEXT, "startup": TEXT, "swap": Parameter("whole", minimum=0),
    "tags": TEXT, "template": FLAG, "timezone": TEXT, "tty": Parameter("whole", minimum=0, maximum=6), "unprivileged": FLAG, "unused[n]": TEXT,
}
CREATE = {
    "bwlimit": TEXT, "force": FLAG, "ignore-unpack-errors": FLAG, "password": TEXT, "pool": TEXT, "restore": FLAG, "ssh-public-keys": TEXT,
    "start": FLAG, "storage": TEXT, "unique": FLAG,
}


def listing(_):
    rows = [f"{vmid:<10} {guests.status(KIND, vmid):<10} {'':<12} {guests.read(KIND, vmid).get('hostname', '')}" for vmid in guests.identifiers(KIND)]
    return "\n".join(["VMID       Status     Lock         Name"] + rows)


def create(values):
    vmid, template = values.pop("vmid"), values.pop("ostemplate")
    guests.must_be_free(vmid)
    storage = values.pop("storage", "local")
    started = values.pop("start", 0)
    settings = {key: value for key, value in values.items() if key not in CREATE}
    size = re.sub(r"^.*:", "", str(settings.get("rootfs", "4")))
    settings["rootfs"] = f"{storage}:subvol-{vmid}-disk-0,size={size}G"
    guests.write(KIND, vmid, {"arch": "amd64", "ostype": re.sub(r".*/|-.*", "", template), **settings})
    if started:
        guests.start(KIND, vmid)


def rescan(values):
    return "rescan volumes..." if not values.get("dryrun") else "NOTE: running in dry-run mode, won't write changes out!\nrescan volumes..."


def execute(values):
    if guests.status(KIND, values["vmid"]) != "running":
        raise Refusal(f"container '{values['vmid']}' not running!")


def simple(action):
    """A command whose only need is the guest's number."""
    return lambda values: action(KIND, values["vmid"])


COMMANDS = {
    ("list",): Command(listing),
    ("status",): Command(lambda values: f"status: {guests.status(KIND, values['vmid'])}", GUEST, {"verbose": FLAG}),
    ("config",): Command(simple(guests.show), GUEST, {"current": FLAG, "snapshot": TEXT}),
    ("set",): Command(lambda values: guests.change(KIND, values), GUEST, {**SETTINGS, "delete": TEXT, "digest": TEXT, "revert": TEXT}),
    ("create",): Command(create, (*GUEST, ("ostemplate", Parameter(required=True))), {**SETTINGS, **CREATE}),
    ("restore",): Command(create, (*GUEST, ("ostemplate", Parameter(required=True))), {**SETTINGS, **CREATE}, destructive=True),
    ("start",): Command(simple(guests.start), GUEST, {"debug": FLAG, "skiplock": FLAG}),
    ("stop",): Command(simple(guests.stop), GUEST, {"skiplock": FLAG, "overrule-shutdown": FLAG}),
    ("shutdown",): Command(simple(guests.stop), GUEST, {"forceStop": FLAG, "timeout": Parameter("whole", minimum=0)}),
    ("reboot",): Command(execute, GUEST, {"timeout": Parameter("whole", minimum=0)}),
    ("exec",): Command(execute, GUEST, {"keep-env": FLAG}, rest="command"),
    ("rescan",): Command(rescan, (), {"dryrun": FLAG, "vmid": Parameter("whole", minimum=100)}),
    ("destroy",): Command(simple(guests.destroy), GUEST, {"destroy-unreferenced-disks": FLAG, "force": FLAG, "purge": FLAG}, destructive=True),
}
