"""Only public addresses are answered, in whatever spelling they are asked for; loopback as a form has it, port and all.

Nothing here connects anywhere: names are answered by a stub, literals by the system's own parser.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.resolver import dnscache
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.addresses import PublicResolver, host_and_port, is_loopback, refusal

PUBLIC = [
    "8.8.8.8",
    "113.160.0.1",
    "2405:4800::1",  # VNPT
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",  # NAT64 of 8.8.8.8
    "2002:808:808::1",  # 6to4 of 8.8.8.8
]
REFUSED = {
    "127.0.0.1": "loopback address",
    "127.255.255.254": "loopback address",
    "::1": "loopback address",
    "::ffff:127.0.0.1": "loopback address, carried in IPv6",
    "64:ff9b::7f00:1": "loopback address, carried in IPv6",
    "2002:7f00:1::": "loopback address, carried in IPv6",
    "0.0.0.0": "unspecified address",
    "::": "unspecified address",
    "10.1.2.3": "private address",
    "172.16.0.1": "private address",
    "192.168.1.1": "private address",
    "169.254.169.254": "link-local address",  # the clouds' metadata
    "fe80::1": "link-local address",
    "fe80::1%eth0": "link-local address",
    "fd00::1": "private address",
    "fec0::1": "private address",
    "100.64.0.1": "address not globally routable",  # carrier-grade NAT
    "198.18.0.1": "private address",
    "224.0.0.1": "multicast address",
    "ff02::1": "multicast address",
    "255.255.255.255": "private address",
    "240.0.0.1": "private address",
    "::127.0.0.1": "address not globally routable",
    "2001:db8::1": "private address",
    "nonsense": "not an IP address",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert refusal(address) is None
    assert not is_loopback(address)


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    assert refusal(address) == REFUSED[address]
    assert is_loopback(address) == REFUSED[address].startswith("loopback")


@given(st.ip_addresses(v=4))
def test_carried_in_ipv6_it_is_judged_as_itself(address: ipaddress.IPv4Address) -> None:
    own = refusal(str(address))
    for network in ("::ffff:0:0", "64:ff9b::"):
        carried = ipaddress.IPv6Address(int(ipaddress.IPv6Address(network)) + int(address))
        assert refusal(str(carried)) == (own and f"{own}, carried in IPv6")


# --- the resolver -----------------------------------------------------------------------------------------------------

NAMES = {
    "portal.example": ["113.160.0.1", "2405:4800::1"],
    "inside.example": ["10.0.0.7"],
    "half.example": ["192.168.0.1", "113.160.0.1"],
    "localhost": ["127.0.0.1", "::1"],
    "cổng.example": ["127.0.0.1"],
}


class Stub:
    """Answers as the system would: names from a table, literals by getaddrinfo without asking anybody."""

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> Any:
        receiver.resolutionBegan(self)
        for address in NAMES.get(host, []) or self._literal(host):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return self

    def _literal(self, host: str) -> list[str]:
        try:
            socket.inet_aton(host)  # the spellings that getaddrinfo takes for an IPv4 address
        except OSError:
            if ":" not in host:
                return []
        return sorted({str(each[4][0]) for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})


class Reactor:
    def __init__(self) -> None:
        self.nameResolver = Stub()


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:
        pass

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.complete = True


@pytest.fixture
def resolver() -> PublicResolver:
    dnscache.clear()
    made = PublicResolver(Reactor(), 100)
    made.allow_loopback(["127.0.0.1:8741", "Localhost:8742", "[::1]:8743"])
    return made


def answers(resolver: PublicResolver, host: str) -> list[str]:
    receiver: Any = Receiver()
    resolver.resolveHostName(receiver, host, 80)
    assert receiver.complete
    addresses: list[str] = receiver.addresses
    return addresses


@pytest.mark.parametrize("twice", ["from the system", "from the cache"])
def test_names(resolver: PublicResolver, twice: str) -> None:
    for _ in range(1 + (twice == "from the cache")):
        found = {name: answers(resolver, name) for name in NAMES}
    assert found == {
        "portal.example": ["113.160.0.1", "2405:4800::1"],
        "inside.example": [],
        "half.example": ["113.160.0.1"],
        "localhost": ["127.0.0.1", "::1"],
        "cổng.example": [],
    }


@pytest.mark.parametrize(
    "spelling",
    ["127.1", "127.0.0.2", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "10.1",
     "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:0:0:0", "::ffff:10.0.0.1", "fe80::1", "169.254.169.254",
     "2852039166"],
)  # fmt: skip
def test_spellings_of_what_is_not_asked(resolver: PublicResolver, spelling: str) -> None:
    assert answers(resolver, spelling) == []
    host = f"[{spelling}]" if ":" in spelling else spelling
    refused = resolver.reason(f"http://{host}:8741/")
    assert refused is not None
    assert "address" in str(refused)


def test_the_reason_is_of_the_last_look_up(resolver: PublicResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(resolver, "inside.example")
    assert str(resolver.reason("http://inside.example/")) == "inside.example: private address 10.0.0.7"
    answers(resolver, "cổng.example")
    ascii_host = "cổng.example".encode("idna").decode()  # as Scrapy writes it into an address
    assert str(resolver.reason(f"http://{ascii_host}/")) == f"{ascii_host}: loopback address 127.0.0.1"
    monkeypatch.setitem(NAMES, "moving.example", ["10.0.0.8"])
    answers(resolver, "moving.example")
    monkeypatch.setitem(NAMES, "moving.example", [])
    dnscache.clear()
    answers(resolver, "moving.example")
    assert resolver.reason("http://moving.example/") is None


def test_an_answer_that_led_nowhere_is_forgotten(resolver: PublicResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, "moved.example", ["113.160.0.1"])
    assert answers(resolver, "moved.example") == ["113.160.0.1"]
    monkeypatch.setitem(NAMES, "moved.example", ["113.160.0.2"])
    assert answers(resolver, "moved.example") == ["113.160.0.1"]
    resolver.forget("https://moved.example/a")
    assert answers(resolver, "moved.example") == ["113.160.0.2"]


# address -> whether it may be asked, before anything is connected to
BEFORE = {
    "http://127.0.0.1:8741/": True,
    "http://127.0.0.1:8742/": False,
    "http://127.0.0.1/": False,
    "http://LOCALHOST:8742/": True,
    "http://localhost:22/": False,
    "http://[::1]:8743/": True,
    "http://[::1]:8741/": False,
    "http://127.0.0.1:99999/": False,
    "http:///nothing": False,
    "https://portal.example/": True,
    "http://127.1:8741/": True,  # not a spelling it knows: the resolver refuses it
}


@pytest.mark.parametrize("url", BEFORE)
def test_port_of_loopback(resolver: PublicResolver, url: str) -> None:
    assert (resolver.refused(url) is None) == BEFORE[url]
    assert resolver.refused(url, proxy="http://proxy.example:3128") is not None


# address asked, peer that answered -> whether it may be spoken to
AFTER = {
    ("http://portal.example/", "113.160.0.1", 80): True,
    ("http://portal.example/", "10.0.0.7", 80): False,
    ("http://portal.example/", "127.0.0.1", 8741): False,
    ("http://portal.example/", "::ffff:10.0.0.7", 80): False,
    ("http://127.0.0.1:8741/", "127.0.0.1", 8741): True,
    ("http://localhost:8742/", "::1", 8742): True,
    ("http://127.0.0.1:8741/", "10.0.0.7", 8741): False,
    ("http://127.0.0.1:8741/", "127.0.0.1", 22): False,
}


@pytest.mark.parametrize("asked", AFTER)
def test_peer(resolver: PublicResolver, asked: tuple[str, str, int]) -> None:
    assert (resolver.refused_peer(*asked) is None) == AFTER[asked]


def test_host_and_port() -> None:
    assert host_and_port("https://WWW.Kontum.gov.vn/a") == ("www.kontum.gov.vn", 443)
    assert host_and_port("http://[2405:4800::1]:8080/") == ("2405:4800::1", 8080)


def test_form_without_a_port_stands_for_both(resolver: PublicResolver) -> None:
    resolver.allow_loopback(["127.0.0.9"])
    assert resolver.refused("http://127.0.0.9/") is None
    assert resolver.refused("https://127.0.0.9/") is None
    assert resolver.refused("http://127.0.0.9:81/") is not None
