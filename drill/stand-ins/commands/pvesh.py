"""pvesh: the API from the command line. Each family of paths has its table of routes in api/."""

import re
from dataclasses import replace

from api import backup, firewall, nodes, storage
from core.arguments import Command, Refusal

COMMANDS = [*firewall.ROUTES, *backup.ROUTES, *storage.ROUTES, *nodes.ROUTES]


def find(routes: list, arguments: list[str]) -> tuple[Command, list[str]]:
    """The route for method and path; what the path's braces held is handed to it with the options."""
    method, path = (arguments + ["", ""])[:2]
    for known_method, pattern, command in routes:
        match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern), path.rstrip("/"))
        if match and known_method == method:
            held = match.groupdict()
            return replace(command, run=lambda values: command.run({**held, **values})), arguments[2:]
    known = "\n".join(f"  {known_method} {pattern}" for known_method, pattern, _ in routes)
    raise Refusal(f"No '{method}' handler defined for '{path}'\nthis stand-in knows:\n{known}")
