"""document_exporter of what the database knows of documents; the documents themselves never change and lie in the snapshot."""

import json
from collections import Counter
from pathlib import Path

from common import Failure, unit_property

UNIT = "paperless-webserver.service"


def manage(place, *words):
    """manage.py of the version that runs, as its account."""
    source = Path(unit_property(UNIT, "WorkingDirectory"))
    python = source.parent / ".venv" / "bin" / "python3"
    return place.command("env", "PAPERLESS_CONFIGURATION_PATH=/etc/paperless-ngx/paperless.conf", python, "manage.py", *words, cwd=source)


def versions(place):
    return {"paperless-ngx": (place.volume / "version").read_text(encoding="utf-8").strip()}


def dump(place, folder):
    target = folder / "export"
    place.command("mkdir", target)
    manage(place, "document_exporter", "--data-only", "--no-progress-bar", target)
    path = target / "manifest.json"
    if not path.is_file():
        raise Failure("document_exporter wrote no manifest.json")
    records = Counter(record["model"] for record in json.loads(path.read_text(encoding="utf-8")))
    return {"export": {"of": "records", "counts": dict(sorted(records.items()))}}


def check(_place, folder, _items):
    raise Failure(
        f"an export is for an empty house: there it comes back with document_importer --data-only {folder}/export. Here rows come back with the dump of "
        "the database server, and documents with the volume: make restore SERVICE=paperless-ngx. Nothing was changed",
    )


def kept(_place):
    return []
