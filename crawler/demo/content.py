"""The demo portal's stories: read from the TOML files beside this module, as they stand in an edition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from archive.schema import VIETNAM

HERE = Path(__file__).parent / "articles"
PORT = 8741
DAY = date(2026, 11, 20)
LAST_EDITION = 3

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A listing; `home` is its first page."""

    name: str
    title: str
    home: str


SECTIONS = {
    each.name: each
    for each in (
        Section("kontum", "Tin trong tỉnh", "/pages/list/2/Tin-trong-tinh.html"),
        Section("nukeviet", "Kinh tế - Đầu tư", "/vi/news/kinh-te-dau-tu/"),
        Section("liferay", "Văn hóa - Xã hội", "/web/guest/van-hoa-xa-hoi"),
        Section("own", "Chỉ đạo - Điều hành", "/dieu-hanh/danh-sach.aspx"),
    )
}

Fate = Literal["404", "410", "soft", "home"]


@dataclass(frozen=True, slots=True)
class File:
    """A file the portal serves; `path` is unescaped."""

    path: str
    title: str | None = None
    host: Literal["127.0.0.1", "localhost"] = "127.0.0.1"
    size: int = 0  # bytes of ballast, for attachments that do not fit a memory buffer

    @property
    def href(self) -> str:
        return quote(self.path, safe="/;=")

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[Path(self.path).suffix]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a story, placed after paragraph number `after` (0: before the first)."""

    path: str
    caption: str | None = None
    after: int = 1


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its page states it. In `body`, `~` prints a no-break space and `[[1|here]]` a link to file 1."""

    section: str
    id: int
    slug: str
    title: str
    posted: str | None = None  # ISO, to the precision the page prints
    updated: str | None = None
    kind: str = "text"
    lead: str | None = None
    body: tuple[str, ...] = ()
    byline: str | None = None  # as printed
    authors: tuple[dict[str, str], ...] = ()
    source: str | None = None
    images: tuple[Picture, ...] = ()
    files: tuple[File, ...] = ()
    cites: tuple[dict[str, Any], ...] = ()
    document: dict[str, Any] | None = None
    rows: tuple[tuple[str, str], ...] = ()  # the label/value table of a document page
    video: str | None = None
    form: str | None = None  # which way of printing the date, where a section has several
    traps: frozenset[str] = field(default_factory=frozenset)  # nfd, wall, bare (no validators)
    edition: int = 1  # the first edition that has it
    changed: date | None = None  # the day of the last edition that touched it
    fate: Fate | None = None  # how its address answers once it is deleted

    @property
    def key(self) -> str:
        """The address below the root, query included."""
        return _ADDRESS[self.section].format(story=self)

    @property
    def posted_day(self) -> date | None:
        return date.fromisoformat(self.posted[:10]) if self.posted else None

    @property
    def clock(self) -> datetime | None:
        """The posting time where one is printed, in +07:00."""
        return (
            datetime.fromisoformat(self.posted).replace(tzinfo=VIETNAM) if self.posted and "T" in self.posted else None
        )

    @property
    def modified(self) -> date:
        """The day of its Last-Modified header."""
        return self.changed or self.posted_day or date(2020, 1, 2)


_ADDRESS = {
    "kontum": "/pages/detail/{story.id}/{story.slug}.html",
    "nukeviet": "/vi/news/kinh-te-dau-tu/{story.slug}-{story.id}.html",
    "liferay": "/web/guest/van-hoa-xa-hoi/-/asset_publisher/q7TdKb2XmLzP/content/{story.slug}",
    "own": "/dieu-hanh/xem.aspx?ma={story.id}",
}


@cache
def stories(edition: int = 1) -> tuple[Story, ...]:
    """Every story known in `edition`, deleted ones included, newest first as the lists show them."""
    told = {story.id: story for name in SECTIONS for story in _read(name) if story.edition <= edition}
    for change in changes():
        if change["edition"] <= edition:
            told[change["id"]] = _changed(told[change["id"]], change)
    return tuple(sorted(told.values(), key=lambda story: (story.posted or "", story.id), reverse=True))


@cache
def changes() -> tuple[dict[str, Any], ...]:
    """What the editions change, in order: `edition`, `id`, `day` and one of `edit` (old, new), `gone` (how), `back`."""
    return tuple(tomllib.loads((HERE / "editions.toml").read_text(encoding="utf-8"))["changes"])


def _changed(story: Story, change: dict[str, Any]) -> Story:
    story = replace(story, changed=change["day"])
    if "gone" in change:
        return replace(story, fate=change["gone"])
    if change.get("back"):
        return replace(story, fate=None)
    old, new = change["edit"]
    title, lead, body = (
        story.title.replace(old, new),
        story.lead and story.lead.replace(old, new),
        tuple(paragraph.replace(old, new) for paragraph in story.body),
    )
    return replace(story, title=title, lead=lead, body=body)


def _read(section: str) -> list[Story]:
    rows = tomllib.loads((HERE / f"{section}.toml").read_text(encoding="utf-8"))["stories"]
    return [_story(section, row) for row in rows]


def _story(section: str, row: dict[str, Any]) -> Story:
    """The story of one TOML table; an unknown key raises TypeError."""
    made: dict[str, Any] = dict(row)
    made["body"] = tuple(line for line in row.get("body", "").splitlines() if line)
    made["authors"] = tuple(
        {"kind": "person", "role": "writer"} | ({"name": each} if isinstance(each, str) else each)
        for each in row.get("authors", ())
    )
    made["images"] = tuple(Picture(**each) for each in row.get("images", ()))
    made["files"] = tuple(File(**each) for each in row.get("files", ()))
    made["cites"] = tuple(row.get("cites", ()))
    made["rows"] = tuple((label, value) for label, value in row.get("rows", ()))
    made["traps"] = frozenset(row.get("traps", ()))
    return Story(section=section, **made)
