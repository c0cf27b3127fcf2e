#!/usr/bin/env python3
"""A network card's boot firmware as far as the network sees it: pxe-client.py INTERFACE ADDRESS MAC [--ipxe] [--uefi]

Broadcasts DHCPDISCOVER as a PXE client, waits for an offer of a boot, asks that server on port 4011 for the program of the
first entry of its menu, unless the offer names one itself, and fetches it over TFTP. ADDRESS is one of this machine's, in place of what a DHCP server gives.
Prints JSON: {"offered": true or false, "bootFile": name or "", "bytes": size or 0}.
"""

import json
import socket
import struct
import sys
import time

#: A server that gives out an address tries for three seconds whether somebody has it.
WAIT_SEC = 5
DISCOVER, REQUEST, ACKNOWLEDGE = 1, 3, 5
TRANSACTION = 0x484F4D45


def packet(kind: int, mac: str, client: str, ipxe: bool, uefi: bool, item: bytes = b"") -> bytes:
    """A DHCP message with the options firmware sends. `item` is the entry of the server's menu that is asked for."""
    hardware = bytes.fromhex(mac.replace(":", ""))
    head = struct.pack("!BBBBIHH4s4s4s4s", 1, 1, 6, 0, TRANSACTION, 0, 0x8000, socket.inet_aton(client), b"\0" * 4, b"\0" * 4, b"\0" * 4)
    options = bytes([53, 1, kind])
    arch = 7 if uefi else 0
    vendor = f"PXEClient:Arch:{arch:05d}:UNDI:002001".encode()
    options += bytes([60, len(vendor)]) + vendor + bytes([93, 2]) + struct.pack("!H", arch) + bytes([94, 3, 1, 2, 1])
    options += bytes([97, 17, 0]) + hardware.ljust(16, b"\0") + bytes([55, 6, 1, 3, 43, 60, 66, 67])
    if item:
        options += bytes([43, 7, 71, 4]) + item + bytes([0, 0, 255])
    if ipxe:
        options += bytes([77, 4]) + b"iPXE" + bytes([175, 3, 1, 1, 1])
    return head + hardware.ljust(16, b"\0") + b"\0" * 192 + b"\x63\x82\x53\x63" + options + b"\xff"


def options_of(message: bytes) -> dict[int, bytes]:
    """Options by number."""
    found, rest = {}, message[240:]
    while rest and rest[0] != 255:
        if rest[0] == 0:
            rest = rest[1:]
            continue
        found[rest[0]] = rest[2 : 2 + rest[1]]
        rest = rest[2 + rest[1] :]
    return found


def first_item(message: bytes) -> bytes:
    """Type of the first boot server in the menu (option 43, part 8), two bytes; empty when there is no menu."""
    parts = options_of(b"\0" * 240 + options_of(message).get(43, b"") + b"\xff")
    return parts.get(8, b"")[:2]


def boot_file(message: bytes) -> str:
    """Name of the program to fetch, from its field or its option."""
    return (options_of(message).get(67) or message[108:236]).split(b"\0")[0].decode()


def receive(link: socket.socket, wanted) -> tuple[bytes, str]:
    """The first message for us that is wanted, and who sent it; empty when none comes in time."""
    end = time.monotonic() + WAIT_SEC
    while (left := end - time.monotonic()) > 0:
        link.settimeout(left)
        try:
            message, (sender, _) = link.recvfrom(4096)
        except TimeoutError:
            break
        if message[4:8] == struct.pack("!I", TRANSACTION) and wanted(message):
            return message, sender
    return b"", ""


def tftp_size(server: str, name: str) -> int:
    """Bytes of a file on a TFTP server."""
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.settimeout(5)
    link.sendto(b"\0\1" + name.encode() + b"\0octet\0", (server, 69))
    size = 0
    while True:
        data, source = link.recvfrom(2048)
        if data[1] != 3:
            raise SystemExit(f"TFTP server refused '{name}': {data[4:].decode(errors='replace')}")
        size += len(data) - 4
        link.sendto(b"\0\4" + data[2:4], source)
        if len(data) < 516:
            return size


def main() -> None:
    interface, own, mac = sys.argv[1:4]
    kind = {"ipxe": "--ipxe" in sys.argv, "uefi": "--uefi" in sys.argv}
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    link.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
    link.bind(("", 68))
    link.sendto(packet(DISCOVER, mac, "0.0.0.0", **kind), ("255.255.255.255", 67))
    offer, server = receive(link, lambda message: boot_file(message) or options_of(message).get(60, b"").startswith(b"PXEClient"))
    name = boot_file(offer) if offer else ""
    if offer and not name:
        link.sendto(packet(REQUEST, mac, own, **kind, item=first_item(offer)), (server, 4011))
        # The offer of the network's DHCP server may still be on its way.
        reply, _ = receive(link, lambda message: options_of(message).get(53) == bytes([ACKNOWLEDGE]))
        name = boot_file(reply) if reply else ""
    size = tftp_size(server, name) if name and "://" not in name else 0
    print(json.dumps({"offered": bool(offer), "bootFile": name, "bytes": size}))


if __name__ == "__main__":
    main()
