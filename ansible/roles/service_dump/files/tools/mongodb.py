"""mongodump of all databases. A server that is no replica set has no moment: what changed meanwhile is not counted."""

import json
import os
from pathlib import Path

from common import Failure, compare, run, run_into

COUNT = """db = db.getSiblingDB('admin'); db.auth(process.env.MONGODB_USER, process.env.MONGODB_PASSWORD); const found = {};
for (const { name } of db.adminCommand({ listDatabases: 1 }).databases) if (!['admin', 'local', 'config'].includes(name)) {
  const one = db.getSiblingDB(name); found[name] = {};
  for (const { name: of } of one.getCollectionInfos({ type: 'collection' })) if (!of.startsWith('system.')) found[name][of] = one.getCollection(of).countDocuments({});
} print(JSON.stringify(found))"""


def shell(place, script, **more):
    """The shell reads user and password from its environment, so that they are in no list of processes."""
    options = place.options
    environment = {**os.environ, "MONGODB_USER": options["admin_user"], "MONGODB_PASSWORD": options["password"], **more}
    return run("mongosh", "--quiet", "--norc", f"mongodb://127.0.0.1:{options['port']}/admin", "--eval", script, env=environment)


def counts(place):
    return json.loads(shell(place, COUNT).strip().splitlines()[-1])


def login(place):
    """Arguments that let the database tools in; the password stands in a file that root alone reads, in memory."""
    path = Path(place.options.get("runtime", "/run")) / "service-dump-mongodb.yaml"
    path.touch(mode=0o600)
    path.write_text(f"password: {json.dumps(place.options['password'])}\n", encoding="utf-8")
    return [f"--config={path}", "--host=127.0.0.1", f"--port={place.options['port']}", f"--username={place.options['admin_user']}", "--authenticationDatabase=admin", "--quiet"]


def versions(_place):
    return {name: run(name, "--version").splitlines()[0].strip() for name in ("mongod", "mongodump")}


def dump(place, folder):
    before = counts(place)
    run_into(folder / "all.archive.gz", "mongodump", *login(place), "--archive", "--gzip")
    after = counts(place)
    same = {name: {of: count for of, count in found.items() if after.get(name, {}).get(of) == count} for name, found in before.items()}
    return {name: {"of": "documents", "counts": found} for name, found in same.items()}


def check(_place, _folder, _items):
    """A database can be replaced while clients are connected; who uses it is stopped by whoever asked for the restore."""


def present(place, name, _item):
    return f"{sum(counts(place).get(name, {}).values())} documents"


def kept_name(place, name, stamp):
    return str(place.dumps / f"{name}.before-{stamp}.archive.gz")


def restore(place, folder, name, item, stamp):
    """MongoDB cannot rename a database, so what is there is dumped first; only then is it dropped."""
    aside = Path(kept_name(place, name, stamp))
    run_into(aside, "mongodump", *login(place), f"--db={name}", "--archive", "--gzip")
    if aside.stat().st_size == 0:
        raise Failure(f"what is there could not be kept as {aside}; nothing was changed")
    shell(place, "db.auth(process.env.MONGODB_USER, process.env.MONGODB_PASSWORD); db.getSiblingDB(process.env.MONGODB_DATABASE).dropDatabase()", MONGODB_DATABASE=name)
    with (folder / "all.archive.gz").open("rb") as file:
        run("mongorestore", *login(place), "--archive", "--gzip", f"--nsInclude={name}.*", stdin=file)
    compare(name, counts(place).get(name, {}), item)


def kept(place):
    return sorted(str(path) for path in place.dumps.glob("*.before-*.archive.gz"))


def drop_kept(_place, name):
    Path(name).unlink()
