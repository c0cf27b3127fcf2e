#!/usr/bin/python3
"""Stand-in for Jenkins, not the real program: its settings, start-up script, plug-ins, accounts and log-in, without anything that builds.

What the script in init.groovy.d does is understood by the classes that it names, as nothing here runs Groovy.
"""

import base64
import glob
import hashlib
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import urllib.parse
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

home = os.environ["JENKINS_HOME"]
sessions = {}


def require_java():
    """The real launcher refuses a Java that its war does not run on."""
    try:
        said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        sys.exit("jenkins: failed to find a valid Java installation")
    if int(re.search(r'version "(\d+)', said).group(1)) < 21:
        sys.exit("Running with an older version than the minimum required version (Java 21)")


def digest(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 1000).hex()


def account(name):
    return os.path.join(home, "users", os.path.basename(name), "config.json")


def fits(name, password):
    if not os.path.exists(account(name)):
        return False
    with open(account(name), encoding="utf-8") as file:
        kept = json.load(file)
    return kept["hash"] == digest(password, kept["salt"])


def set_password(name, password):
    os.makedirs(os.path.dirname(account(name)), exist_ok=True)
    salt = secrets.token_hex(8)
    with open(account(name), "w", encoding="utf-8") as file:
        json.dump({"salt": salt, "hash": digest(password, salt)}, file)


def run_scripts():
    """Effect of init.groovy.d: whether strangers are shut out, and the agents' port."""
    text = "".join(open(path, encoding="utf-8").read() for path in sorted(glob.glob(os.path.join(home, "init.groovy.d", "*.groovy"))))
    name, password = os.environ.get("HOMELAB_ADMIN_USER"), os.environ.get("HOMELAB_ADMIN_PASSWORD")
    if "createAccount" in text and "fromPlainPassword" in text and not fits(name, password):
        set_password(name, password)
    if "slaveAgentPort" in text and int(os.environ["HOMELAB_AGENT_PORT"]) > 0:
        link = socket.create_server((os.environ["JENKINS_LISTEN_ADDRESS"], int(os.environ["HOMELAB_AGENT_PORT"])))
        threading.Thread(target=lambda: [each[0].close() for each in iter(link.accept, None)], daemon=True).start()
    return "FullControlOnceLoggedInAuthorizationStrategy" in text and "allowAnonymousRead = false" in text


def plugins():
    """Plug-ins with whether they were loaded: one whose dependency is missing is not."""
    found = {}
    for path in glob.glob(os.path.join(home, "plugins", "*.[hj]pi")):
        with zipfile.ZipFile(path) as archive:
            lines = archive.read("META-INF/MANIFEST.MF").decode().splitlines()
        found[os.path.basename(path)[:-4]] = dict(line.split(": ", 1) for line in lines if ": " in line)
    needs = {name: [need.split(":")[0] for need in about.get("Plugin-Dependencies", "").split(",") if need] for name, about in found.items()}
    return [{"shortName": name, "version": about["Plugin-Version"], "active": all(need in found for need in needs[name])} for name, about in sorted(found.items())]


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/login":
            return self.say(200, "<title>Sign in - Jenkins (stand-in)</title>" if "runSetupWizard=false" in os.environ["JAVA_OPTS"] else "<title>Unlock Jenkins</title>")
        if self.user() is None and closed:
            return self.say(403, "Authentication required")
        if path == "/api/json":
            return self.say(200, json.dumps({"jobs": [{"name": name} for name in sorted(os.listdir(os.path.join(home, "jobs")))], "user": self.user()}))
        if path == "/crumbIssuer/api/json":
            return self.say(200, json.dumps({"crumbRequestField": "Jenkins-Crumb", "crumb": self.crumb()}))
        if path == "/pluginManager/api/json":
            return self.say(200, json.dumps({"plugins": loaded}))
        return self.say(404, "")

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if url.path == "/j_spring_security_check":
            form = dict(urllib.parse.parse_qsl(body))
            if not fits(form.get("j_username", ""), form.get("j_password", "")):
                return self.say(302, "", [("Location", "/loginError")])
            session = "node0%s" % secrets.token_hex(8)
            sessions[session] = form["j_username"]
            return self.say(302, "", [("Location", "http://%s/login" % self.headers["Host"]), ("Set-Cookie", "JSESSIONID.stand-in=%s; Path=/; HttpOnly; SameSite=Lax" % session)])
        if self.user() is None:
            return self.say(403, "Authentication required")
        if self.headers.get("Jenkins-Crumb") != self.crumb():
            return self.say(403, "No valid crumb was included in the request")
        name = os.path.basename(dict(urllib.parse.parse_qsl(url.query)).get("name", ""))
        if url.path != "/createItem" or not name:
            return self.say(404, "")
        os.makedirs(os.path.join(home, "jobs", name))
        with open(os.path.join(home, "jobs", name, "config.xml"), "w", encoding="utf-8") as file:
            file.write(body)
        return self.say(200, "")

    def session(self):
        found = re.search(r"JSESSIONID\.stand-in=(\w+)", self.headers.get("Cookie", ""))
        return found.group(1) if found else ""

    def user(self):
        kind, _, word = self.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            name, _, password = base64.b64decode(word).decode().partition(":")
            return name if fits(name, password) else None
        return sessions.get(self.session())

    def crumb(self):
        return hashlib.sha256(self.session().encode()).hexdigest()

    def say(self, status, text, headers=()):
        self.send_response(status)
        kind = "application/json;charset=utf-8" if text.startswith("{") else "text/html;charset=utf-8"
        for name, value in [("X-Jenkins", "stand-in"), ("Content-Type", kind), *headers]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


require_java()
os.makedirs(os.path.join(home, "jobs"), exist_ok=True)
loaded = plugins()
closed = run_scripts()
server = ThreadingHTTPServer((os.environ["JENKINS_LISTEN_ADDRESS"], int(os.environ["JENKINS_PORT"])), Answer)
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
    link.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"].replace("@", "\0", 1))
server.serve_forever()
