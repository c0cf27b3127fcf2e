"""/cluster/backup: scheduled backup jobs, kept as jobs.cfg keeps them but in JSON."""

from core import state
from core.arguments import OUTPUT, Command, Parameter, Refusal

TEXT = Parameter()
FLAG = Parameter("flag")
JOB = {
    "all": FLAG, "bwlimit": Parameter("whole", minimum=0), "comment": Parameter(pattern=r".{0,512}"),
    "compress": Parameter(choices=("0", "1", "gzip", "lzo", "zstd")), "dow": TEXT, "dumpdir": TEXT, "enabled": FLAG,
    "exclude": TEXT, "exclude-path": TEXT, "fleecing": TEXT, "ionice": Parameter("whole", minimum=0, maximum=8),
    "lockwait": Parameter("whole", minimum=0), "mailnotification": Parameter(choices=("always", "failure")), "mailto": TEXT,
    "mode": Parameter(choices=("snapshot", "suspend", "stop")), "node": TEXT, "notes-template": Parameter(pattern=r"(?s).{0,1024}"),
    "notification-mode": Parameter(choices=("auto", "legacy-sendmail", "notification-system")), "performance": TEXT,
    "pigz": Parameter("whole"), "pool": TEXT, "protected": FLAG, "prune-backups": TEXT, "quiet": FLAG, "remove": FLAG,
    "repeat-missed": FLAG, "schedule": Parameter(pattern=r".{1,128}"), "script": TEXT, "starttime": Parameter(pattern=r"\d{1,2}:\d{1,2}"),
    "stdexcludes": FLAG, "stopwait": Parameter("whole", minimum=0), "storage": TEXT, "tmpdir": TEXT, "vmid": TEXT, "zstd": Parameter("whole"),
}
JOB_NAME = Parameter(pattern=r"[A-Za-z][A-Za-z0-9\-_]+")


def _jobs() -> dict:
    return state.load("backup-jobs", {})


def job_list(_):
    return [_answer(name, job) for name, job in sorted(_jobs().items())]


def job_get(values):
    if values["job"] not in _jobs():
        raise Refusal(f"No such job '{values['job']}'")
    return _answer(values["job"], _jobs()[values["job"]])


def _answer(name: str, job: dict) -> dict:
    """What the API says of a job: the retention, text in the file, is an object there."""
    answer = {"id": name, "type": "vzdump", **job}
    if "prune-backups" in job:
        answer["prune-backups"] = dict(entry.split("=", 1) for entry in job["prune-backups"].split(","))
    return answer


def job_create(values):
    jobs = _jobs()
    name = values.pop("id", f"backup-{len(jobs)}")
    if name in jobs:
        raise Refusal(f"Job '{name}' already exists")
    state.save("backup-jobs", {**jobs, name: {"enabled": 1, **values}})


def job_set(values):
    jobs = _jobs()
    name = values.pop("job")
    if name not in jobs:
        raise Refusal(f"No such job '{name}'")
    removed = values.pop("delete", "").split(",")
    kept = {key: value for key, value in jobs[name].items() if key not in removed}
    state.save("backup-jobs", {**jobs, name: {**kept, **values}})


def job_delete(values):
    jobs = _jobs()
    if jobs.pop(values["job"], None) is None:
        raise Refusal(f"No such job '{values['job']}'")
    state.save("backup-jobs", jobs)


ROUTES = [
    ("get", "/cluster/backup", Command(job_list, options=OUTPUT)),
    ("create", "/cluster/backup", Command(job_create, options={"id": JOB_NAME, **JOB, **OUTPUT})),
    ("get", "/cluster/backup/{job}", Command(job_get, options=OUTPUT)),
    ("set", "/cluster/backup/{job}", Command(job_set, options={"delete": TEXT, **JOB, **OUTPUT})),
    ("delete", "/cluster/backup/{job}", Command(job_delete, options=OUTPUT, destructive=True)),
]
