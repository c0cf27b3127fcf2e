"""Which machines are armed. One file for each, named by its MAC; moving the file is the whole of every change.

A machine is `armed` until it fetches its answer or the time is up, then `answered` until its installer reports, then
`installed`. The file in armed/ is what dnsmasq reads, so its content is a line of dnsmasq's.
"""

import json
import os
import re
import stat
import time
from pathlib import Path

CONFIG = Path(os.environ.get("PXE_SERVER_CONFIG", "/etc/pxe-server/config.json"))
ANSWERS = Path(os.environ.get("PXE_SERVER_ANSWERS", "/etc/pxe-server/answers"))
STATE = Path(os.environ.get("PXE_SERVER_STATE", "/var/lib/pxe-server"))

#: Files an installer is made of, in folders of the same name under the boot folder.
FILES = {"proxmox": ("vmlinuz", "initrd.img", "proxmox.iso"), "debian": ("linux", "initrd.gz")}


class Refusal(Exception):
    """Why something was not done, in words for people."""


def config() -> dict:
    """The configuration as it is now: bootFolder, armMinutes, hosts by MAC."""
    if not CONFIG.exists():
        raise Refusal(f"there is no {CONFIG}; run the role pxe_server to its end")
    return json.loads(CONFIG.read_text(encoding="utf-8"))


def normal(mac: str) -> str:
    """Lower case with colons, from any usual spelling; empty when it is no MAC."""
    digits = re.sub(r"[:.\-]", "", mac.strip().lower())
    return ":".join(re.findall("..", digits)) if re.fullmatch(r"[0-9a-f]{12}", digits) else ""


def file_of(folder: str, mac: str) -> Path:
    """The machine's file in armed, answered, reports or drafts."""
    return STATE / folder / mac.replace(":", "-")


def become_the_service() -> None:
    """Root gives its rights up for good: in folders of the service's user it would go where that user leads it."""
    folder = (STATE / "armed").lstat()
    if not stat.S_ISDIR(folder.st_mode):
        raise Refusal(f"{STATE / 'armed'} is no folder; run the role pxe_server to its end")
    if os.geteuid() == 0 and folder.st_uid != 0:
        os.setgroups([])
        os.setgid(folder.st_gid)
        os.setuid(folder.st_uid)


def write_draft(mac: str, content: bytes) -> Path:
    """A new file, to be moved to where it counts. What stood there, a link above all, is removed and not followed."""
    draft = file_of("drafts", mac)
    draft.unlink(missing_ok=True)
    with draft.open("xb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(content)
    return draft


def is_armed(mac: str) -> bool:
    """Whether the machine is armed and its time is not up."""
    try:
        armed_at = file_of("armed", mac).stat().st_mtime
    except FileNotFoundError:
        return False
    return time.time() - armed_at < config()["armMinutes"] * 60


def state_of(mac: str) -> tuple[str, float]:
    """State in one word and the time since when, 0 when it never was anything."""
    if is_armed(mac):
        return "armed", file_of("armed", mac).stat().st_mtime
    for state, folder in (("expired", "armed"), ("answered", "answered"), ("installed", "reports")):
        if file_of(folder, mac).exists():
            return state, file_of(folder, mac).stat().st_mtime
    return "-", 0


def arm(mac: str) -> None:
    """Arms a machine for one installation, from now on and for the configured time."""
    host = config()["hosts"].get(mac)
    if host is None:
        known = ", ".join(config()["hosts"]) or "none"
        raise Refusal(f"machine '{mac}' is not known (known: {known}); add it to pxe_server_hosts and run the role")
    folder = Path(config()["bootFolder"]) / host["installer"]
    missing = [str(folder / name) for name in FILES[host["installer"]] if not (folder / name).is_file()]
    if missing:
        raise Refusal(f"files of the installer are missing: {', '.join(missing)}; see the README of the role pxe_server")
    draft = write_draft(mac, f"{mac},set:armed\n".encode())
    file_of("answered", mac).unlink(missing_ok=True)
    draft.rename(file_of("armed", mac))


def disarm(mac: str) -> None:
    """Takes back an arming in whatever state it is. No error when there is none."""
    file_of("armed", mac).unlink(missing_ok=True)
    file_of("answered", mac).unlink(missing_ok=True)


def take_answer(mac: str) -> bytes | None:
    """The machine's answer, once: None when it is not armed, and for everybody after the first."""
    if not is_armed(mac):
        return None
    answer = (ANSWERS / mac.replace(":", "-")).read_bytes()
    try:
        file_of("armed", mac).rename(file_of("answered", mac))
    except FileNotFoundError:
        return None
    os.utime(file_of("answered", mac))
    return answer


def report(mac: str, body: bytes) -> bool:
    """Keeps what the installer reported and disarms. False when nobody waits for a report of this machine.

    A machine that never fetched its answer counts too: it was installed another way and must not be installed again.
    """
    if not file_of("answered", mac).exists() and not file_of("armed", mac).exists():
        return False
    write_draft(mac, body).rename(file_of("reports", mac))
    disarm(mac)
    return True
