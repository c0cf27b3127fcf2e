#!/usr/bin/python3
"""Stand-in for Gitea, not the real program: reads the real app.ini, keeps accounts and sessions in the real PostgreSQL and repositories on its volume."""

import base64
import configparser
import hashlib
import http.cookies
import json
import os
import pwd
import secrets
import subprocess
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2

SCHEMA = """
create table if not exists account (name text primary key, email text, salt text, hash text, is_admin boolean);
create table if not exists access_token (name text, account text, token text, unique (account, name));
create table if not exists session (key text primary key, account text);
create table if not exists repository (name text primary key, owner text)
"""
words = sys.argv[1:]


def option(name):
    return words[words.index(name) + 1] if name in words else None


def setting(section, key, default=""):
    return settings.get(section, key, fallback=default).strip("`")


def refuse_settings():
    """What the real program does not start with."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        sys.exit("Gitea is not supposed to be run as root. Sorry. If you need to use privileged TCP ports please instead use setcap")
    if setting("top", "RUN_USER") != user:
        sys.exit("Expect user '%s' but current user is: %s" % (setting("top", "RUN_USER"), user))
    if setting("security", "INSTALL_LOCK") != "true":
        sys.exit("gitea-stand-in: INSTALL_LOCK is off, the first visitor would own the server")
    if not setting("security", "SECRET_KEY") or not setting("security", "INTERNAL_TOKEN"):
        sys.exit("gitea-stand-in: no SECRET_KEY or INTERNAL_TOKEN")
    key = setting("oauth2", "JWT_SECRET")
    if len(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))) != 32:
        sys.exit("save oauth2.JWT_SECRET failed: %s: permission denied" % option("--config"))


def query(text, *values):
    """Rows of a statement, in a connection of its own, as requests come side by side."""
    host, port = setting("database", "HOST").split(":")
    link = psycopg2.connect(host=host, port=port, dbname=setting("database", "NAME"), user=setting("database", "USER"), password=setting("database", "PASSWD"), sslmode=setting("database", "SSL_MODE"))
    try:
        with link, link.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        link.close()


def digest(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 1000).hex()


def set_password(name, password):
    salt = secrets.token_hex(8)
    query("update account set salt = %s, hash = %s where name = %s", salt, digest(password, salt), name)


def fits(name, password):
    rows = query("select salt, hash from account where name = %s", name)
    return bool(rows) and digest(password, rows[0][0]) == rows[0][1]


def administer(verb):
    if verb == "list":
        print("ID   Username Email IsActive IsAdmin 2FA")
        for number, (name, email, admin) in enumerate(query("select name, email, is_admin from account order by name"), 1):
            print("%d    %s    %s true %s false" % (number, name, email, str(admin).lower()))
    elif verb == "create":
        if option("--username").lower() in ("admin", "user", "api"):
            sys.exit("Command error: name is reserved [name: %s]" % option("--username"))
        if not option("--password") and "--random-password" not in words:
            sys.exit("Command error: must set either password or random-password flag")
        query("insert into account values (%s, %s, '', '', %s)", option("--username"), option("--email"), "--admin" in words)
        set_password(option("--username"), option("--password") or secrets.token_hex(8))
        print("New user '%s' has been successfully created!" % option("--username"))
    elif verb == "generate-access-token":
        token = secrets.token_hex(20)
        query("insert into access_token values (%s, %s, %s)", option("--token-name"), option("--username"), token)
        print(token)
    else:
        sys.exit("Command error: unknown command %s" % verb)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/api/healthz":
            query("select 1")
            checks = {name: [{"status": "pass", "time": ""}] for name in ("cache:ping", "database:ping")}
            return self.say(200, {"status": "pass", "description": "stand-in for Gitea", "checks": checks})
        if path == "/metrics":
            return self.say(200, {})
        if path == "/user/login":
            return self.say(200, {"page": "Sign In"})
        if path == "/api/v1/user":
            return self.say(200, {"login": self.basic()}) if self.basic() else self.say(401, {"message": "user does not exist"})
        if self.visitor() is None:
            return self.say(303, {}, [("Location", "/user/login")])
        names = query("select name from repository order by name")
        return self.say(200, {"login": self.visitor(), "repositories": [name for (name,) in names if os.path.isdir(self.folder(name))]})

    def do_POST(self):
        body = self.body()
        if self.path == "/user/login":
            form = dict(urllib.parse.parse_qsl(body))
            if not fits(form.get("user_name", ""), form.get("password", "")):
                return self.say(200, {"page": "Sign In", "error": "Username or password is incorrect."})
            key = secrets.token_hex(8)
            query("insert into session values (%s, %s)", key, form["user_name"])
            root = setting("server", "ROOT_URL")
            secure = "; Secure" if setting("session", "COOKIE_SECURE", str(root.startswith("https://")).lower()) == "true" else ""
            return self.say(303, {}, [("Location", "/"), ("Set-Cookie", "i_like_gitea=%s; Path=/; HttpOnly; SameSite=Lax%s" % (key, secure))])
        owner = self.basic()
        if self.path != "/api/v1/user/repos" or owner is None:
            return self.say(401, {"message": "token is required"})
        name = json.loads(body)["name"]
        query("insert into repository values (%s, %s)", name, owner)
        subprocess.run(["git", "init", "--quiet", "--bare", self.folder(name)], check=True)
        return self.say(201, {"name": name})

    def do_PATCH(self):
        rows = query("select account from access_token where token = %s", self.headers.get("Authorization", "").removeprefix("token "))
        if not rows:
            return self.say(401, {"message": "invalid username, password or token"})
        set_password(self.path.rsplit("/", 1)[1], json.loads(self.body())["password"])
        return self.say(200, {})

    def do_DELETE(self):
        if self.basic() is None:
            return self.say(401, {"message": "invalid username, password or token"})
        query("delete from access_token where account = %s and name = %s", self.basic(), self.path.rsplit("/", 1)[1])
        return self.say(204, None)

    def folder(self, name):
        return os.path.join(setting("repository", "ROOT"), os.path.basename(name) + ".git")

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

    def basic(self):
        kind, _, word = self.headers.get("Authorization", "").partition(" ")
        name, _, password = base64.b64decode(word).decode().partition(":") if kind == "Basic" else ("", "", "")
        return name if fits(name, password) else None

    def visitor(self):
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie", "")).get("i_like_gitea")
        rows = query("select account from session where key = %s", cookie.value) if cookie else []
        return rows[0][0] if rows else None

    def say(self, status, body, headers=()):
        self.send_response(status)
        for name, value in [("Content-Type", "application/json"), *headers]:
            self.send_header(name, value)
        self.end_headers()
        if body is not None:
            self.wfile.write(json.dumps(body, indent=2).encode())

    def log_message(self, *_):
        pass


settings = configparser.ConfigParser(interpolation=None)
with open(option("--config"), encoding="utf-8") as file:
    settings.read_string("[top]\n" + file.read())
refuse_settings()
query(SCHEMA)
if "admin" in words:
    administer(words[words.index("user") + 1])
else:
    ThreadingHTTPServer((setting("server", "HTTP_ADDR"), int(setting("server", "HTTP_PORT"))), Answer).serve_forever()
