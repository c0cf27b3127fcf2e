"""Asks a health question of the definition where this program runs: inside a guest's network. Prints what came, exit code 0 is well."""

import json
import re
import socket
import ssl
import sys
import urllib.error
import urllib.request


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is not followed, since it is another page that answers then."""

    def redirect_request(self, *_):
        return None


def squeezed(text):
    return re.sub(r"\s+", "", text)


def ask(question, address):
    """What is wrong, or nothing."""
    if question["kind"] == "tcp":
        socket.create_connection((address, question["port"]), 10).close()
        return None
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(Stay, urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unchecked))
    with opener.open(f"{question['kind']}://{address}:{question['port']}{question['path']}", timeout=10) as answer:
        text = answer.read(256 * 1024).decode(errors="replace")
        if answer.status != 200:
            return f"status {answer.status}"
    expected = question.get("expect")
    return None if expected is None or squeezed(expected) in squeezed(text) else f"expected '{expected}', got '{text[:160]}'"


if __name__ == "__main__":
    try:
        problem = ask(json.loads(sys.argv[1]), sys.argv[2])
    except urllib.error.HTTPError as error:
        problem = f"status {error.code}"
    except (OSError, ValueError) as error:
        problem = str(error)
    sys.exit(problem)
