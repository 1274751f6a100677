"""What a host's robots.txt allows us, by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag

from protego import Protego

CRAWL_DELAY_CAP = 120.0  # seconds; as CC-NEWS does: a longer one would close the host for good
PARSED = 512 * 1024  # bytes; RFC 9309 2.5 asks for at least 500 KiB
REDIRECTS = 5  # RFC 9309 2.3.1.2


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one agent; `rules` None allows all."""

    rules: Protego | None
    agent: str

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for."""
        return self.rules is None or bool(self.rules.can_fetch(urldefrag(url)[0], self.agent))

    @property
    def delay(self) -> float:
        """Crawl-delay in seconds, capped; 0 where none is given."""
        stated = self.rules.crawl_delay(self.agent) if self.rules is not None else None
        return min(float(stated), CRAWL_DELAY_CAP) if stated else 0.0


def read_robots(status: int, body: bytes, agent: str) -> Robots | None:
    """The rules an answer to robots.txt means; None closes the host (RFC 9309 2.3.1.4: 5xx is a full disallow).

    `agent` is the product token. 4xx and a robots.txt redirected nowhere allow all (2.3.1.3).
    """
    if status >= 500 or status == 429:
        return None
    if 200 <= status < 300:
        return Robots(Protego.parse(body[:PARSED].decode("utf-8", errors="replace").lstrip("\ufeff")), agent)
    return Robots(None, agent)
