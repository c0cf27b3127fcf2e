"""proxmox-boot-tool: which kernels are kept and which one is pinned. The real one also writes boot loader files."""

from pathlib import Path

from core import state
from core.arguments import Command, Parameter, Refusal

VERSION = (("version", Parameter(required=True, pattern=r"\d+\.\d+\.\d+-\d+-pve")),)


def _installed() -> list[str]:
    return sorted(path.name.removeprefix("vmlinuz-") for path in Path("/boot").glob("vmlinuz-*-pve"))


def kernel_list(_):
    pinned = state.load("kernel-pin", "")
    lines = ["Manually selected kernels:", "None.", "", "Automatically selected kernels:", *_installed()]
    return "\n".join(lines + (["", "Pinned kernel:", pinned] if pinned else []))


def kernel_pin(values):
    if values["version"] not in _installed():
        raise Refusal(f"E: no kernel '{values['version']}' found in /boot")
    state.save("kernel-pin", values["version"])
    return f"Setting '{values['version']}' as grub default entry and running update-grub."


def kernel_unpin(_):
    state.save("kernel-pin", "")
    return "Removed /etc/kernel/proxmox-boot-pin."


def _nothing(_):
    return "No /etc/kernel/proxmox-boot-uuids found, skipping ESP sync."


PARTITION = (("partition", Parameter(required=True)),)
COMMANDS = {
    ("kernel", "list"): Command(kernel_list),
    ("kernel", "pin"): Command(kernel_pin, VERSION, {"next-boot": Parameter("flag")}),
    ("kernel", "unpin"): Command(kernel_unpin, (), {"next-boot": Parameter("flag")}),
    ("refresh",): Command(_nothing),
    ("status",): Command(_nothing, options={"quiet": Parameter("flag")}),
    ("format",): Command(_nothing, PARTITION, {"force": Parameter("flag")}, destructive=True),
    ("init",): Command(_nothing, PARTITION, destructive=True),
}
