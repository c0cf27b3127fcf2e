"""pg_dump of every database, each in one snapshot with its row counts, and the roles."""

import json
import re
import subprocess

from common import Failure, compare, run_into

# Databases that a restore made or set aside are not dumped again.
ASIDE = re.compile(r".*_(before_\d{8}t\d{12}|restoring)")
ROWS = """select coalesce(json_object_agg(format('%I.%I', table_schema, table_name),
  (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name), false, true, '')))[1]::text::bigint), '{}')
  from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"""
PSQL = ("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1")


def ask(place, statement, database="postgres"):
    return place.command(*PSQL, f"--port={place.options['port']}", "--dbname", database, "--command", statement, cwd="/").strip()


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def name_of(text):
    return '"' + text.replace('"', '""') + '"'


def versions(place):
    return {"server": ask(place, "show server_version"), "pg_dump": place.command("pg_dump", "--version", cwd="/").strip()}


def databases(place):
    listed = json.loads(ask(place, "select json_agg(datname order by datname) from pg_database where datallowconn and not datistemplate"))
    return [name for name in listed if not ASIDE.fullmatch(name)]


def dump(place, folder):
    port = f"--port={place.options['port']}"
    run_into(folder / "globals.sql", "runuser", "-u", place.user, "--", "pg_dumpall", port, "--globals-only", cwd="/")
    return {name: dump_one(place, folder, name, port) for name in databases(place)}


def dump_one(place, folder, name, port):
    """Rows are counted in the very snapshot that pg_dump reads, whatever is written meanwhile."""
    session = subprocess.Popen(["runuser", "-u", place.user, "--", *PSQL, port, "--dbname", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/")
    try:
        session.stdin.write("begin isolation level repeatable read read only;\nselect pg_export_snapshot();\n")
        session.stdin.flush()
        snapshot = session.stdout.readline().strip()
        if not re.fullmatch(r"[0-9A-F-]+", snapshot):
            raise Failure(f"database {name} gave no snapshot")
        file = f"{name}.dump"
        run_into(folder / file, "runuser", "-u", place.user, "--", "pg_dump", port, "--format=custom", f"--snapshot={snapshot}", "--dbname", name, cwd="/")
        session.stdin.write(ROWS + ";\n")
        session.stdin.close()
        counts = json.loads(session.stdout.read())
    finally:
        session.kill()
        session.wait()
    about = json.loads(ask(place, f"""select json_build_object('owner', pg_get_userbyid(datdba), 'encoding', pg_encoding_to_char(encoding), 'collate', datcollate,
      'ctype', datctype) from pg_database where datname = {literal(name)}"""))
    return {"file": file, **about, "of": "rows", "counts": counts}


def exists(place, name):
    return ask(place, f"select count(*) from pg_database where datname = {literal(name)}") == "1"


def check(place, _folder, items):
    """A database in use cannot be renamed: whoever holds it is named before anything is done."""
    names = ", ".join(literal(name) for name in items)
    users = ask(place, f"""select string_agg(distinct format('%s by %s at %s', datname, usename, coalesce(client_addr::text, 'this guest')), ', ')
      from pg_stat_activity where datname in ({names}) and pid <> pg_backend_pid()""")
    place.options["in_use"] = users


def present(place, name, _item):
    if not exists(place, name):
        return "not there"
    counts = json.loads(ask(place, ROWS, name))
    in_use = place.options["in_use"]
    return f"{sum(counts.values())} rows{f' (in use: {in_use}; stop that first)' if in_use else ''}"


def kept_name(_place, name, stamp):
    return f"{name[:34]}_before_{stamp}"


def restore(place, folder, name, item, stamp):
    """Beside the live database first; the two change names in one transaction, and only when all rows are there."""
    fresh = f"{name[:50]}_restoring"
    port = f"--port={place.options['port']}"
    make_role(place, folder, item["owner"])
    place.command("dropdb", port, "--if-exists", "--force", fresh, cwd="/")
    place.command("createdb", port, "--template=template0", "--owner", item["owner"], "--encoding", item["encoding"], "--lc-collate", item["collate"], "--lc-ctype", item["ctype"], fresh, cwd="/")
    with (folder / item["file"]).open("rb") as file:
        place.command("pg_restore", port, "--exit-on-error", "--dbname", fresh, stdin=file, cwd="/")
    compare(name, json.loads(ask(place, ROWS, fresh)), item)
    place.command("vacuumdb", port, "--quiet", "--analyze-only", "--dbname", fresh, cwd="/")
    check(place, folder, {name: item})
    if place.options["in_use"]:
        raise Failure(f"in use: {place.options['in_use']}. Stop that first; the restored database waits as {fresh}, the live one is as it was")
    aside = f"alter database {name_of(name)} rename to {name_of(kept_name(place, name, stamp))};" if exists(place, name) else ""
    ask(place, f"begin; {aside} alter database {name_of(fresh)} rename to {name_of(name)}; commit")


def make_role(place, folder, owner):
    """A role that is gone comes back with its password as it was dumped; one that is there is left alone."""
    if ask(place, f"select count(*) from pg_roles where rolname = {literal(owner)}") == "1":
        return
    word = owner if re.fullmatch(r"[a-z_][a-z0-9_]*", owner) else name_of(owner)
    wanted = (f"CREATE ROLE {word};", f"ALTER ROLE {word} WITH ")
    lines = [line for line in (folder / "globals.sql").read_text(encoding="utf-8").splitlines() if line.startswith(wanted)]
    if not lines:
        raise Failure(f"the dump holds no role {owner}; nothing was changed")
    # By standard input: the line holds the password's hash.
    place.command(*PSQL, f"--port={place.options['port']}", "--dbname", "postgres", input="\n".join(lines) + "\n", cwd="/")


def kept(place):
    listed = json.loads(ask(place, "select coalesce(json_agg(datname order by datname), '[]') from pg_database where not datistemplate"))
    return [name for name in listed if ASIDE.fullmatch(name)]


def drop_kept(place, name):
    place.command("dropdb", f"--port={place.options['port']}", name, cwd="/")
