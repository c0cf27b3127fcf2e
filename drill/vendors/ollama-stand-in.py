#!/usr/bin/python3
"""Stand-in for Ollama, not the real program: reads the same environment, and lists what lies in its folder of models."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

if sys.argv[1:] != ["serve"]:
    sys.exit("ollama-stand-in: knows 'serve' only")
models = os.environ["OLLAMA_MODELS"]
os.makedirs(os.path.join(models, "blobs"), exist_ok=True)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {"/api/version": {"version": "stand-in"}, "/api/tags": {"models": sorted(os.listdir(os.path.join(models, "blobs")))}}
        self.send_response(200 if self.path in answers else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answers.get(self.path)).encode())

    def log_message(self, *_):
        pass


host, _, port = os.environ["OLLAMA_HOST"].partition(":")
ThreadingHTTPServer((host, int(port)), Answer).serve_forever()
