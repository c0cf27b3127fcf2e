"""/nodes, /version and /cluster/resources: this one node and its guests."""

import socket

from api import guests
from core.arguments import OUTPUT, Command, Parameter, Refusal


def version(_):
    return {"release": "9.1", "repoid": "80cf92a64bef6889", "version": "9.1.5"}


def listing(_):
    return [{"node": socket.gethostname(), "status": "online", "type": "node"}]


def node_guests(kind: str):
    """The listing of one kind of guest on this node."""

    def run(values):
        if values["node"] != socket.gethostname():
            raise Refusal(f"no such node '{values['node']}'")
        return [_guest(kind, vmid) for vmid in guests.identifiers(kind)]

    return run


def _guest(kind: str, vmid: int) -> dict:
    settings = guests.read(kind, vmid)
    return {
        "vmid": vmid,
        "name": settings.get("hostname" if kind == "lxc" else "name", ""),
        "status": guests.status(kind, vmid),
        "type": "lxc" if kind == "lxc" else "qemu",
        "template": int(settings.get("template", 0)),
    }


def resources(values):
    if values.get("type") not in (None, "vm"):
        raise Refusal("this stand-in lists guests only: --type vm")
    rows = [_guest(kind, vmid) for kind in ("lxc", "qemu-server") for vmid in guests.identifiers(kind)]
    return [{"id": f"{row['type']}/{row['vmid']}", "node": socket.gethostname(), **row} for row in rows]


ROUTES = [
    ("get", "/cluster/resources", Command(resources, options={"type": Parameter(), **OUTPUT})),
    ("get", "/nodes/{node}/lxc", Command(node_guests("lxc"), options=OUTPUT)),
    ("get", "/nodes/{node}/qemu", Command(node_guests("qemu-server"), options=OUTPUT)),
    ("get", "/version", Command(version, options=OUTPUT)),
    ("get", "/nodes", Command(listing, options=OUTPUT)),
]
