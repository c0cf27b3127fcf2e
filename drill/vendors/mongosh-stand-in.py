#!/usr/bin/python3
"""Stand-in for mongosh, not the real program: runs the script of --eval in a real JavaScript engine (QuickJS).

Only the methods of `db` are ours; they ask the stand-in for mongod. As with the real one an error of the script ends it
with 1, and the value of its last expression is printed.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile

SHELL = """
import * as std from 'std';
globalThis.process = {env: std.getenviron()};
globalThis.quit = (code) => std.exit(code || 0);
const [to, from] = [std.fdopen(TO, 'w'), std.fdopen(FROM, 'r')];
function ask(command, given) {
  to.puts(JSON.stringify({...given, command}) + '\\n'); to.flush();
  const answer = JSON.parse(from.getline());
  if (answer.error) throw new Error('MongoServerError: ' + answer.error);
  return answer;
}
const collection = (name) => ({
  insertOne: (document) => ask('insert', {collection: name, document}),
  findOne: () => ask('find', {collection: name}).documents[0] ?? null,
});
globalThis.db = new Proxy({
  auth: (user, pwd) => ask('auth', {user, pwd}),
  createUser: (user) => ask('createUser', user),
  updateUser: (user, changes) => ask('updateUser', {user, ...changes}),
  getUser: (user) => ask('usersInfo', {user}).users[0] ?? null,
  runCommand: (command) => ask(Object.keys(command)[0], {}),
  adminCommand: (command) => ask(Object.keys(command)[0], {}),
}, {get: (methods, name) => methods[name] ?? collection(name)});
try { const value = (0, eval)(SCRIPT); if (value !== undefined) print(JSON.stringify(value)); }
catch (error) { std.err.puts(error.message + '\\n'); std.exit(1); }
"""

script, rest = None, []
words = iter(sys.argv[1:])
for word in words:
    if word == "--eval":
        script = next(words)
    elif word.startswith("mongodb://"):
        rest.append(word)
    elif word not in ("--quiet", "--norc"):
        sys.exit("mongosh-stand-in: Error parsing command line: unrecognized option: %s" % word)
address = re.fullmatch(r"mongodb://([^/:]+):(\d+)/\w+", rest[0] if rest else "")
if script is None or not address:
    sys.exit("mongosh-stand-in: needs --eval and mongodb://HOST:PORT/DATABASE")
try:
    link = socket.create_connection((address[1], int(address[2])), 5)
except OSError as error:
    sys.exit("MongoNetworkError: %s" % error)
link.settimeout(None)
head = "const TO = %d, FROM = %d, SCRIPT = %s;\n" % (link.fileno(), link.fileno(), json.dumps(script))
with tempfile.NamedTemporaryFile("w", suffix=".mjs") as file:
    file.write(SHELL.replace("const [to", head + "const [to", 1))
    file.flush()
    sys.exit(subprocess.run(["qjs", "--module", file.name], pass_fds=[link.fileno()], check=False).returncode)
