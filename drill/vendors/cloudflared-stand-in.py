#!/usr/bin/python3
"""Stand-in for cloudflared, not the real program: checks the real config.yml and token, and answers as a connector that reached Cloudflare."""

import base64
import binascii
import json
import os
import re
import socket
import sys
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import yaml


def fault(rules):
    """What is wrong with the ingress rules, in the words of the real program's documentation."""
    if not rules:
        return "The config file doesn't contain any ingress rules"
    for number, rule in enumerate(rules, 1):
        host, service = rule.get("hostname", ""), rule.get("service", "")
        if ":" in host:
            return "Hostname cannot contain a port"
        if host.rfind("*") > 0 or host == "*." or host.startswith("*") and not host.startswith("*."):
            return 'Hostname patterns can have at most one wildcard character ("*") and it can only be used for subdomains'
        last, everything = number == len(rules), not host and not rule.get("path")
        if last and not everything:
            return "The last ingress rule must match all URLs (i.e. it should not have a hostname or path filter)"
        if everything and not last:
            return "Rule #%d is matching the hostname '', but this will match every hostname" % number
        if re.fullmatch(r"http_status:[1-9]\d\d", service):
            continue
        url = urllib.parse.urlsplit(service)
        if not url.scheme or not url.hostname:
            return "%s is an invalid address, please make sure it has a scheme and a hostname" % service
        if url.path:
            return "%s is an invalid address, ingress rules don't support proxying to a different path on the origin service" % service
        pool = rule.get("originRequest", {}).get("caPool")
        if pool and not os.path.exists(pool):
            return "loading CA pool: open %s: no such file or directory" % pool
    return None


def read_token(text):
    """Account, tunnel and secret of a token; exits as the real program does when it is none."""
    try:
        token = json.loads(base64.b64decode(text, validate=True))
        base64.b64decode(token["s"], validate=True)
        return token["a"], uuid.UUID(token["t"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        sys.exit("Provided Tunnel token is not valid.")


def option(name):
    """Value of an option, wherever it stands."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def notify(state):
    """Tells systemd, as a service of Type=notify must."""
    path = os.environ.get("NOTIFY_SOCKET")
    if path:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.sendto(state.encode(), path.replace("@", "\0", 1) if path.startswith("@") else path)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/ready":
            return self.say({"status": 200, "readyConnections": 4, "connectorId": "00000000-0000-0000-0000-000000000000", "program": "stand-in"})
        if self.path == "/config":
            return self.say({"version": 0, "config": {"ingress": settings["ingress"]}})
        if self.path == "/metrics":
            return self.say("cloudflared_tunnel_ha_connections 4\n")
        self.send_error(404)

    def say(self, body):
        self.send_response(200)
        self.end_headers()
        self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

    def log_message(self, *_):
        pass


with open(option("--config"), encoding="utf-8") as file:
    settings = yaml.safe_load(file) or {}
wrong = fault(settings.get("ingress"))
if sys.argv[-2:] == ["ingress", "validate"]:
    print("Validating rules from %s" % option("--config"))
    sys.exit("Validation failed: %s" % wrong if wrong else print("OK"))
if wrong:
    sys.exit(wrong)
if not os.environ.get("TUNNEL_TOKEN"):
    sys.exit('"cloudflared tunnel run" requires the ID or name of the tunnel to run as the last command line argument or in the configuration file.')
read_token(os.environ["TUNNEL_TOKEN"])
host, port = option("--metrics").split(":")
server = ThreadingHTTPServer((host, int(port)), Answer)
notify("READY=1")
server.serve_forever()
