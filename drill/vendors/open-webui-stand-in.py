"""Stand-in for Open WebUI, not the real program: reads the same environment, keeps its accounts in the same tables.

Refused as by the real one: a start without WEBUI_SECRET_KEY, signing up while ENABLE_SIGNUP is false, a wrong password.
The first start with an empty database creates the administrator of the environment.
"""

import argparse
import json
import os
import sqlite3
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

import bcrypt

TABLES = """
create table if not exists user (id text primary key, email text, role text);
create table if not exists auth (id text primary key, email text, password text, active boolean, mfa text, session_stamp text);
create table if not exists note (title text);
"""


def open_database():
    database = sqlite3.connect(os.path.join(os.environ["DATA_DIR"], "webui.db"), check_same_thread=False, isolation_level=None)
    database.executescript(TABLES)
    if database.execute("select count(*) from user").fetchone() == (0,) and os.environ.get("WEBUI_ADMIN_EMAIL"):
        row = str(uuid.uuid4()), os.environ["WEBUI_ADMIN_EMAIL"].lower()
        password = bcrypt.hashpw(os.environ["WEBUI_ADMIN_PASSWORD"].encode(), bcrypt.gensalt()).decode()
        database.execute("insert into user values (?, ?, 'admin')", row)
        database.execute("insert into auth values (?, ?, ?, true, null, null)", [*row, password])
    return database


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            return self.say(200, {"status": True})
        if self.path == "/api/v1/notes/":
            return self.say(200, [title for (title,) in self.server.database.execute("select title from note")])
        if self.path == "/ollama/api/version":
            with urlopen(os.environ["OLLAMA_BASE_URL"] + "/api/version", timeout=5) as answer:
                return self.say(200, json.load(answer))
        return self.say(404, {"detail": "Not Found"})

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/api/v1/auths/signin":
            row = self.server.database.execute("select password from auth where email = ?", [given["email"].lower()]).fetchone()
            known = row and bcrypt.checkpw(given["password"].encode(), row[0].encode())
            return self.say(200, {"token": "stand-in"}) if known else self.say(400, {"detail": "The email or password provided is incorrect."})
        if self.path == "/api/v1/auths/signup" and os.environ.get("ENABLE_SIGNUP", "true") == "false":
            return self.say(403, {"detail": "You do not have permission to access this resource."})
        if self.path == "/api/v1/notes/create":
            self.server.database.execute("insert into note values (?)", [given["title"]])
            return self.say(200, {})
        return self.say(404, {"detail": "Not Found"})

    def say(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(prog="open-webui-stand-in")
    parser.add_argument("verb", choices=["serve"])
    parser.add_argument("--host", default="0.0.0.0")
    parser.add_argument("--port", type=int, default=8080)
    given = parser.parse_args()
    if not os.environ.get("WEBUI_SECRET_KEY"):
        sys.exit("open-webui-stand-in: WEBUI_SECRET_KEY is not set. It is a hard requirement when authentication is enabled.")
    server = ThreadingHTTPServer((given.host, given.port), Answer)
    server.database = open_database()
    server.serve_forever()
