"""What every WARC file says first: who made it, with what, and by which rules."""

from __future__ import annotations

import functools
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from scrapy.settings import BaseSettings

from archive.storage import about
from crawler.plan import Plan
from crawler.portal import Portal

# What of the settings changes which bytes are asked for, and how much of them is kept.
SETTINGS = ("HOST_DELAY", "CAPTURE_DEADLINE", "MAXSIZE_PAGE", "MAXSIZE_FILE")
CHECKOUT = Path(__file__).parents[1]


def warcinfo(form: Portal, plan: Plan, told: about.About, settings: BaseSettings, run: str) -> dict[str, str]:
    """The warcinfo record: who made this file, with what, and by which rules (WARC 1.1, 6.1)."""
    software = ", ".join(f"{name}/{version(name)}" for name in ("province-archive", "Scrapy", "Twisted"))
    chosen = {name: settings[name] for name in SETTINGS} | {"requisites": plan.requisites}
    fields = {
        "software": f"{software}, Python/{platform.python_version()}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": told.name,
        "operator": told.operator,
        "http-header-from": told.contact,
        "vantage": told.vantage,
        "robots": "obey (RFC 9309)",
        "http-header-user-agent": user_agent(told),
        "portal": form.slug,
        "form": form.digest,
        "run": run,
        "mode": plan.mode,
        "settings": ", ".join(f"{name}={value}" for name, value in chosen.items()),
        "revision": _revision(),
    }
    return {name: value for name, value in fields.items() if value}


def user_agent(told: about.About) -> str:
    """The name this crawler gives itself: product, version, and whom to write to."""
    whom = "; ".join(part for part in (told.operator, told.contact) if part)
    return f"province-archive/{version('province-archive')} (+{whom or 'no operator named'})"


@functools.cache
def _revision() -> str:
    """The commit that a crawl from a checkout runs; empty for an installed package, or without git."""
    if not (CHECKOUT / ".git").exists():
        return ""
    try:
        command = ["git", "-C", str(CHECKOUT), "rev-parse", "HEAD"]
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
