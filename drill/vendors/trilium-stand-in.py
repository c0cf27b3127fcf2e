#!/usr/bin/python3
"""Stand-in for Trilium's server, not the real program: reads the same environment, and answers what a role asks of it."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

data = os.environ["TRILIUM_DATA_DIR"]
with open(os.path.join(data, "started"), "a", encoding="utf-8") as file:
    file.write("started\n")


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.send_response(302)
            self.send_header("Location", "/setup")
            self.end_headers()
            return
        found = self.path == "/api/health-check"
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"status": "ok", "program": "stand-in"}).encode())

    def log_message(self, *_):
        pass


address = os.environ["TRILIUM_NETWORK_HOST"], int(os.environ["TRILIUM_NETWORK_PORT"])
ThreadingHTTPServer(address, Answer).serve_forever()
