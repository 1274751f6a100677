"""No certificate stops a crawl, each gets its verdict, and old TLS is spoken only when asked for."""

from __future__ import annotations

import base64
import json
import os
import shutil
import ssl
import subprocess
import sys
import warnings
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from crawler.tls import iana_cipher

HERE = Path(__file__).parent
sys.path.append(str(HERE))

from wire_server import BY_NAME, WireServer  # noqa: E402

NOW = datetime.now(UTC)
Key = ec.EllipticCurvePrivateKey
Said = dict[str, tuple[dict[str, Any], dict[str, Any]]]


class Authority:
    """Makes certificates, one under the other."""

    def __init__(self, name: str, issuer: Authority | None = None) -> None:
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.issuer = issuer or self
        self.certificate = self.issuer.sign(self.name, self.key, [x509.BasicConstraints(ca=True, path_length=None)])

    def sign(
        self, name: x509.Name, key: Key, extensions: list[x509.ExtensionType], days: tuple[int, int] = (-30, 30)
    ) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            issuer_name=self.name,
            subject_name=name,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=NOW + timedelta(days=days[0]),
            not_valid_after=NOW + timedelta(days=days[1]),
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return builder.sign(self.key, hashes.SHA256())

    def leaf(self, *names: x509.GeneralName, days: tuple[int, int] = (-30, 30)) -> tuple[x509.Certificate, Key]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal")])
        return self.sign(subject, key, [x509.SubjectAlternativeName(names)], days), key


def context(folder: Path, key: Key, *chain: x509.Certificate) -> ssl.SSLContext:
    """A server's context that sends the chain, leaf first."""
    file = folder / f"{chain[0].serial_number}.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem + b"".join(each.public_bytes(Encoding.PEM) for each in chain))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(file)
    return made


HERE_NAMES = (x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1")))
TLS_13 = ["http/1.1", "tls/1.3"]

# case -> (host in the address, verdict)
VERDICTS = {
    "good": ("localhost", "valid"),
    "good address": ("127.0.0.1", "valid"),
    "without its link": ("localhost", "incomplete chain"),
    "self-signed": ("localhost", "self-signed"),
    "of a stranger": ("localhost", "unknown authority"),
    "over": ("localhost", "expired"),
    "to come": ("localhost", "not yet valid"),
    "another's": ("localhost", "wrong host"),
    "another's address": ("127.0.0.1", "wrong host"),
    "all wrong": ("localhost", "expired, wrong host"),
}


def contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """A server's context per case; the root that the client trusts lies in `root.pem`."""
    root, stranger = Authority("root"), Authority("stranger")
    link = Authority("link", root)
    (folder / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    good, key = link.leaf(*HERE_NAMES)
    over, over_key = link.leaf(*HERE_NAMES, days=(-30, -1))
    to_come, to_come_key = link.leaf(*HERE_NAMES, days=(1, 30))
    others, others_key = link.leaf(x509.DNSName("portal.example"))
    all_wrong, all_wrong_key = link.leaf(x509.DNSName("portal.example"), days=(-30, -1))
    strange, strange_key = stranger.leaf(*HERE_NAMES)
    alone = Authority("alone")
    own = alone.sign(alone.name, alone.key, [x509.SubjectAlternativeName(HERE_NAMES)])
    return {
        "good": context(folder, key, good, link.certificate),
        "good address": context(folder, key, good, link.certificate),
        "without its link": context(folder, key, good),
        "self-signed": context(folder, alone.key, own),
        "of a stranger": context(folder, strange_key, strange, stranger.certificate),
        "over": context(folder, over_key, over, link.certificate),
        "to come": context(folder, to_come_key, to_come, link.certificate),
        "another's": context(folder, others_key, others, link.certificate),
        "another's address": context(folder, others_key, others, link.certificate),
        "all wrong": context(folder, all_wrong_key, all_wrong, link.certificate),
    }


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Exchange and outcome of each case, all from one crawl."""
    folder = tmp_path_factory.mktemp("tls")
    made = contexts(folder)
    hosts = {case: host for case, (host, _) in VERDICTS.items()} | {"good, once more": "localhost"}
    server_names: list[str | None] = []
    for case in ("good", "good address"):
        made[case].sni_callback = lambda _, name, __: server_names.append(name)
    made["tls 1.2"] = fresh(folder)
    made["tls 1.2"].maximum_version = ssl.TLSVersion.TLSv1_2
    made["tls 1.2"].set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
    old = made["old"] = made["old, asked for"] = fresh(folder)
    with warnings.catch_warnings(action="ignore"):  # it is deprecated, and some portals have nothing newer
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with ExitStack() as stack:
        servers = {case: stack.enter_context(WireServer(tls)) for case, tls in made.items()}
        servers["good, once more"] = servers["good"]
        servers["no tls"] = stack.enter_context(WireServer())
        asked = [
            (
                "GET",
                server.url("chunked_gzip", f"{number:07d}", hosts.get(case, "127.0.0.1")).replace("http:", "https:"),
                "",
                {"tls": "legacy"} if case == "old, asked for" else {},
            )
            for number, (case, server) in enumerate(servers.items())
        ]
        allowed = [f"{host}:{server.port}" for server in servers.values() for host in ("localhost", "127.0.0.1")]
        out = subprocess.run(
            [sys.executable, str(HERE / "wire_crawl.py")],
            input=json.dumps({"settings": {"LOOPBACK_HOSTS": allowed, "CONCURRENT_REQUESTS": 1}, "asked": asked}),
            env={**os.environ, "PYTHONPATH": str(HERE.parent.parent), "SSL_CERT_FILE": str(folder / "root.pem")},
            capture_output=True,
            text=True,
            timeout=60,
        )
        lines = [json.loads(line) for line in out.stdout.splitlines()]
        found = {
            case: tuple(
                next(line for line in lines if line["key"] == number and line["what"] == what)
                for what in ("exchange", "outcome")
            )
            for number, case in enumerate(servers)
        }
        assert servers["good"].connections == 1
        assert sorted(map(str, server_names)) == ["None", "localhost"]  # a name is sent, an address never is
        return found


def fresh(folder: Path) -> ssl.SSLContext:
    """One more context, with one of the certificates."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(sorted(folder.glob("[0-9]*.pem"))[0])
    return made


@pytest.mark.parametrize("case", VERDICTS)
def test_each_certificate_has_its_verdict(said: Said, case: str) -> None:
    exchange, outcome = said[case]
    assert (outcome["outcome"], exchange["certificate"]) == (200, VERDICTS[case][1])
    assert (exchange["protocols"], exchange["cipher"]) == (TLS_13, "TLS_AES_256_GCM_SHA384")
    assert (exchange["ip"], exchange["truncated"], exchange["notes"]) == ("127.0.0.1", None, {})
    expected = BY_NAME["chunked_gzip"].sent.replace(b"@TOKEN@", exchange["url"][-7:].encode())
    assert base64.b64decode(exchange["block"]) == expected


def test_a_kept_connection_keeps_its_verdict(said: Said) -> None:
    first, second = said["good"][0], said["good, once more"][0]
    facts = ("protocols", "cipher", "certificate", "ip")
    assert [second[each] for each in facts] == [first[each] for each in facts]


def test_tls_1_2_names_its_cipher_as_iana_does(said: Said) -> None:
    exchange, _ = said["tls 1.2"]
    assert exchange["protocols"] == ["http/1.1", "tls/1.2"]
    assert exchange["cipher"] == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"


@pytest.mark.parametrize("case", ["old", "no tls"])
def test_nothing_was_sent_where_the_handshake_failed(said: Said, case: str) -> None:
    exchange, outcome = said[case]
    assert outcome["outcome"] == "DownloadFailedError"
    assert (exchange["request"], exchange["block"], exchange["protocols"]) == ("", "", [])
    assert exchange["error"].startswith("DownloadFailedError: TLS: ")


def test_old_tls_where_a_form_asks_for_it(said: Said) -> None:
    exchange, outcome = said["old, asked for"]
    assert (outcome["outcome"], exchange["protocols"]) == (200, ["http/1.1", "tls/1.1"])


CIPHERS = {
    "TLS_AES_256_GCM_SHA384": "TLS_AES_256_GCM_SHA384",
    "ECDHE-RSA-AES128-GCM-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305": "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "DHE-RSA-AES256-SHA256": "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
    "ECDHE-ARIA256-GCM-SHA384": "TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384",
    "AES128-SHA": "TLS_RSA_WITH_AES_128_CBC_SHA",
    "AES256-CCM8": "TLS_RSA_WITH_AES_256_CCM_8",
    "DES-CBC3-SHA": "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    "GOST2012-GOST8912-GOST8912": None,
    "": None,
}


@pytest.mark.parametrize("name", CIPHERS)
def test_cipher_names(name: str) -> None:
    assert iana_cipher(name) == CIPHERS[name]


@pytest.mark.skipif(not shutil.which("openssl"), reason="the openssl program knows both names of each cipher")
def test_cipher_names_as_openssl_has_them() -> None:
    listed = subprocess.run(
        ["openssl", "ciphers", "-stdname", "ALL:!PSK:!SRP:!aNULL:!eNULL:@SECLEVEL=0"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pairs = {line.split()[2]: line.split()[0] for line in listed.splitlines()}
    assert {name: iana_cipher(name) for name in pairs} == pairs
