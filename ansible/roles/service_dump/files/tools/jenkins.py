"""Jenkins' home without what it makes again. It writes its files beside and renames them, so each one is whole."""

import shutil
from pathlib import Path

from common import Failure, compare, run, swap_entries

# Made again by Jenkins, or no part of its home.
AGAIN = ("dumps", "lost+found", "workspace", "caches", "war", "logs", "tmp", ".cache", ".java", ".lock")


def versions(_place):
    return {"jenkins": run("dpkg-query", "--show", "--showformat=${Version}", "jenkins").strip()}


def dump(place, folder):
    left_out = [f"--exclude=./{name}" for name in AGAIN] + ["--exclude=./.before-*", "--exclude=./.restoring"]
    # 1: a log grew while it was read.
    run("tar", "--create", "--zstd", "--file", folder / "home.tar.zst", "--numeric-owner", *left_out, "--directory", place.volume, ".", codes=(0, 1))
    names = run("tar", "--list", "--zstd", "--file", folder / "home.tar.zst").splitlines()
    counts = count([name.removeprefix("./") for name in names])
    if not counts["settings"]:
        raise Failure(f"{place.volume} is no home of Jenkins: it has no config.xml")
    return {"home": {"of": "settings, jobs, builds, plug-ins and credentials", "counts": counts}}


def count(names):
    parts = [name.split("/") for name in names]
    return {
        "settings": sum(1 for part in parts if len(part) == 1 and part[0].endswith(".xml")),
        "jobs": sum(1 for part in parts if part[0] == "jobs" and part[-1] == "config.xml" and len(part) % 2 == 1),
        "builds": sum(1 for part in parts if part[0] == "jobs" and part[-1] == "build.xml"),
        "plugins": sum(1 for part in parts if part[0] == "plugins" and len(part) == 2 and part[1].endswith((".jpi", ".hpi"))),
        "secrets": sum(1 for part in parts if part[0] == "secrets" and len(part) > 1 and part[-1] != ""),
    }


def files_below(folder):
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def check(_place, _folder, _items):
    """Files can always be put back."""


def present(place, _name, _item):
    counts = count(files_below(place.volume))
    return f"{counts['jobs']} jobs, {counts['builds']} builds"


def kept_name(place, _name, stamp):
    return str(place.volume / f".before-{stamp}")


def restore(place, folder, name, item, stamp):
    fresh = place.volume / ".restoring"
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o750)
    run("tar", "--extract", "--zstd", "--file", folder / "home.tar.zst", "--same-owner", "--numeric-owner", "--directory", fresh)
    compare(name, count(files_below(fresh)), item)
    swap_entries(place.volume, fresh, Path(kept_name(place, name, stamp)), lambda entry: entry in ("dumps", "lost+found") or entry.startswith(".before-"))


def kept(place):
    return sorted(str(path) for path in place.volume.glob(".before-*"))


def drop_kept(_place, name):
    shutil.rmtree(name)
