#!/usr/bin/python3
"""One request of a browser: browser.py JAR, the request as JSON on standard input, the answer as JSON on standard output.

JAR keeps the cookies between requests, by the rules of RFC 6265: one that is Secure does not go out over plain http.
"""

import http.cookiejar
import json
import os
import socket
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

jar = http.cookiejar.LWPCookieJar(sys.argv[1])
if os.path.exists(sys.argv[1]):
    jar.load(ignore_discard=True)
ask = json.load(sys.stdin)
# Names that the DNS server of the LAN would know, and the one authority that this browser trusts.
names, real = ask.get("names", {}), socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **most: real(names.get(host, host), *more, **most)
trust = ssl.create_default_context(cafile=ask.get("authority"))
data, headers = None, ask.get("headers", {})
if "form" in ask:
    data = urllib.parse.urlencode(ask["form"]).encode()
elif "json" in ask:
    data, headers = json.dumps(ask["json"]).encode(), {"Content-Type": "application/json", **headers}
elif "text" in ask:
    data = ask["text"].encode()
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), urllib.request.HTTPSHandler(context=trust))
try:
    answer = opener.open(urllib.request.Request(ask["url"], data=data, headers=headers), timeout=30)
except urllib.error.HTTPError as error:
    answer = error
body = answer.read().decode(errors="replace")
jar.save(ignore_discard=True)
json.dump({"status": answer.status, "url": answer.url, "body": body, "cookies": [{"name": each.name, "secure": each.secure} for each in jar]}, sys.stdout)
