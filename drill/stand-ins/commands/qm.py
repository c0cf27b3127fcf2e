"""qm: virtual machines. Settings are real files; disks are only names, no image is read and nothing is started."""

import re

from api import guests
from api.guests import FLAG, TEXT, VMID
from core.arguments import Command, Parameter

KIND = "qemu-server"
GUEST = (("vmid", VMID),)
DISK = Parameter(pattern=r"\S+")
SETTINGS = {
    "acpi": FLAG, "agent": TEXT, "arch": TEXT, "args": TEXT, "balloon": Parameter("whole", minimum=0), "bios": Parameter(choices=("seabios", "ovmf")),
    "boot": TEXT, "bootdisk": TEXT, "cicustom": TEXT, "cipassword": TEXT, "citype": Parameter(choices=("configdrive2", "nocloud", "opennebula")),
    "ciupgrade": FLAG, "ciuser": TEXT, "cores": Parameter("whole", minimum=1), "cpu": TEXT, "cpulimit": Parameter("number", minimum=0, maximum=128),
    "cpuunits": Parameter("whole", minimum=1, maximum=262144), "description": TEXT, "efidisk0": DISK, "hostpci[n]": TEXT, "hotplug": TEXT,
    "ide[n]": DISK, "ipconfig[n]": TEXT, "kvm": FLAG, "lock": TEXT, "machine": TEXT, "memory": Parameter(pattern=r"(current=)?\d+"),
    "name": Parameter(pattern=r"[A-Za-z0-9\-.]+"), "nameserver": TEXT, "net[n]": TEXT, "numa": FLAG, "onboot": FLAG,
    "ostype": Parameter(choices=("other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26", "solaris")),
    "protection": FLAG, "rng0": TEXT, "sata[n]": DISK, "scsi[n]": DISK,
    "scsihw": Parameter(choices=("lsi", "lsi53c810", "virtio-scsi-pci", "virtio-scsi-single", "megasas", "pvscsi")), "searchdomain": TEXT,
    "serial[n]": Parameter(pattern=r"/dev/.+|socket"), "smbios1": TEXT, "sockets": Parameter("whole", minimum=1), "sshkeys": TEXT, "startup": TEXT,
    "tablet": FLAG, "tags": TEXT, "template": FLAG, "unused[n]": TEXT, "usb[n]": TEXT, "vga": TEXT, "virtio[n]": DISK, "watchdog": TEXT,
}


def listing(_):
    rows = [f"{vmid:>10} {guests.read(KIND, vmid).get('name', ''):<20} {guests.status(KIND, vmid)}" for vmid in guests.identifiers(KIND)]
    return "\n".join(["      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID"] + rows)


def create(values):
    vmid = values.pop("vmid")
    guests.must_be_free(vmid)
    for key in ("start", "pool", "storage", "unique", "force", "archive"):
        values.pop(key, None)
    guests.write(KIND, vmid, _allocated(vmid, values))


def change(values):
    guests.change(KIND, _allocated(values["vmid"], values))


def _allocated(vmid: int, values: dict) -> dict:
    """`STORAGE:SIZE` and `STORAGE:cloudinit` become the names PVE would give the volumes."""
    allocated = {}
    for key, value in values.items():
        new = re.fullmatch(r"([A-Za-z][\w-]*):(\d+|cloudinit)(,.*)?", str(value))
        if new and re.fullmatch(r"(ide|sata|scsi|virtio|efidisk)\d+", key):
            suffix = "cloudinit" if new[2] == "cloudinit" else f"disk-{re.sub('[^0-9]', '', key)}"
            options = re.sub(r",import-from=[^,]+", "", new[3] or "")
            value = f"{new[1]}:vm-{vmid}-{suffix}{options}"
        allocated[key] = value
    return allocated


def template(values):
    guests.change(KIND, {"vmid": values["vmid"], "template": 1})


def simple(action):
    """A command whose only need is the guest's number."""
    return lambda values: action(KIND, values["vmid"])


CREATE = {"archive": TEXT, "force": FLAG, "pool": TEXT, "start": FLAG, "storage": TEXT, "unique": FLAG}
COMMANDS = {
    ("list",): Command(listing, options={"full": FLAG}),
    ("status",): Command(lambda values: f"status: {guests.status(KIND, values['vmid'])}", GUEST, {"verbose": FLAG}),
    ("config",): Command(simple(guests.show), GUEST, {"current": FLAG, "snapshot": TEXT}),
    ("set",): Command(change, GUEST, {**SETTINGS, "delete": TEXT, "digest": TEXT, "force": FLAG, "revert": TEXT, "skiplock": FLAG}),
    ("create",): Command(create, GUEST, {**SETTINGS, **CREATE}),
    ("template",): Command(template, GUEST, {"disk": TEXT}),
    ("start",): Command(simple(guests.start), GUEST, {"skiplock": FLAG, "timeout": Parameter("whole", minimum=0)}),
    ("stop",): Command(simple(guests.stop), GUEST, {"skiplock": FLAG, "timeout": Parameter("whole", minimum=0)}),
    ("shutdown",): Command(simple(guests.stop), GUEST, {"forceStop": FLAG, "timeout": Parameter("whole", minimum=0)}),
    ("destroy",): Command(simple(guests.destroy), GUEST, {"destroy-unreferenced-disks": FLAG, "purge": FLAG, "skiplock": FLAG}, destructive=True),
}
