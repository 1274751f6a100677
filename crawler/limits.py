"""What the crawl's own numeric settings may be; a wrong one is said before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.plan import BadArgument


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most a setting may be."""

    least: float
    most: float
    whole: bool = True


BOUNDS = {
    # Under a second is for forms of this machine's own portals alone, which say so themselves.
    "HOST_DELAY": Bounds(1, 3600, whole=False),
    "MAXSIZE_PAGE": Bounds(1, 1 << 30),
    "MAXSIZE_FILE": Bounds(1, 1 << 30),
    "PAGES_PER_RUN": Bounds(0, 10**9),
    "PORTAL_MAX_BYTES": Bounds(0, 10**15),
    "ARCHIVE_MIN_FREE": Bounds(0, 10**15),
    "CAPTURE_DEADLINE": Bounds(0.1, 3600, whole=False),
    "CAPTURE_STOP_GRACE": Bounds(0, 3600, whole=False),
    "DEMO_EDITION": Bounds(1, 3),
}


def check_settings(settings: BaseSettings) -> None:
    """Raises BadArgument, in one line, for the first of our settings that is not what it may be."""
    if not str(settings["ARCHIVE_DIR"] or "").strip():
        raise BadArgument("-s ARCHIVE_DIR=: must name a folder; data is the usual one")
    for uri in settings["FEEDS"]:
        _check_feed(str(uri))
    for name, bounds in BOUNDS.items():
        try:
            value = float(str(settings[name]))
        except ValueError:
            value = float("nan")
        if not bounds.least <= value <= bounds.most or (bounds.whole and not value.is_integer()):
            kind = "a whole number" if bounds.whole else "a number"
            raise BadArgument(f"-s {name}={settings[name]}: must be {kind} from {bounds.least:g} to {bounds.most:g}")


def _check_feed(uri: str) -> None:
    """What Scrapy cannot write it tells by a traceback for each item, and ends well; servers are its own affair."""
    if uri == "stdout:" or "%(" in uri or ("://" in uri and not uri.startswith("file://")):
        return
    path = Path(uri.removeprefix("file://")).absolute()
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or a device: whoever reads it waits for items
        return
    folder, new = next(each for each in path.parents if each.exists()), not path.exists()
    try:
        if folder != path.parent:
            next(folder.iterdir(), None)  # Scrapy makes the folders in between; this one must be one
        else:
            path.open("ab").close()  # root may write anywhere, and still cannot: only trying tells
            if new:
                path.unlink()
    except OSError as error:
        raise BadArgument(f"-o or -O {uri}: {error.strerror}; must be a file that can be written to") from None
