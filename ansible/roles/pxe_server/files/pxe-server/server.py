"""HTTP service for machines that boot from the network: server.py ADDRESS PORT. What it does not know, it refuses.

GET  /boot.ipxe              first script, for everybody
GET  /boot/MAC.ipxe          installer for an armed machine, local disk for others
GET  /files/INSTALLER/NAME   the installer's files
POST /answer                 answer file for the armed machine with one of the cards in the body, once
GET  /preseed/MAC.cfg        the same for Debian's installer, once
GET  /first-boot             script for the first start of an installed system, for everybody
POST /installed              report of a finished installation, naming its cards the same way; disarms the machine
"""

import json
import re
import shutil
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import arming
import scripts

LARGEST_BODY = 1024 * 1024
POSTED = ("/answer", "/installed")


class Handler(BaseHTTPRequestHandler):
    """One request. Bodies are never logged: answers hold the hash of a password."""

    #: Seconds a silent client may hold a thread.
    timeout = 60
    server_version = "pxe-server"

    def do_GET(self):  # noqa: N802  (the name http.server calls)
        """Scripts, files and preseeds."""
        if self.path == "/boot.ipxe":
            return self._text(scripts.ENTRY)
        if self.path == "/first-boot":
            return self._file(Path(__file__).with_name("first-boot"))
        match = re.fullmatch(r"/boot/([0-9a-f-]{17})\.ipxe", self.path)
        if match:
            return self._boot(match[1])
        match = re.fullmatch(r"/files/(\w+)/([\w.]+)", self.path)
        if match and match[2] in arming.FILES.get(match[1], ()):
            return self._file(Path(arming.config()["bootFolder"]) / match[1] / match[2])
        match = re.fullmatch(r"/preseed/([0-9a-f-]{17})\.cfg", self.path)
        if match:
            return self._answer([arming.normal(match[1])], "debian")
        return self._refuse(HTTPStatus.METHOD_NOT_ALLOWED if self.path in POSTED else HTTPStatus.NOT_FOUND)

    def do_POST(self):  # noqa: N802
        """Answers and reports."""
        if self.path not in POSTED:
            return self._refuse(HTTPStatus.NOT_FOUND)
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,9}", length):
            return self._refuse(HTTPStatus.LENGTH_REQUIRED)
        if int(length) > LARGEST_BODY:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = self.rfile.read(int(length))
        try:
            macs = cards(json.loads(body))
        except (ValueError, TypeError, LookupError, RecursionError):
            return self._refuse(HTTPStatus.BAD_REQUEST)
        if self.path == "/answer":
            return self._answer(macs, "proxmox")
        known = [mac for mac in macs if arming.report(mac, body)]
        if not known:
            return self._refuse(HTTPStatus.NOT_FOUND)
        self.log_message("installed and disarmed: %s", known[0])
        return self._text("")

    def _boot(self, name: str):
        mac = arming.normal(name)
        host = arming.config()["hosts"].get(mac)
        if host is None or not arming.is_armed(mac):
            return self._text(scripts.LOCAL_DISK)
        address, port = self.server.server_address
        return self._text(scripts.installer(host["installer"], f"http://{address}:{port}", name))

    def _answer(self, macs: list[str], installer: str):
        hosts = arming.config()["hosts"]
        for mac in macs:
            if hosts.get(mac, {}).get("installer") == installer:
                answer = arming.take_answer(mac)
                if answer is not None:
                    self.log_message("answer given to %s (%s), no longer armed", mac, hosts[mac]["name"])
                    return self._send(answer, "text/plain; charset=utf-8")
        return self._refuse(HTTPStatus.NOT_FOUND)

    def _file(self, path: Path):
        try:
            source = path.open("rb")
        except OSError:
            return self._refuse(HTTPStatus.NOT_FOUND)
        with source:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(path.stat().st_size))
            self.end_headers()
            shutil.copyfileobj(source, self.wfile, 1024 * 1024)

    def _text(self, text: str):
        return self._send(text.encode(), "text/plain; charset=utf-8")

    def _send(self, body: bytes, kind: str):
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: HTTPStatus):
        self.send_error(status)


def cards(body: dict) -> list[str]:
    """MACs of the cards an installer names: `network_interfaces` when it asks, `network-interfaces` when it reports."""
    found = body["network_interfaces" if "network_interfaces" in body else "network-interfaces"]
    return [mac for mac in (arming.normal(str(card["mac"])) for card in found) if mac]


def main():
    """Serves until stopped."""
    ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()


if __name__ == "__main__":
    main()
