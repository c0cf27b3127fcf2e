"""iPXE scripts: the one everybody gets, the one of an armed machine, and the way to the local disk."""

#: Hands over to the script of the machine's own card; without an answer the machine starts from its disk.
ENTRY = """#!ipxe
chain boot/${netX/mac:hexhyp}.ipxe || goto local
exit
:local
iseq ${platform} efi && exit || sanboot --no-describe --drive 0x80 || exit
"""

LOCAL_DISK = """#!ipxe
echo This machine is not armed: starting from its own disk
iseq ${platform} efi && exit || sanboot --no-describe --drive 0x80 || exit
"""

#: The installer finds its answer by the address the ISO was prepared with; see the README of the role pxe_server.
PROXMOX = """#!ipxe
kernel {base}/files/proxmox/vmlinuz ramdisk_size=16777216 rw quiet initrd=initrd.img splash=silent proxmox-start-auto-installer
initrd {base}/files/proxmox/initrd.img
initrd {base}/files/proxmox/proxmox.iso proxmox.iso
boot
"""

DEBIAN = """#!ipxe
kernel {base}/files/debian/linux initrd=initrd.gz auto=true priority=critical url={base}/preseed/{mac}.cfg
initrd {base}/files/debian/initrd.gz
boot
"""


def installer(name: str, base: str, mac: str) -> str:
    """Script that starts an installer. `base` is this server's address, `mac` the machine's with hyphens."""
    return {"proxmox": PROXMOX, "debian": DEBIAN}[name].format(base=base, mac=mac)
