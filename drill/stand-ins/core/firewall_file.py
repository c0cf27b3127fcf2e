"""/etc/pve/firewall/cluster.fw, read and written as Proxmox VE does: what is put back there by hand is what holds."""

from pathlib import Path

FILE = Path("/etc/pve/firewall/cluster.fw")
#: Names of the API that the file writes shorter.
SHORT = {"proto": "p"}
LONG = {short: name for name, short in SHORT.items()}


def load() -> dict:
    """Options and rules; none where there is no file."""
    firewall = {"options": {}, "rules": []}
    section = ""
    for line in FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []:
        if line.startswith("["):
            section = line.strip("[]")
        elif line and section == "OPTIONS":
            name, value = line.split(": ", 1)
            firewall["options"][name] = int(value) if value.isdigit() else value
        elif line and section == "RULES":
            firewall["rules"].append(_rule(line))
    return firewall


def save(firewall: dict) -> None:
    """Writes the whole file."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    options = [f"{name}: {value}" for name, value in firewall["options"].items()]
    FILE.write_text("\n".join(["[OPTIONS]", "", *options, "", "[RULES]", "", *map(_line, firewall["rules"]), ""]), encoding="utf-8")


def _line(rule: dict) -> str:
    rest = {name: value for name, value in rule.items() if name not in ("enable", "type", "action", "comment")}
    words = [f"{'' if rule['enable'] else '|'}{rule['type'].upper()}", rule["action"]]
    words += [f"-{SHORT.get(name, name)} {value}" for name, value in rest.items()]
    return " ".join(words) + (f" # {rule['comment']}" if "comment" in rule else "")


def _rule(line: str) -> dict:
    text, mark, comment = line.partition(" # ")
    kind, action, *words = text.split()
    named = {LONG.get(name[1:], name[1:]): value for name, value in zip(words[::2], words[1::2])}
    rule = {"enable": 0 if kind.startswith("|") else 1, "type": kind.strip("|").lower(), "action": action, **named}
    return {**rule, "comment": comment} if mark else rule
