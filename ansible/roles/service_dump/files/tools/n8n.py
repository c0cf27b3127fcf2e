"""n8n's own export of workflows and credentials. Credentials stay encrypted; the dump names the key that opens them."""

import hashlib
import json
import shlex
from pathlib import Path

from common import Failure, run, unit_property

UNIT = "n8n.service"
PARTS = {"workflows": "workflow", "credentials": "credentials"}


def program(place, *words):
    """The n8n that runs, with its unit's environment, as its account."""
    start = unit_property(UNIT, "ExecStart").split("path=", 1)[1].split(" ;", 1)[0]
    path = unit_property(UNIT, "Environment").removeprefix("PATH=")
    return place.command("env", f"PATH={path}", start, *words, env=environment(place), cwd=place.volume)


def environment(place):
    """From the unit's own file: the database's password and the key never stand in a command line."""
    lines = Path(place.options["environment_file"]).read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name: shlex.split(value)[0] if value[:1] in "'\"" and value else value for name, value in pairs.items()} | {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


def key_print(place):
    key = environment(place).get("N8N_ENCRYPTION_KEY", "")
    if not key:
        raise Failure(f"{place.options['environment_file']} names no N8N_ENCRYPTION_KEY: its credentials could never be opened again")
    return hashlib.sha256(key.encode()).hexdigest()


def versions(place):
    return {"n8n": program(place, "--version").strip().splitlines()[-1]}


def dump(place, folder):
    items = {}
    for name, word in PARTS.items():
        file = folder / f"{name}.json"
        items[name] = {"of": name, "key": key_print(place), "counts": {"exported": len(export(place, word, file))}}
    return items


def export(place, word, file):
    # Without any, n8n ends with an error and writes no file.
    try:
        program(place, f"export:{word}", "--all", f"--output={file}")
    except Failure as failure:
        if "No workflows found" not in str(failure) and "No credentials found" not in str(failure):
            raise
        file.write_text("[]", encoding="utf-8")
    file.chmod(0o600)
    return json.loads(file.read_text(encoding="utf-8"))


def check(place, folder, items):
    mine = key_print(place)
    for name, item in items.items():
        if item["key"] != mine:
            raise Failure(f"{name} of {folder.name} were encrypted with another key than this guest has: set 'n8n_encryption_key' to that one first; nothing was changed")


def present(_place, _name, item):
    return f"what is there, of which {item['of']} of the same id"


def kept_name(place, name, stamp):
    return str(place.dumps / f"{name}.before-{stamp}.json")


def restore(place, folder, name, item, stamp):
    """What has the same id is replaced, what is newer stays; all that was there is exported first."""
    word, aside = PARTS[name], Path(kept_name(place, name, stamp))
    wanted = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    handed = place.volume / f".{name}.restoring.json"
    export(place, word, handed)
    handed.rename(aside)
    handed.write_text(json.dumps(wanted), encoding="utf-8")
    run("chown", f"{place.user}:", handed)
    if wanted:
        program(place, f"import:{word}", f"--input={handed}")
    there = {entry["id"] for entry in export(place, word, handed)}
    handed.unlink()
    missing = [entry["id"] for entry in wanted if entry["id"] not in there]
    if missing:
        raise Failure(f"{len(missing)} of {item['counts']['exported']} {name} did not come back, first {missing[0]}")


def kept(place):
    return sorted(str(path) for path in place.dumps.glob("*.before-*.json"))


def drop_kept(_place, name):
    Path(name).unlink()
