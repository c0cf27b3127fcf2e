#!/usr/bin/python3
"""Inside a container: an index of the form of PyPI for the wheels of a folder, on loopback: python-index.py FOLDER PORT

The form is the JSON of PEP 691, which alone says when a file was published: an installer that takes nothing newer than a
day asks for that. Here everything was published on the same old day.
"""

import hashlib
import json
import os
import re
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

PUBLISHED = "2026-01-01T00:00:00Z"


class Index(SimpleHTTPRequestHandler):
    def do_GET(self):
        asked = re.fullmatch(r"/simple/([^/]+)/", self.path)
        if not asked:
            return super().do_GET()
        wheels = [file for file in sorted(os.listdir(self.directory)) if project(file) == asked[1]]
        if not wheels:
            return self.send_error(404)
        page = {"meta": {"api-version": "1.1"}, "name": asked[1], "versions": [], "files": [self.entry(file) for file in wheels]}
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.pypi.simple.v1+json")
        self.end_headers()
        self.wfile.write(json.dumps(page).encode())

    def entry(self, file):
        path = os.path.join(self.directory, file)
        with open(path, "rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        return {"filename": file, "url": "/" + file, "hashes": {"sha256": digest}, "upload-time": PUBLISHED, "size": os.path.getsize(path)}


def project(file):
    return re.sub(r"[-_.]+", "-", file.split("-")[0]).lower()


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), partial(Index, directory=sys.argv[1])).serve_forever()
