"""Which addresses may be asked: public ones, and on this machine only what a loopback form names, host and port.

A portal's page can name any address: a redirect, a link or a DNS answer may point into the network the archive stands
in. The resolver here answers only what may be asked, so that nothing else is ever connected to; Twisted connects to
the very address it was given, so a name that changes its answer (DNS rebinding) finds no gap.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingHostnameResolver, dnscache
from scrapy.utils.datatypes import LocalCache
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HostPort = tuple[str, int]

DEFAULT_PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address is in the last 32 bits


class AddressRefused(DNSLookupError):
    """An address that the archive does not ask; `reason` says why, in words for the report."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.host}: {self.reason}"


def refusal(address: str) -> str | None:
    """Why the IP address may not be asked, in words; None for one that IANA's registries call globally reachable."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "not an IP address"
    inner = _carried(ip)
    if inner is not None:
        reason = refusal(str(inner))
        return f"{reason}, carried in IPv6" if reason else None
    for reason, applies in (
        ("loopback address", ip.is_loopback),
        ("unspecified address", ip.is_unspecified),
        ("link-local address", ip.is_link_local),
        ("multicast address", ip.is_multicast),
        ("private address", ip.is_private or (isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local)),
        ("address not globally routable", not ip.is_global or ip.is_reserved),
    ):
        if applies:
            return reason
    return None


def is_loopback(address: str) -> bool:
    """Whether the IP address is this machine's, 127.0.0.0/8 or ::1, in its own spelling or mapped into IPv6."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (_carried(ip) or ip).is_loopback


def _carried(ip: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64), which is where the packets would go."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def host_and_port(url: str) -> HostPort:
    """The host (lower case, without brackets) and port that the http(s) address names; ValueError for a bad port."""
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or DEFAULT_PORTS.get(parts.scheme, 0)


def _pairs(host: str) -> Iterable[HostPort]:
    """What `host:port` of a loopback form allows; a host without a port stands for the ports of http and https."""
    parts = urlsplit(f"//{host}")
    name = (parts.hostname or "").lower()
    return [(name, parts.port)] if parts.port else [(name, port) for port in DEFAULT_PORTS.values()]


def _ascii(host: str) -> str:
    """The host as an address spells it: Twisted hands the resolver xn-- names decoded."""
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()


class PublicResolver(CachingHostnameResolver):
    """The reactor's resolver (TWISTED_DNS_RESOLVER): answers public addresses, and loopback ones of allowed hosts.

    Literals pass through it as names do, so each spelling that getaddrinfo takes for an address (decimal, hex, octal,
    short, mapped) is judged by the address it stands for. It knows hosts only: `refused` is asked, port and all,
    before a connection is wanted, and `refused_peer` when it stands.
    """

    def __init__(self, reactor: Any, cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        self._loopback: set[HostPort] = set()
        self._reasons: LocalCache[str, str] = LocalCache(1000)

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PublicResolver:
        """As Scrapy builds it; `crawler` may be the process. LOOPBACK_HOSTS is a list of `host:port`."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_loopback(crawler.settings.getlist("LOOPBACK_HOSTS"))
        return resolver

    def allow_loopback(self, hosts: Iterable[str]) -> None:
        """Let the `host:port` of a loopback form, spelled exactly so, be asked on this machine."""
        for host in hosts:
            self._loopback.update(_pairs(host))

    def refused(self, url: str, proxy: str | None = None) -> AddressRefused | None:
        """The refusal of an address for what it says itself: another port of an allowed host, or no host at all.

        A proxy would look the name up itself, out of this guard's sight.
        """
        if proxy:
            return AddressRefused(url, "not through a proxy")
        try:
            host, port = host_and_port(url)
        except ValueError as error:
            return AddressRefused(url, str(error))
        if not host:
            return AddressRefused(url, "no host")
        if self._knows(host) and (host, port) not in self._loopback:
            return AddressRefused(host, f"port {port} of this machine is not what the form names")
        return None

    def refused_peer(self, url: str, peer: str, port: int) -> AddressRefused | None:
        """The refusal of a connection that stands, by the peer's IP address and port."""
        reason = refusal(peer)
        host, _ = host_and_port(url)
        if reason is None or (is_loopback(peer) and (host, port) in self._loopback):
            return None
        return AddressRefused(host, f"{reason} {peer}")

    def reason(self, url: str) -> AddressRefused | None:
        """Why the last look-up of the address's host gave nothing, where that was this resolver's doing."""
        host, _ = host_and_port(url)
        reason = self._reasons.get(host)
        return AddressRefused(host, reason) if reason else None

    def forget(self, url: str) -> None:
        """Look the address's host up anew the next time: Scrapy keeps answers for ever, and this one led nowhere."""
        dnscache.pop(host_and_port(url)[0], None)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """As IHostnameResolver has it."""
        host = _ascii(hostName)
        self._reasons.pop(host, None)
        receiver: Any = _AllowedOnly(resolutionReceiver, host, self)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)

    def _knows(self, host: str) -> bool:
        return any(host == known for known, _ in self._loopback)

    def _judge(self, host: str, address: str) -> bool:
        """Whether the host's address may be answered; keeps the reason where it may not."""
        reason = refusal(address)
        if reason is None or (is_loopback(address) and self._knows(host)):
            return True
        self._reasons[host] = f"{reason} {address}"
        return False


@implementer(IResolutionReceiver)
class _AllowedOnly:
    """Hands on, of what was resolved, what may be asked."""

    def __init__(self, receiver: Any, host: str, resolver: PublicResolver) -> None:
        self._receiver = receiver
        self._host = host
        self._resolver = resolver

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if self._resolver._judge(self._host, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
