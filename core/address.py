"""The address of the client, believed from trusted proxies only."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def client_address(remote: str, forwarded_for: str, trusted: list[str]) -> str:
    """The nearest address that is not a trusted proxy.

    `remote` is the peer's address, `forwarded_for` the header's text (client first), `trusted` addresses or networks.
    The header is read from its right end and only as long as each hop is trusted, so a client cannot invent its address.
    """
    if not forwarded_for:
        return remote
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()] + [remote]
    for hop in reversed(hops):
        try:
            address = ip_address(hop)
        except ValueError:
            return remote
        if not any(address in ip_network(network, strict=False) for network in trusted):
            return hop
    return hops[0]
