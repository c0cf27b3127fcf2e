"""SQLite's own backup call: a copy of one moment of a database that is written to meanwhile."""

import os
import shutil
import sqlite3
import sys
from pathlib import Path

from common import Failure, compare


def versions(_place):
    return {"sqlite": sqlite3.sqlite_version}


def databases(place):
    return {path.name: path for path in map(Path, place.options["databases"])}


def dump(place, folder):
    items = {}
    for name, path in databases(place).items():
        if not path.is_file():
            raise Failure(f"{path} is not there")
        # As its owner: SQLite makes files beside the database, and root's would lock the service out.
        place.command(sys.executable, "-B", __file__, path, folder / name)
        items[name] = {"path": str(path), "mode": path.stat().st_mode & 0o777, "of": "rows", "counts": counts(folder / name)}
    return items


def counts(path):
    """Rows by table of a database that nobody writes to; fails when SQLite finds it damaged."""
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        verdict = database.execute("pragma integrity_check").fetchone()[0]
        if verdict != "ok":
            raise Failure(f"{path} is damaged: {verdict}")
        names = [row[0] for row in database.execute("select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name")]
        rows = {}
        for name in names:
            quoted = name.replace('"', '""')
            try:
                rows[name] = database.execute(f'select count(*) from "{quoted}"').fetchone()[0]
            except sqlite3.OperationalError:
                # A virtual table whose module only the service itself has.
                continue
        return rows
    except sqlite3.DatabaseError as error:
        raise Failure(f"{path}: {error}") from error
    finally:
        database.close()


def check(_place, _folder, _items):
    """Any copy can be put back."""


def present(_place, _name, item):
    path = Path(item["path"])
    return f"{path} of {path.stat().st_size} bytes" if path.exists() else f"{path}, which is not there"


def kept_name(_place, _name, stamp):
    return f"*.before-{stamp}"


def restore(_place, folder, name, item, stamp):
    """Sets what is there aside, with its journal, then renames the dump's copy into place; nothing is ever removed."""
    target = Path(item["path"])
    partial = target.with_name(target.name + ".restoring")
    shutil.copyfile(folder / name, partial)
    partial.chmod(item["mode"])
    owner = (target if target.exists() else target.parent).stat()
    os.chown(partial, owner.st_uid, owner.st_gid)
    compare(name, counts(partial), item)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    aside = target.with_name(f"{target.name}.before-{stamp}")
    for suffix in ("-wal", "-shm", ""):
        there = target.with_name(target.name + suffix)
        if there.exists():
            there.rename(aside.with_name(aside.name + suffix))
    partial.rename(target)


def kept(place):
    return sorted(str(found) for path in databases(place).values() for found in path.parent.glob(f"{path.name}.before-*"))


def drop_kept(_place, name):
    Path(name).unlink()


def copy(source, target):
    live, fresh = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60), sqlite3.connect(target)
    try:
        # One step: the copy is of one moment, whatever is written meanwhile.
        live.backup(fresh, pages=-1)
        fresh.execute("pragma journal_mode = delete")
    finally:
        fresh.close()
        live.close()


if __name__ == "__main__":
    try:
        copy(Path(sys.argv[1]), Path(sys.argv[2]))
    except sqlite3.Error as problem:
        sys.exit(f"{sys.argv[1]}: {problem}")
