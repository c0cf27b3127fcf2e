#!/usr/bin/python3
"""Stand-in for Trilium's server, not the real program: the same environment, the same tables, and the routes that a role or a first visitor uses."""

import json
import os
import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

data = os.environ["TRILIUM_DATA_DIR"]
document = os.path.join(data, "document.db")
with open(os.path.join(data, "started"), "a", encoding="utf-8") as file:
    file.write("started\n")


def option(name):
    """Value of an option; None where there are no notes."""
    if not os.path.exists(document):
        return None
    with sqlite3.connect(document) as notes:
        row = notes.execute("SELECT value FROM options WHERE name = ?", [name]).fetchone()
    return row and row[0]


def make_document():
    """New notes: in WAL mode, as the real ones are."""
    with sqlite3.connect(document) as notes:
        notes.execute("PRAGMA journal_mode = WAL")
        notes.execute("CREATE TABLE options (name TEXT PRIMARY KEY, value TEXT)")
        notes.execute("INSERT INTO options VALUES ('initialized', 'true'), ('passwordVerificationHash', '')")


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        initialized = option("initialized") == "true"
        claimed = bool(option("passwordVerificationHash"))
        if self.path == "/":
            return self.answer(302, location="login" if claimed else "set-password" if initialized else "setup")
        known = {"/api/health-check": {"status": "ok", "program": "stand-in"}, "/api/setup/status": {"isInitialized": initialized}}
        return self.answer(200, known[self.path]) if self.path in known else self.answer(404)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        claimed = option("passwordVerificationHash")
        if self.path == "/api/setup/new-document" and not option("initialized"):
            make_document()
            return self.answer(204)
        if self.path == "/set-password" and option("initialized") and not claimed:
            if form["password1"] != form["password2"]:
                return self.answer(400)
            with sqlite3.connect(document) as notes:
                notes.execute("UPDATE options SET value = ? WHERE name = 'passwordVerificationHash'", form["password1"])
            return self.answer(302, location="login")
        if self.path == "/login":
            return self.answer(302, location=".") if claimed and form.get("password") == [claimed] else self.answer(401)
        return self.answer(400)

    def answer(self, status, body=None, location=None):
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


address = os.environ["TRILIUM_NETWORK_HOST"], int(os.environ["TRILIUM_NETWORK_PORT"])
ThreadingHTTPServer(address, Answer).serve_forever()
