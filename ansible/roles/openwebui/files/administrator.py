"""Gives Open WebUI's administrator the password of the secrets; argument: the database. Prints what it changed.

Open WebUI itself reads the password only while there is no account. Like its own change of a password this renews the
stamp of sessions, so that whoever is logged in with the old one is logged out. Mail address and password come in the
environment.
"""

import os
import sqlite3
import sys
import uuid

import bcrypt

email, password = os.environ["WEBUI_ADMIN_EMAIL"].lower(), os.environ["WEBUI_ADMIN_PASSWORD"].encode()
database = sqlite3.connect(sys.argv[1], timeout=30)
row = database.execute("select id, password from auth where email = ?", [email]).fetchone()
if row is None:
    sys.exit("no account has the mail address %s: set openwebui_admin_email to the administrator's" % email)
if not (row[1].startswith("$2") and bcrypt.checkpw(password, row[1].encode())):
    digest = bcrypt.hashpw(password, bcrypt.gensalt()).decode()
    database.execute("update auth set password = ? where id = ?", [digest, row[0]])
    if "session_stamp" in [column[1] for column in database.execute("pragma table_info(auth)")]:
        database.execute("update auth set session_stamp = ? where id = ?", [str(uuid.uuid4()), row[0]])
    database.commit()
    print("password set")
