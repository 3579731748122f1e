"""What is kept of an uploader's address: its network half, and nothing that leads back to one person."""

import hashlib
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings


def network_of(address: str) -> str:
    """Return the kept half: "173.178" of an IPv4 address, the /32 prefix of an IPv6 one, "" of anything else.

    The address of this same machine says nothing about a person and gives "" too.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return ""
    if isinstance(parsed, IPv4Address):
        return ".".join(str(parsed).split(".")[:2])
    return f"{int(parsed) >> 112:x}:{int(parsed) >> 96 & 0xFFFF:x}"


def shown(network: str) -> str:
    """Return a kept half as people see it: "173.178.x.x" or "2001:db8::/32"; "" of nothing."""
    if not network:
        return ""
    return f"{network}::/32" if ":" in network else f"{network}.x.x"


def half_of(address: str) -> str:
    """Return an address whose host half is nought: 173.178.0.0, or 2001:db8::; 0.0.0.0 of what is no address."""
    network = network_of(address)
    if not network:
        return "0.0.0.0"  # noqa: S104 - says "unknown", listens to nothing
    return f"{network}::" if ":" in network else f"{network}.0.0"


def household_of(address: str) -> str:
    """Return the address that stands for a household: an IPv4 one as it is, of IPv6 its /56; what is none as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 72 << 72))


def fingerprint(address: str, purpose: str) -> str:
    """Return a keyed hash that tells networks apart, for one purpose: of an IPv4 address, or of an IPv6 /56.

    A household has one of them. Without the site's key nothing leads back from it, and no two purposes can be joined.
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        parsed = IPv4Address(0)
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    network = int(parsed) >> 72 if isinstance(parsed, IPv6Address) else int(parsed)
    key = hashlib.sha256(f"networks {settings.SECRET_KEY}".encode()).digest()
    return hashlib.blake2b(f"{purpose} {network}".encode(), key=key, digest_size=16).hexdigest()
