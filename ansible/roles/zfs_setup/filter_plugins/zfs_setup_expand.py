"""Plans the way of a pool from the disks it has to a redundant layout. Pure: it prints commands, it runs none."""

from __future__ import annotations

# SATA ports of the machine class this role is for; a pool never has more disks.
MOST_DISKS = 6
FEWEST_NEW_DISKS = {"raidz1": 3, "raidz2": 4}
GIB = 1024**3


def disk_problems(serials, disks, smallest_bytes):
    """Why the new disks cannot be used, one sentence each."""
    problems = []
    for serial in serials:
        disk = disks.get(serial, {"count": 0})
        if disk["count"] != 1:
            problems.append(f"new disk {serial} must be there exactly once, found {disk['count']}; check its cable and serial")
        elif not disk["blank"]:
            problems.append(f"new disk {serial} ({disk['path']}) is not blank; nothing is ever erased for you")
        elif disk["size_bytes"] < smallest_bytes:
            problems.append(
                f"new disk {serial} has {disk['size_bytes'] // GIB} GiB, fewer than the smallest member's {smallest_bytes // GIB} GiB"
            )
    return problems


def mirror_steps(pool, vdevs, serials, name):
    """Grow in place: complete a single disk to a mirror, then add pairs."""
    kinds = {v["type"] for v in vdevs}
    if not kinds <= {"disk", "mirror"}:
        return ["mirrors cannot be added beside a raidz vdev without two kinds of redundancy in one pool"], []
    steps, rest = [], list(serials)
    for vdev in vdevs:
        if vdev["type"] == "disk" and rest:
            steps.append(f"zpool attach {pool} {name(vdev['serials'][0])} {name(rest.pop(0))}")
            steps.append(f"zpool wait -t resilver {pool}")
        elif vdev["type"] == "disk":
            return [f"disk {vdev['serials'][0]} would stay without a mirror; name one more new disk"], []
    if len(rest) % 2:
        return [f"disk {rest[-1]} would be left over; pairs are needed after the first new disk"], []
    for first, second in zip(rest[::2], rest[1::2]):
        steps.append(f"zpool add {pool} mirror {name(first)} {name(second)}")
    return [], steps


def raidz_expansion_steps(pool, serials, name, layout):
    """One disk at a time onto the raidz vdev that is there; each expansion ends with a scrub of its own."""
    steps = []
    for serial in serials:
        steps.append(f"zpool attach {pool} {layout}-0 {name(serial)}")
        steps.append(f"zpool wait -t raidz_expand {pool}")
        steps.append(f"zpool wait -t scrub {pool}")
    return steps


def raidz_migration_steps(pool, vdevs, serials, disks, name, layout, used_bytes):
    """A second pool on the new disks, the data moved, the names swapped; the old disk joins last, by hand."""
    fewest = FEWEST_NEW_DISKS[layout]
    if len(serials) < fewest:
        return [f"{layout} beside the present pool needs at least {fewest} new disks, got {len(serials)}"], []
    smallest = min(disks[s]["size_bytes"] for s in serials)
    room = smallest * (len(serials) - int(layout[-1]))
    if used_bytes > room * 0.8:
        return [f"the new pool would have about {room // GIB} GiB for data, too little for {used_bytes // GIB} GiB with a fifth free"], []
    members = " ".join(name(s) for s in serials)
    new = f"{pool}2"
    steps = [
        f"zpool create -o ashift=12 -O mountpoint=none -O compression=lz4 {new} {layout} {members}",
        "systemctl stop pve-guests.service pvescheduler.service sanoid.timer    # stops every guest; check: pct list; qm list",
        f"zfs snapshot -r {pool}@expand",
        f"zfs send -R {pool}@expand | zfs receive -uF {new}",
        f"zfs list -r -t all {pool} {new}    # compare names, counts and REFER before going on",
        f"zpool export {pool}",
        f"zpool export {new}",
        f"zpool import -N -d /dev/disk/by-id {new} {pool}",
        f"zfs inherit -S mountpoint {pool}    # from none to what was received",
        "zfs mount -a",
        f"zpool get -Hp -o value guid {pool}    # record it: zfs_setup_pool_guid, with the new vdevs",
    ]
    steps.append(f"# take the old disk out: it is your way back, and it still carries a pool named {pool}; then start the host")
    old = vdevs[0]["serials"][0] if len(vdevs) == 1 and vdevs[0]["type"] == "disk" else None
    if old and disks[old]["size_bytes"] >= smallest:
        steps.append(f"# after weeks of good service: put {old} back, erase it by hand, then plan again with it as the new disk")
    return [], steps


def zfs_setup_expand_plan(disks, pool, health, vdevs, layout, serials, used_bytes):
    """Plan as {problems: [...], steps: [...]}; steps are only given when there is no problem.

    disks: result of the probe by serial number. vdevs: [{type, serials}] of the pool today.
    """
    present = [serial for vdev in vdevs for serial in vdev["serials"]]
    problems = []
    if health != "ONLINE":
        problems.append(f"pool {pool} must be ONLINE, is {health}; repair it first")
    if not serials:
        problems.append("no new disk is named; set zfs_setup_expand_serials")
    if len(set(present + serials)) != len(present + serials):
        problems.append("a serial number is named twice, or a new disk is already in the pool")
    if len(present) + len(serials) > MOST_DISKS:
        problems.append(f"{len(present) + len(serials)} disks in all, the machine has {MOST_DISKS} ports")
    missing = [s for s in present if disks.get(s, {"count": 0})["count"] != 1]
    problems += [f"present disk {s} is not found exactly once" for s in missing]
    if missing:
        return {"problems": problems, "steps": []}
    problems += disk_problems(serials, disks, min(disks[s]["size_bytes"] for s in present))
    if problems:
        return {"problems": problems, "steps": []}

    def name(serial):
        return disks[serial]["by_id"]

    if layout == "mirror":
        problems, steps = mirror_steps(pool, vdevs, serials, name)
    elif [v["type"] for v in vdevs] == [layout]:
        steps = raidz_expansion_steps(pool, serials, name, layout)
    else:
        problems, steps = raidz_migration_steps(pool, vdevs, serials, disks, name, layout, used_bytes)
    return {"problems": problems, "steps": [] if problems else steps}


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self):
        return {"zfs_setup_expand_plan": zfs_setup_expand_plan}
