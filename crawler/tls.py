"""TLS as the archive needs it: no certificate stops a crawl, and every connection says what it was worth.

Many portals run on expired or incomplete chains. Refusing them would lose the page, silence would lose the fact: the
verdict of the check goes with each exchange. Old protocols, weak ciphers and legacy renegotiation only where a form
asks for them (`tls = "legacy"`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from OpenSSL import SSL
from service_identity import CertificateError, VerificationError
from service_identity.pyopenssl import verify_hostname, verify_ip_address
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION = 0x00040000  # openssl/ssl.h; pyOpenSSL has no name for it

# OpenSSL's verification errors (openssl/x509_vfy.h) in words; those not listed are named by number.
PROBLEMS = {
    9: "not yet valid",
    10: "expired",
    18: "self-signed",
    19: "unknown authority",  # a self-signed root that came with the chain, not among the system's
    66: "weak key",
    67: "weak key",
    68: "weak signature",
}
# The leaf's issuer, or that of a later link, was neither sent nor known; 21 only repeats it.
NO_ISSUER = {2, 20, 21}


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """What is known of a TLS connection once its handshake is done."""

    protocol: str  # as in WARC-Protocol: tls/1.3
    cipher: str | None  # IANA's name
    certificate: str  # "valid", or what is wrong with it, joined by ", "


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Connections that take any certificate and remember the verdict, checked against the system's authorities."""

    def __init__(self, legacy: bool = False) -> None:
        self._legacy = legacy

    @cached_property
    def _context(self) -> SSL.Context:
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_options(SSL.OP_NO_COMPRESSION)
        context.set_mode(SSL.MODE_RELEASE_BUFFERS)
        context.set_min_proto_version(SSL.TLS1_VERSION if self._legacy else SSL.TLS1_2_VERSION)
        if self._legacy:
            context.set_options(SSL.OP_LEGACY_SERVER_CONNECT | OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION)
            context.set_cipher_list(b"ALL:!aNULL:!eNULL:@SECLEVEL=0")
        context.set_default_verify_paths()
        return context

    def creatorForNetloc(self, hostname: bytes, port: int) -> _Creator:
        """As IPolicyForHTTPS has it."""
        return _Creator(self._context, hostname.decode("ascii"))


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    def __init__(self, context: SSL.Context, hostname: str) -> None:
        self._context = context
        self._hostname = hostname

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:
        """As IOpenSSLClientConnectionCreator has it."""
        connection = _Connection(self._context, None)
        connection.check = check = _Check(self._hostname)
        if check.is_name:  # RFC 6066: no literal addresses in the server name
            connection.set_tlsext_host_name(self._hostname.encode("ascii"))
        connection.set_verify(SSL.VERIFY_PEER, check.saw)
        return connection


class _Connection(SSL.Connection):
    """A connection that carries its check; Twisted keeps its own in the application data."""

    check: _Check


@dataclass(slots=True)
class _Check:
    """What the verification of one connection's certificate finds wrong."""

    hostname: str
    problems: list[str] = field(default_factory=list)

    @property
    def is_name(self) -> bool:
        return not (isIPAddress(self.hostname) or isIPv6Address(self.hostname))

    def saw(self, connection: SSL.Connection, certificate: Any, error: int, depth: int, ok: int) -> bool:
        """OpenSSL's callback, once per problem and once per certificate; True goes on with the handshake."""
        if not ok:
            self._note(PROBLEMS.get(error) or self._unnamed(error, depth))
        return True

    def _unnamed(self, error: int, depth: int) -> str:
        if error not in NO_ISSUER:
            return f"error {error}"
        return "incomplete chain" if depth == 0 else "unknown authority"

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def verdict(self, connection: SSL.Connection) -> str:
        try:
            (verify_hostname if self.is_name else verify_ip_address)(connection, self.hostname)
        except (VerificationError, CertificateError, ValueError):
            self._note("wrong host")
        return ", ".join(self.problems) or "valid"


def facts(connection: _Connection) -> TlsFacts:
    """What is known of a connection of this policy, its handshake done."""
    return TlsFacts(
        protocol=connection.get_protocol_version_name().replace("TLSv", "tls/"),
        cipher=iana_cipher(connection.get_cipher_name() or ""),
        certificate=connection.check.verdict(connection),
    )


def problem(error: BaseException) -> str | None:
    """What OpenSSL says went wrong, without its codes; None for an error that is not its own."""
    if not isinstance(error, SSL.Error) or not error.args:
        return None
    queue = error.args[0]
    reasons = [entry[-1] for entry in queue] if isinstance(queue, list) else [str(each) for each in error.args]
    return ", ".join(reason for reason in reasons if reason) or "closed during the handshake"


_CIPHER = re.compile(
    r"(?:(?P<exchange>ECDHE|DHE)-)?(?:(?P<signature>ECDSA|RSA|DSS)-)?"
    r"(?P<cipher>AES|ARIA|CAMELLIA|CHACHA20)(?P<bits>128|256)?"
    r"(?:-(?P<mode>GCM|CCM8?|POLY1305))?(?:-(?P<hash>SHA\d*))?"
)


def iana_cipher(name: str) -> str | None:
    """IANA's name of a cipher suite that OpenSSL names its own way; None for one outside the families in use.

    OpenSSL leaves out what was once the only choice: RSA for the key exchange and the signature, CBC for the mode.
    """
    if name.startswith("TLS_"):
        return name
    match = _CIPHER.fullmatch(name)
    if match is None:
        return {"DES-CBC3-SHA": "TLS_RSA_WITH_3DES_EDE_CBC_SHA"}.get(name)
    exchange = [match["exchange"], match["signature"] or "RSA"]
    mode = {None: "CBC", "CCM8": "CCM_8"}.get(match["mode"], match["mode"])
    digest = match["hash"] or ("SHA256" if mode == "POLY1305" else None)
    parts = ["TLS", *exchange, "WITH", match["cipher"], match["bits"], mode, digest]
    return "_".join(part for part in parts if part)
