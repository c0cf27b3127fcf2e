#!/usr/bin/env python3
"""Stands in for a command of Proxmox VE: pveum, pvesh, pvesm, pct, qm and so on, by the name it is called with.

Nothing here is Proxmox's: it keeps a small state, accepts only the parameters its tables name, and logs each call.
See drill/README.md for what it covers and how to add a command.
"""

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(os.path.realpath(__file__)).parent))

from core import output, state  # noqa: E402  (the path must be set first)
from core.arguments import OUTPUT, Command, Refusal, parse  # noqa: E402


def find(table: dict, arguments: list[str]) -> tuple[Command, list[str]]:
    """The longest sub-command that the words begin with, and what is left of them. pvesh has its own, by path."""
    for length in range(len(arguments), -1, -1):
        command = table.get(tuple(arguments[:length]))
        if command:
            return command, arguments[length:]
    known = ", ".join(sorted(" ".join(words) for words in table))
    raise Refusal(f"ERROR: unknown command '{' '.join(arguments[:3])}'\nthis stand-in knows: {known}")


def main() -> int:
    name = Path(sys.argv[0]).name
    arguments = sys.argv[1:]
    destructive = False
    with state.locked():
        try:
            module = importlib.import_module(f"commands.{name.replace('-', '_')}")
            command, rest = getattr(module, "find", find)(module.COMMANDS, arguments)
            destructive = command.destructive
            values = parse(command, rest)
            output_format = str(values.get("output-format", "text"))
            result = command.run({key: value for key, value in values.items() if key not in OUTPUT})
            code = 0
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            code = 255
        state.record(name, arguments, destructive, code)
    if code == 0:
        text = output.render(result, output_format)
        if text:
            print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
