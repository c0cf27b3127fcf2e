"""/cluster/firewall: options and rules of the datacenter. A new rule goes to the front, as in the real one."""

from core import firewall_file as file
from core.arguments import OUTPUT, Command, Parameter, Refusal

ADDRESS = Parameter(pattern=r"[0-9A-Za-z.:/,+\-_]{1,512}")
PORT = Parameter(pattern=r"[0-9A-Za-z:,\-]+")
RULE = {
    "action": Parameter(pattern=r"[A-Za-z][A-Za-z0-9\-_]{1,19}"), "type": Parameter(choices=("in", "out", "forward", "group")),
    "comment": Parameter(), "dest": ADDRESS, "source": ADDRESS, "dport": PORT, "sport": PORT, "digest": Parameter(),
    "enable": Parameter("whole", minimum=0), "icmp-type": Parameter(), "iface": Parameter(pattern=r"\S{2,20}"),
    "log": Parameter(choices=("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", "nolog")),
    "macro": Parameter(pattern=r".{1,128}"), "pos": Parameter("whole", minimum=0), "proto": Parameter(pattern=r"[a-z0-9\-]+"),
}
NEW_RULE = {**RULE, **{name: Parameter(required=True, choices=RULE[name].choices, pattern=RULE[name].pattern) for name in ("action", "type")}}
OPTIONS = {
    "delete": Parameter(), "digest": Parameter(), "ebtables": Parameter("flag"), "enable": Parameter("whole", minimum=0),
    "log_ratelimit": Parameter(), "policy_forward": Parameter(choices=("ACCEPT", "DROP")),
    "policy_in": Parameter(choices=("ACCEPT", "REJECT", "DROP")), "policy_out": Parameter(choices=("ACCEPT", "REJECT", "DROP")),
}


def rules(_):
    return [{**rule, "pos": position} for position, rule in enumerate(file.load()["rules"])]


def rule_create(values):
    firewall = file.load()
    firewall["rules"].insert(values.pop("pos", 0), {"enable": 0, **values})
    file.save(firewall)


def rule_delete(values):
    firewall = file.load()
    position = int(values["position"])
    if position >= len(firewall["rules"]):
        raise Refusal(f"no rule at position {position}")
    del firewall["rules"][position]
    file.save(firewall)


def options(_):
    return file.load()["options"]


def options_set(values):
    firewall = file.load()
    for name in values.pop("delete", "").split(","):
        firewall["options"].pop(name, None)
    firewall["options"].update(values)
    file.save(firewall)


ROUTES = [
    ("get", "/cluster/firewall/rules", Command(rules, options=OUTPUT)),
    ("create", "/cluster/firewall/rules", Command(rule_create, options={**NEW_RULE, **OUTPUT})),
    ("delete", "/cluster/firewall/rules/{position}", Command(rule_delete, options={"digest": Parameter(), **OUTPUT})),
    ("get", "/cluster/firewall/options", Command(options, options=OUTPUT)),
    ("set", "/cluster/firewall/options", Command(options_set, options={**OPTIONS, **OUTPUT})),
]
