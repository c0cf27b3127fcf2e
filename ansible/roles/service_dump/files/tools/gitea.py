"""gitea dump: repositories, attachments and settings in one archive. Rows come back with the dump of the database server."""

import shutil
import zipfile
from pathlib import Path

from common import Failure, compare, run, run_into, swap_entries

BINARY = "/usr/local/bin/gitea"
SETTINGS = "/etc/gitea/app.ini"
# Folders of the archive, and where they lie below the work path.
FOLDERS = {"repos": "repositories", "data": "data"}


def gitea(place, *words):
    return [place.options.get("binary", BINARY), "--config", SETTINGS, "--work-path", place.volume, *words]


def versions(place):
    return {"gitea": run(place.options.get("binary", BINARY), "--version").strip()}


def dump(place, folder):
    # To standard output: the account itself may not write among the dumps.
    run_into(folder / "gitea.zip", "runuser", "-u", place.user, "--", *gitea(place, "dump", "--type", "zip", "--file", "-", "--skip-log", "--tempdir", folder), cwd=place.volume)
    names = contents(folder / "gitea.zip")
    return {part: {"of": "files", "counts": {**count(names, part)}} for part in FOLDERS}


def contents(path):
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
            if broken:
                raise Failure(f"{path}: {broken} is damaged")
            return [info.filename for info in archive.infolist() if not info.is_dir()]
    except zipfile.BadZipFile as error:
        raise Failure(f"gitea gave no archive: {error}") from error


def count(names, part):
    """Files of each repository, and of each folder of attachments."""
    counts = {}
    for name in names:
        if name.startswith(f"{part}/"):
            owner = "/".join(name.split("/")[1:3]) if part == "repos" else name.split("/")[1]
            counts[owner] = counts.get(owner, 0) + 1
    return counts


def check(_place, _folder, _items):
    """Files can always be put back."""


def present(place, name, _item):
    folder = place.volume / FOLDERS[name]
    return f"{sum(1 for path in folder.rglob('*') if path.is_file()) if folder.is_dir() else 0} files"


def kept_name(place, name, stamp):
    return str(place.volume / f"{FOLDERS[name]}.before-{stamp}")


def restore(place, folder, name, item, stamp):
    home, fresh = place.volume / FOLDERS[name], place.volume / f"{FOLDERS[name]}.restoring"
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o750)
    with zipfile.ZipFile(folder / "gitea.zip") as archive:
        for info in archive.infolist():
            inside = info.filename.removeprefix(f"{name}/")
            if not info.filename.startswith(f"{name}/") or info.is_dir():
                continue
            target = (fresh / inside).resolve()
            if not target.is_relative_to(fresh.resolve()):
                raise Failure(f"{info.filename} of the archive lies outside; nothing was changed")
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
            target.chmod((info.external_attr >> 16) & 0o777 or 0o640)
    compare(name, count([f"{name}/{path.relative_to(fresh)}" for path in fresh.rglob("*") if path.is_file()], name), item)
    run("chown", "-R", f"{place.user}:", fresh)
    home.mkdir(exist_ok=True)
    swap_entries(home, fresh, Path(kept_name(place, name, stamp)), lambda _entry: False)


def kept(place):
    return sorted(str(path) for folder in FOLDERS.values() for path in place.volume.glob(f"{folder}.before-*"))


def drop_kept(_place, name):
    shutil.rmtree(name)
