"""pxe-arm, pxe-disarm and pxe-status: which machines may be installed from the network."""

import argparse
import sys
import time

import arming


def main() -> int:
    """Exit codes: 0 done, 1 refused with a reason, 2 wrong usage."""
    verb = sys.argv[1]
    parser = argparse.ArgumentParser(
        prog=f"pxe-{verb}",
        description={
            "arm": "Arms a machine for one installation from the network. ITS BOOT DISK IS ERASED at its next start from the network.",
            "disarm": "Takes an arming back. The machine starts from its own disk again.",
            "status": "Shows every machine that may be armed and its state.",
        }[verb],
    )
    if verb != "status":
        parser.add_argument("mac", metavar="MAC", help="address of the network card it boots from")
    given = parser.parse_args(sys.argv[2:])
    try:
        arming.become_the_service()
        print({"arm": arm, "disarm": disarm, "status": status}[verb](given, parser))
    except (arming.Refusal, OSError) as reason:
        print(f"pxe-{verb}: {reason}; nothing was changed", file=sys.stderr)
        return 1
    return 0


def arm(given, parser) -> str:
    """Arms and says for how long."""
    mac = machine(given, parser)
    arming.arm(mac)
    return f"{mac} is armed for {arming.config()['armMinutes']} minutes or one installation; pxe-disarm {mac} takes it back"


def disarm(given, parser) -> str:
    """Disarms whatever the state."""
    mac = machine(given, parser)
    arming.disarm(mac)
    return f"{mac} is not armed"


def machine(given, parser) -> str:
    """The MAC given, in our spelling; anything else is wrong usage."""
    mac = arming.normal(given.mac)
    if not mac:
        parser.error(f"'{given.mac}' is no MAC address, which looks like 74:d0:2b:00:00:01")
    return mac


def status(_given, _parser) -> str:
    """One line for each machine: MAC, name, installer, state, since when."""
    lines = [f"{'MAC':<18} {'NAME':<16} {'INSTALLER':<10} {'STATE':<10} SINCE"]
    for mac, host in sorted(arming.config()["hosts"].items()):
        state, since = arming.state_of(mac)
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(since)) if since else "-"
        lines.append(f"{mac:<18} {host['name']:<16} {host['installer']:<10} {state:<10} {when}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
