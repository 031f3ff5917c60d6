"""Addresses of computers, shortened so that they name a network and no longer a household."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

V4_PREFIX, V6_PREFIX = 24, 48


def network_of(address: str) -> str:
    """Return the /24 or /48 of an address, such as "192.0.2.0/24"; empty when it is none."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    prefix = V4_PREFIX if found.version == 4 else V6_PREFIX
    return str(ip_network(f"{found}/{prefix}", strict=False))
