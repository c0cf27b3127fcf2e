"""Filter pve_init_firewall_plan: which firewall rules to add and which of ours to delete."""

import ipaddress

MARK = "pve-init: "
#: What makes two rules the same; the comment carries the rule's name.
KEYS = ("type", "action", "enable", "proto", "dport", "source", "comment")


def _wanted(rule):
    full = {
        "type": "in",
        "action": rule.get("action") or "ACCEPT",
        "enable": 1,
        "proto": rule.get("proto") or "tcp",
        "dport": str(rule["dport"]),
        "source": rule.get("source") or "",
        "comment": f"{MARK}{rule['name']}",
    }
    return full


def _essence(rule):
    return tuple(str(rule.get(key, "")).strip() for key in KEYS)


def firewall_plan(found, wanted):
    """Compares the host's rules with the wanted ones, looking only at rules whose comment has our mark.

    Returns `create`, a list of argument lists for `pvesh create`, and `delete`, positions from last to first.
    """
    wanted = [_wanted(rule) for rule in wanted]
    ours = [rule for rule in found if str(rule.get("comment", "")).startswith(MARK)]
    have = {_essence(rule) for rule in ours}
    want = {_essence(rule) for rule in wanted}
    create = [rule for rule in wanted if _essence(rule) not in have]
    return {
        "create": [
            [argument for key in KEYS if rule[key] != "" for argument in (f"--{key}", str(rule[key]))] for rule in create
        ],
        "delete": sorted((rule["pos"] for rule in ours if _essence(rule) not in want), reverse=True),
    }


def shut_out(rules, address, port):
    """Whether rules keep one address from a port: one that drops it, or none that lets it in."""
    here = ipaddress.ip_address(address)
    if here.version != 4:
        return False

    def meant(rule, action):
        sources = [text for text in (rule.get("source") or "0.0.0.0/0").split(",")]
        ports = str(rule["dport"]).split(",")
        return (rule.get("action") or "ACCEPT") == action and str(port) in ports and any(here in ipaddress.ip_network(text, strict=False) for text in sources)

    return any(meant(rule, "DROP") for rule in rules) or not any(meant(rule, "ACCEPT") for rule in rules)


class FilterModule:
    """Makes the filter known to Ansible."""

    def filters(self):
        """Name to function."""
        return {"pve_init_firewall_plan": firewall_plan, "pve_init_shut_out": shut_out}
