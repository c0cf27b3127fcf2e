"""pvenode: options of the node and starting of its guests."""

from api import guests
from core import state
from core.arguments import OUTPUT, Command, Parameter

TEXT = Parameter()
OPTIONS = {
    "acme": TEXT, "ballooning-target": Parameter("whole", minimum=0, maximum=100), "description": TEXT,
    "startall-onboot-delay": Parameter("whole", minimum=0, maximum=300), "wakeonlan": TEXT,
}


def config_get(_):
    return state.load("node-config", {})


def config_set(values):
    removed = values.pop("delete", "").split(",")
    kept = {key: value for key, value in state.load("node-config", {}).items() if key not in removed}
    state.save("node-config", {**kept, **values})


def startall(values):
    for kind in ("lxc", "qemu-server"):
        for vmid in guests.identifiers(kind):
            wanted = values.get("force") or guests.read(kind, vmid).get("onboot") == "1"
            if wanted and guests.status(kind, vmid) == "stopped":
                guests.start(kind, vmid)


COMMANDS = {
    ("config", "get"): Command(config_get, options=OUTPUT),
    ("config", "set"): Command(config_set, options={"delete": TEXT, "digest": TEXT, **OPTIONS}),
    ("startall",): Command(startall, options={"force": Parameter("flag"), "vms": TEXT}),
}
