"""pveum: users, roles, access control lists and API tokens of the built-in realms."""

import re
import uuid

from core import state
from core.arguments import OUTPUT, Command, Parameter, Refusal

USER = Parameter(required=True, pattern=r"[^\s:/]+@(pam|pve)")
ROLE = Parameter(required=True, pattern=r"[A-Za-z0-9.\-_]+")
TOKEN = Parameter(required=True, pattern=r"[A-Za-z][A-Za-z0-9.\-_]+")
TEXT = Parameter()
FLAG = Parameter("flag")
EXPIRE = Parameter("whole", minimum=0)

USER_OPTIONS = {
    "comment": TEXT, "email": Parameter(pattern=r"[^\s@]+@[^\s@]+|"), "enable": FLAG, "expire": EXPIRE,
    "firstname": TEXT, "lastname": TEXT, "groups": TEXT, "keys": TEXT,
}
ACL_OPTIONS = {
    "roles": Parameter(required=True), "users": TEXT, "groups": TEXT, "tokens": TEXT, "propagate": FLAG, "delete": FLAG,
}
BUILT_IN_ROLES = {"Administrator": "", "PVEAdmin": "", "PVEAuditor": "", "PVEVMAdmin": "", "NoAccess": ""}
PRIVILEGES = set("""
Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit Group.Allocate Mapping.Audit
Mapping.Modify Mapping.Use Permissions.Modify Pool.Allocate Pool.Audit Realm.Allocate Realm.AllocateUser SDN.Allocate
SDN.Audit SDN.Use Sys.AccessNetwork Sys.Audit Sys.Console Sys.Incoming Sys.Modify Sys.PowerMgmt Sys.Syslog User.Modify
VM.Allocate VM.Audit VM.Backup VM.Clone VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk
VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options VM.Console VM.GuestAgent.Audit
VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt VM.GuestAgent.FileWrite VM.GuestAgent.Unrestricted VM.Migrate
VM.PowerMgmt VM.Replicate VM.Snapshot VM.Snapshot.Rollback
""".split())


def _access() -> dict:
    return state.load("access", {"users": {"root@pam": {"enable": 1}}, "roles": {}, "acl": [], "tokens": {}})


def _user(access: dict, userid: str) -> dict:
    if userid not in access["users"]:
        raise Refusal(f"no such user ('{userid}')")
    return access["users"][userid]


def user_list(_):
    return [{"userid": userid, **fields} for userid, fields in sorted(_access()["users"].items())]


def user_add(values):
    access = _access()
    userid = values.pop("userid")
    if userid in access["users"]:
        raise Refusal(f"create user failed: user '{userid}' already exists")
    access["users"][userid] = {"enable": 1, "expire": 0, **values}
    state.save("access", access)


def user_modify(values):
    access = _access()
    _user(access, values.pop("userid")).update(values)
    state.save("access", access)


def user_delete(values):
    access = _access()
    _user(access, values["userid"])
    del access["users"][values["userid"]]
    state.save("access", access)


def role_list(_):
    own = [{"roleid": name, "privs": privs, "special": 0} for name, privs in _access()["roles"].items()]
    return own + [{"roleid": name, "privs": privs, "special": 1} for name, privs in BUILT_IN_ROLES.items()]


def _privileges(text: str) -> str:
    names = [name for name in re.split(r"[,;\s]+", text) if name]
    for name in names:
        if name not in PRIVILEGES:
            raise Refusal(f"400 Parameter verification failed.\nprivs: invalid privilege '{name}'")
    return ",".join(sorted(names))


def role_add(values):
    access = _access()
    name = values["roleid"]
    if name.lower().startswith("pve"):
        raise Refusal(f"role name '{name}' is invalid: prefix 'PVE' is reserved")
    if name in access["roles"]:
        raise Refusal(f"role '{name}' already exists")
    access["roles"][name] = _privileges(values.get("privs", ""))
    state.save("access", access)


def role_modify(values):
    access = _access()
    name = values["roleid"]
    if name not in access["roles"]:
        raise Refusal(f"role '{name}' does not exist")
    old = access["roles"][name] if values.get("append") else ""
    access["roles"][name] = _privileges(f"{old},{values.get('privs', '')}")
    state.save("access", access)


def acl_list(_):
    return _access()["acl"]


def acl_modify(values):
    access = _access()
    known = set(access["roles"]) | set(BUILT_IN_ROLES)
    entries = [("user", name) for name in _names(values, "users")] + [("token", name) for name in _names(values, "tokens")]
    if not entries:
        raise Refusal("400 Parameter verification failed.\nusers: either users, groups or tokens must be given")
    for kind, name in entries:
        user, _, token = name.partition("!")
        _user(access, user)
        if kind == "token" and token not in access["tokens"].get(user, {}):
            raise Refusal(f"no such token '{token}' for user '{user}'")
        for role in _names(values, "roles"):
            if role not in known:
                raise Refusal(f"role '{role}' does not exist")
            entry = {"path": values["path"], "type": kind, "ugid": name, "roleid": role}
            access["acl"] = [old for old in access["acl"] if {key: old[key] for key in entry} != entry]
            if not values.get("delete"):
                access["acl"].append({**entry, "propagate": values.get("propagate", 1)})
    state.save("access", access)


def _names(values: dict, key: str) -> list[str]:
    return [name for name in re.split(r"[,;\s]+", values.get(key, "")) if name]


def token_list(values):
    access = _access()
    _user(access, values["userid"])
    tokens = access["tokens"].get(values["userid"], {})
    return [{"tokenid": name, **fields} for name, fields in sorted(tokens.items())]


def token_add(values):
    access = _access()
    userid, tokenid = values.pop("userid"), values.pop("tokenid")
    _user(access, userid)
    tokens = access["tokens"].setdefault(userid, {})
    if tokenid in tokens:
        raise Refusal("400 Parameter verification failed.\ntokenid: Token already exists.")
    tokens[tokenid] = {"privsep": 1, "expire": 0, **values}
    state.save("access", access)
    info = {key: str(value) for key, value in tokens[tokenid].items()}
    return {"full-tokenid": f"{userid}!{tokenid}", "info": info, "value": str(uuid.uuid4())}


def token_modify(values):
    access = _access()
    token = access["tokens"].get(values.pop("userid"), {}).get(values.pop("tokenid"))
    if token is None:
        raise Refusal("no such token")
    token.update(values)
    state.save("access", access)


def token_remove(values):
    access = _access()
    if access["tokens"].get(values["userid"], {}).pop(values["tokenid"], None) is None:
        raise Refusal(f"no such token '{values['tokenid']}' for user '{values['userid']}'")
    state.save("access", access)


TOKEN_WORDS = (("userid", USER), ("tokenid", TOKEN))
COMMANDS = {
    ("user", "list"): Command(user_list, options={"enabled": FLAG, "full": FLAG, **OUTPUT}),
    ("user", "add"): Command(user_add, (("userid", USER),), {**USER_OPTIONS, "password": Parameter(pattern=r".{8,64}")}),
    ("user", "modify"): Command(user_modify, (("userid", USER),), {**USER_OPTIONS, "append": FLAG}),
    ("user", "delete"): Command(user_delete, (("userid", USER),), destructive=True),
    ("user", "token", "list"): Command(token_list, (("userid", USER),), OUTPUT),
    ("user", "token", "add"): Command(token_add, TOKEN_WORDS, {"comment": TEXT, "expire": EXPIRE, "privsep": FLAG, **OUTPUT}),
    ("user", "token", "modify"): Command(token_modify, TOKEN_WORDS, {"comment": TEXT, "expire": EXPIRE, "privsep": FLAG, **OUTPUT}),
    ("user", "token", "remove"): Command(token_remove, TOKEN_WORDS, destructive=True),
    ("role", "list"): Command(role_list, options=OUTPUT),
    ("role", "add"): Command(role_add, (("roleid", ROLE),), {"privs": TEXT}),
    ("role", "modify"): Command(role_modify, (("roleid", ROLE),), {"privs": TEXT, "append": FLAG}),
    ("acl", "list"): Command(acl_list, options=OUTPUT),
    ("acl", "modify"): Command(acl_modify, (("path", Parameter(required=True, pattern=r"/.*")),), ACL_OPTIONS),
}
