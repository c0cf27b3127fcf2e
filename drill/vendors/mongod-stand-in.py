#!/usr/bin/python3
"""Stand-in for mongod, not the real program: reads the real mongod.conf, keeps users and documents in its dbPath.

It speaks lines of JSON in place of MongoDB's protocol, to the stand-in for mongosh alone. Refused as the manual of the
real one says: an unknown setting, a dbPath or a log folder that is not there, a cache below 0.25 GiB, an address that
this machine has not, any command without a login once authorization is on, but the first user over loopback.
"""

import argparse
import hashlib
import json
import os
import socketserver
import sqlite3
import sys
import threading

import yaml

KNOWN = {
    "storage.dbPath", "storage.wiredTiger.engineConfig.cacheSizeGB", "systemLog.destination", "systemLog.path",
    "systemLog.logAppend", "net.bindIp", "net.port", "security.authorization", "processManagement.timeZoneInfo",
}


def flat(tree, prefix=""):
    """Settings by their dotted name."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, prefix + key + ".")
        else:
            yield prefix + key, value


def options():
    parser = argparse.ArgumentParser(prog="mongod-stand-in")
    parser.add_argument("--config", default=os.devnull)
    parser.add_argument("--dbpath", dest="storage.dbPath")
    parser.add_argument("--bind_ip", dest="net.bindIp")
    parser.add_argument("--port", dest="net.port", type=int)
    given = {name: value for name, value in vars(parser.parse_args()).items() if value is not None}
    with open(given.pop("config"), encoding="utf-8") as file:
        settings = {**dict(flat(yaml.safe_load(file) or {})), **given}
    unknown = sorted(set(settings) - KNOWN)
    if unknown:
        sys.exit("mongod-stand-in: Unrecognized option: %s" % unknown[0])
    if float(settings.get("storage.wiredTiger.engineConfig.cacheSizeGB", 1)) < 0.25:
        sys.exit("mongod-stand-in: cacheSizeGB must be at least 0.25")
    if not os.path.isdir(settings["storage.dbPath"]):
        sys.exit("mongod-stand-in: NonExistentPath: Data directory %s not found." % settings["storage.dbPath"])
    if not os.path.isdir(settings.get("processManagement.timeZoneInfo", "/")):
        sys.exit("mongod-stand-in: no time zones at %s" % settings["processManagement.timeZoneInfo"])
    return settings


SETTINGS = options()
if SETTINGS.get("systemLog.path"):
    sys.stderr = open(SETTINGS["systemLog.path"], "a" if SETTINGS.get("systemLog.logAppend") else "w", encoding="utf-8")
    print("stand-in starts", file=sys.stderr, flush=True)
LOCK = threading.Lock()
DATA = sqlite3.connect(os.path.join(SETTINGS["storage.dbPath"], "stand-in.sqlite"), check_same_thread=False)
DATA.execute("create table if not exists user (name text primary key, digest text)")
DATA.execute("create table if not exists document (collection text, content text)")


def digest(password):
    return hashlib.scrypt(password.encode(), salt=b"stand-in", n=1024, r=8, p=1).hex()


class Session(socketserver.StreamRequestHandler):
    """One client; it has logged in or has not."""

    def handle(self):
        self.user = None
        for line in self.rfile:
            with LOCK:
                try:
                    answer = self.answer(**json.loads(line))
                except (LookupError, sqlite3.Error) as error:
                    answer = {"error": "%s" % error}
                DATA.commit()
            self.wfile.write(json.dumps(answer).encode() + b"\n")

    def answer(self, command, **given):
        if command == "ping":
            return {"ok": 1}
        if command == "auth":
            row = DATA.execute("select digest from user where name = ?", [given["user"]]).fetchone()
            if row != (digest(given["pwd"]),):
                raise LookupError("Authentication failed.")
            self.user = given["user"]
            return {"ok": 1}
        if self.shut(command):
            raise LookupError("command %s requires authentication" % command)
        return getattr(self, "do_" + command)(**given)

    def shut(self, command):
        if self.user or SETTINGS.get("security.authorization") != "enabled":
            return False
        alone = DATA.execute("select count(*) from user").fetchone() == (0,)
        return not (command == "createUser" and alone and self.client_address[0] == "127.0.0.1")

    def do_createUser(self, user, pwd, roles):
        DATA.execute("insert into user values (?, ?)", [user, digest(pwd)])
        return {"ok": 1}

    def do_updateUser(self, user, pwd):
        if DATA.execute("update user set digest = ? where name = ?", [digest(pwd), user]).rowcount == 0:
            raise LookupError("Could not find user %s" % user)
        return {"ok": 1}

    def do_usersInfo(self, user):
        return {"users": DATA.execute("select name from user where name = ?", [user]).fetchall()}

    def do_listDatabases(self, **_):
        return {"databases": ["admin"]}

    def do_insert(self, collection, document):
        DATA.execute("insert into document values (?, ?)", [collection, json.dumps(document)])
        return {"ok": 1}

    def do_find(self, collection):
        rows = DATA.execute("select content from document where collection = ?", [collection])
        return {"documents": [json.loads(content) for (content,) in rows]}


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


SERVERS = [Server((address, SETTINGS["net.port"]), Session) for address in str(SETTINGS["net.bindIp"]).split(",")]
for server in SERVERS[1:]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
SERVERS[0].serve_forever()
