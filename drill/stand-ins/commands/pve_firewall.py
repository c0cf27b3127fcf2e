"""pve-firewall: state of the firewall daemon. No packet filter is written; tests read the options and rules instead."""

from core import firewall_file
from core.arguments import Command


def status(_):
    return f"Status: {'enabled' if firewall_file.load()['options'].get('enable') else 'disabled'}/running"


COMMANDS = {
    ("status",): Command(status),
    ("compile",): Command(lambda _: "detected changes"),
    ("localnet",): Command(lambda _: "local hostname: pve\nlocal IP address: 192.168.88.10\nnetwork auto detect: 192.168.88.0/24"),
}
