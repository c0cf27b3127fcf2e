"""pveversion: the version the roles were written for."""

from core import state
from core.arguments import Command, Parameter

DEFAULT = {"manager": "9.1.5", "commit": "80cf92a64bef6889", "kernel": "6.17.4-2-pve"}


def version(values):
    known = {**DEFAULT, **state.load("version", {})}
    if values.get("verbose"):
        return f"proxmox-ve: 9.1.0 (running kernel: {known['kernel']})\npve-manager: {known['manager']} (running version: {known['manager']}/{known['commit']})"
    return f"pve-manager/{known['manager']}/{known['commit']} (running kernel: {known['kernel']})"


COMMANDS = {(): Command(version, options={"verbose": Parameter("flag"), "v": Parameter("flag")})}
