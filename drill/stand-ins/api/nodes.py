"""/nodes and /version: this one node."""

import socket

from core.arguments import OUTPUT, Command


def version(_):
    return {"release": "9.1", "repoid": "80cf92a64bef6889", "version": "9.1.5"}


def listing(_):
    return [{"node": socket.gethostname(), "status": "online", "type": "node"}]


ROUTES = [
    ("get", "/version", Command(version, options=OUTPUT)),
    ("get", "/nodes", Command(listing, options=OUTPUT)),
]
