#!/usr/bin/python
"""Reads what the disks and ZFS of this host say, and changes nothing."""

from __future__ import annotations

import json
import os
import re

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: zfs_setup_probe
short_description: Read pools, ZFS labels and disks of a host without changing anything
description:
  - Lists imported pools, importable pools, and for each given serial number the disk behind it with everything
    that stands on it. Runs only commands that read.
author: homelab
options:
  serials:
    description: Serial numbers (ID_SERIAL_SHORT) of the disks to describe.
    type: list
    elements: str
    default: []
  device_dir:
    description: Directory in which pools are looked for.
    type: path
    default: /dev/disk/by-id
"""

EXAMPLES = r"""
- name: Read what the disks say
  zfs_setup_probe:
    serials: [WD-WCC4N0000000]
  register: zfs_setup_probe_result
"""

RETURN = r"""
hostid:
  description: Host id of the running system as a number.
  type: int
  returned: always
imported:
  description: Imported pools by name, each with its guid and health.
  type: dict
  returned: always
importable:
  description: Pools that C(zpool import) offers, with state, advice and the disks they are made of.
  type: list
  returned: always
disks:
  description: One entry for each serial number, with the number of disks that carry it.
  type: dict
  returned: always
"""

# Bytes at either end of a disk that must be zero before it counts as blank: ZFS labels, partition tables, RAID
# metadata and the start of every common file system lie inside.
EDGE_BYTES = 4 * 1024 * 1024


def parse_import_list(text, serial_of):
    """Turns the output of `zpool import` into a list of pools. It has no JSON form."""
    pools = []
    field = None
    for line in text.splitlines():
        head = re.fullmatch(r"\s*(pool|id|state|status|action|comment|see|config):\s*(.*)", line)
        if head:
            field, value = head.groups()
            if field == "pool":
                pools.append({"name": value, "guid": "", "state": "", "status": "", "action": "", "devices": []})
            elif pools and field in ("id", "state", "status", "action"):
                pools[-1]["guid" if field == "id" else field] = value
        elif pools and field in ("status", "action") and line.strip():
            pools[-1][field] += " " + line.strip()
        elif pools and field == "config" and line.strip():
            name, _, state = line.strip().partition(" ")
            is_group = name == pools[-1]["name"] or re.fullmatch(r"(mirror|raidz\d|spare|replacing|draid)\S*-\d+", name)
            if not is_group:
                device = {"name": name, "state": state.strip(), "serial": serial_of(name)}
                pools[-1]["devices"].append(device)
    return pools


def parse_labels(text):
    """The first readable label in the output of `zdb -l`, as a dictionary of its top-level values."""
    values = dict(re.findall(r"^    (\w+): (.*)$", text, re.M))
    if "pool_guid" not in values:
        return None
    return {
        "name": values.get("name", "").strip("'"),
        "guid": values["pool_guid"],
        "exported": values.get("state") == "1",
        "hostid": int(values.get("hostid", "0")),
        "hostname": values.get("hostname", "").strip("'"),
    }


class Probe:
    """The commands, each of which only reads."""

    def __init__(self, module):
        self.module = module

    def run(self, *command):
        code, out, err = self.module.run_command(list(command), environ_update={"LC_ALL": "C"})
        return code, out, err

    def block_devices(self):
        columns = "NAME,PATH,SERIAL,SIZE,TYPE,MOUNTPOINTS"
        code, out, err = self.run("lsblk", "--json", "--bytes", "--output", columns)
        if code != 0:
            self.module.fail_json(msg=f"lsblk could not read the block devices: {err.strip()}")
        return [d for d in json.loads(out)["blockdevices"] if d["type"] == "disk"]

    def label(self, paths):
        for path in paths:
            label = parse_labels(self.run("zdb", "-l", path)[1])
            if label:
                return dict(label, path=path)
        return None

    def signatures(self, path):
        code, out, err = self.run("wipefs", "--json", "--no-act", path)
        if code != 0:
            self.module.fail_json(msg=f"wipefs could not read {path}: {err.strip()}")
        found = [s["type"] for s in json.loads(out)["signatures"]] if out.strip() else []
        code, out, _err = self.run("blkid", "--probe", "--output", "value", "--match-tag", "TYPE", path)
        # blkid answers 2 for "nothing found"; 8 means several contradicting signatures.
        return sorted(set(found + (["ambiguous"] if code == 8 else out.split())))

    def edges_zero(self, path, size):
        with open(path, "rb") as disk:
            for start in (0, max(0, size - EDGE_BYTES)):
                disk.seek(start)
                if disk.read(EDGE_BYTES).strip(b"\0"):
                    return False
        return True

    def describe(self, device, by_id):
        parts = [child["path"] for child in device.get("children") or []]
        mounts = [m for d in [device] + (device.get("children") or []) for m in d["mountpoints"] if m]
        label = self.label([device["path"]] + parts)
        signatures = self.signatures(device["path"])
        blank = not parts and not mounts and not label and not signatures
        return {
            "path": device["path"],
            "by_id": by_id.get(device["path"], ""),
            "size_bytes": device["size"],
            "partitions": parts,
            "mounts": mounts,
            "label": label,
            "signatures": signatures,
            "blank": blank and self.edges_zero(device["path"], device["size"]),
        }


def by_id_names(device_dir):
    """Kernel path to its preferred by-id path: the ata- or nvme- name, which carries the serial number."""
    names = {}
    if os.path.isdir(device_dir):
        for name in sorted(os.listdir(device_dir), key=lambda n: (not n.startswith(("ata-", "nvme-")), n)):
            names.setdefault(os.path.realpath(os.path.join(device_dir, name)), os.path.join(device_dir, name))
    return names


def main():
    module = AnsibleModule(
        argument_spec={
            "serials": {"type": "list", "elements": "str", "default": []},
            "device_dir": {"type": "path", "default": "/dev/disk/by-id"},
        },
        supports_check_mode=True,
    )
    device_dir = module.params["device_dir"]
    probe = Probe(module)
    devices = probe.block_devices()
    serial_by_path = {
        d["path"]: disk["serial"] or "" for disk in devices for d in [disk] + (disk.get("children") or [])
    }

    def serial_of(name):
        path = name if name.startswith("/") else os.path.join(device_dir, name)
        return serial_by_path.get(os.path.realpath(path), "")

    imported = {}
    for line in probe.run("zpool", "list", "-Hp", "-o", "name,guid,health")[1].splitlines():
        name, guid, health = line.split("\t")
        imported[name] = {"guid": guid, "health": health}

    disks = {}
    by_id = by_id_names(device_dir)
    for serial in module.params["serials"]:
        matching = [d for d in devices if d["serial"] == serial]
        disks[serial] = {"count": len(matching)}
        if len(matching) == 1:
            disks[serial].update(probe.describe(matching[0], by_id))

    module.exit_json(
        changed=False,
        hostid=int(probe.run("hostid")[1].strip() or "0", 16),
        imported=imported,
        importable=parse_import_list(probe.run("zpool", "import", "-d", device_dir)[1], serial_of),
        disks=disks,
    )


if __name__ == "__main__":
    main()
