#!/usr/bin/python3
"""Stand-in for Grafana, not the real program: reads the real grafana.ini, and answers what a role asks of it."""

import base64
import configparser
import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

path = next((word.split("=", 1)[1] for word in sys.argv if word.startswith("--config=")), None)
settings = configparser.ConfigParser(interpolation=None)
if not path or not settings.read(path):
    sys.exit("grafana-stand-in: no configuration at %s" % path)
data = settings["paths"]["data"]
provisioning = settings["paths"]["provisioning"]
if not settings["security"]["secret_key"]:
    sys.exit("grafana-stand-in: no secret_key")
for folder in ("datasources", "dashboards"):
    if not os.path.isdir(os.path.join(provisioning, folder)):
        sys.exit("grafana-stand-in: %s has no %s" % (provisioning, folder))
database = sqlite3.connect(os.path.join(data, "grafana.db"), check_same_thread=False)
# As the real one: the settings make the first administrator, and are not looked at again.
database.execute("create table if not exists user (login text, password text)")
if not database.execute("select 1 from user").fetchone():
    security = settings["security"]
    database.execute("insert into user values (?, ?)", (security["admin_user"], security["admin_password"].strip('"')))
    database.commit()
if "cli" in sys.argv:
    if sys.argv[-3:] != ["admin", "reset-admin-password", "--password-from-stdin"]:
        sys.exit("grafana-stand-in: unknown command %s" % sys.argv)
    database.execute("update user set password = ?", (sys.stdin.read().strip(),))
    database.commit()
    sys.exit()
database.execute("create table if not exists start (at text)")
database.execute("insert into start values (datetime())")
database.commit()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/api/health":
            starts = database.execute("select count(*) from start").fetchone()[0]
            return self.say(200, {"database": "ok", "version": "stand-in", "starts": starts})
        if self.path == "/metrics":
            return self.say(200, {})
        scheme, _, word = self.headers.get("Authorization", "").partition(" ")
        login = tuple(base64.b64decode(word).decode().split(":", 1)) if scheme == "Basic" else None
        if self.path == "/api/user" and login and database.execute("select 1 from user where login = ? and password = ?", login).fetchone():
            return self.say(200, {"login": login[0]})
        return self.say(401, {"message": "Unauthorized"})

    def say(self, status, body):
        text = json.dumps(body, indent=2).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


server = settings["server"]
ThreadingHTTPServer((server["http_addr"], int(server["http_port"])), Answer).serve_forever()
