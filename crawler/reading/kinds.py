"""What an article mainly is: text, a file, photographs, a recording, or an official document."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.schema import Attachment, Document, Kind
from archive.vietnam.text import fold
from crawler.reading.page import Page
from crawler.reading.text.span import Span
from crawler.reading.text.story import Story

_PLAYERS = ("youtube.com", "youtu.be", "player", "vimeo", "facebook.com/plugins/video", "embed", "mp4", "m3u8")
# What pages of recordings call themselves, in their address or headline.
_RECORDED = re.compile(
    r"\b(?:video|clip|truyen[ -]hinh|phat[ -]thanh|truyen[ -]thanh|audio|radio|podcast|ban tin (?:thoi su|hinh))\b"
)
# What sets a player into an element by its id: jwplayer("media").setup({file: "/tin/ban-tin.mp4"}).
_SETTERS = ("jwplayer", "videojs", "flowplayer", "mediaelementplayer", "Plyr", "DPlayer", "Clappr.Player", "YT.Player")
_OF_SETTERS = ("layer", "videojs", "Plyr")
_SET_UP = re.compile(
    rf"""\b(?:{"|".join(map(re.escape, _SETTERS))})\s*\(\s*"""
    r"""(?:\{\s*(?:container|parentId)\s*:\s*)?(?:document\.getElementById\(\s*)?["']#?([\w-]{1,60})["']"""
)
_PLAYED = re.compile(r"\.(mp[34]|m3u8|webm|mpd)(?:[?#]|$)")
_SET_UP_ENDS = 400  # characters within which such a call names its file
# A recording with one paragraph beneath it is a recording; more than this is a text with a recording.
_DESCRIPTION = 600


def find_players(page: Page, span: Span) -> dict[str, int]:
    """Which players stand in the article, "video" or "audio", each with the block before which its first one stands."""
    found: dict[str, int] = {}
    beside = _beside(page, span)
    for each in page.outline.media:
        if each.tag == "img" or each.box.zone not in (None, "widget") or each.order not in beside:
            continue
        source = (each.node.get("src") or "").lower()
        if each.tag == "audio" or ".mp3" in source:
            if each.box.zone is None:
                found.setdefault("audio", each.order)
        elif each.tag == "video" or any(word in source for word in _PLAYERS):
            found.setdefault("video", each.order)
    return found or _set_up_players(page, beside)


def _beside(page: Page, span: Span) -> range:
    """The orders of the article's blocks, and of those over its headline in the same element.

    On a page of a recording the player may stand over the headline with what is played next beside it.
    """
    if is_of_recordings(page, None):
        return range(span.end + 3)
    return range(min(span.head, max(span.box.first, span.head - 4)), span.end + 3)


def _set_up_players(page: Page, beside: range) -> dict[str, int]:
    """The same, of players that a script makes out of an empty element."""
    found: dict[str, int] = {}
    boxes: list[tuple[str, int]] = []
    for box in page.outline.boxes.values():
        if box.first in beside and box.zone in (None, "widget"):
            # <div id="player" data-src="https://…/ban-tin.m3u8"></div>
            if box.first == box.last and (played := _PLAYED.search(box.node.get("data-src") or "")):
                found.setdefault("audio" if played[1] == "mp3" else "video", box.first)
            if name := box.node.get("id"):
                boxes.append((name, box.first))
    # a page's text is searched once something in it could be a player, first for what the names of setters share
    if not boxes or not any(part in page.source for part in _OF_SETTERS):
        return found
    if not any(name in page.source for name in _SETTERS):
        return found
    called = {match[1]: match.end() for match in _SET_UP.finditer(page.source)}
    for name, first in boxes:
        if name in called:
            heard = ".mp3" in page.source[called[name] : called[name] + _SET_UP_ENDS].lower()
            found.setdefault("audio" if heard else "video", first)
    return found


def is_of_recordings(page: Page, title: str | None) -> bool:
    """Whether the page's address or headline says that it plays something: its text then is what is said there."""
    return any(map(_RECORDED.search, (urlsplit(page.url).path.lower(), fold(title or ""))))


def kind_of(
    story: Story,
    span: Span,
    files: tuple[Attachment, ...],
    players: dict[str, int],
    document: Document | None,
    *,
    recorded: bool,
) -> tuple[Kind, tuple[str, ...]]:
    """The kind, and a flag where anything but text has little or no body; `recorded`: the page says that it plays."""
    prose = story.size
    if document is not None:
        return "document", ()
    playing: Kind | None = "video" if "video" in players else "audio" if "audio" in players else None
    # a viewer of a file plays nothing
    shown = playing is not None and players[playing] <= span.prose and not files
    short = playing == "video" and len(story.paragraphs) <= 1 and prose < _DESCRIPTION
    if playing is not None and shown and (short or recorded):
        return playing, _flags(prose)
    if prose >= 150 or (prose >= 40 and not (files or players or story.pictures)):
        many = len(story.pictures) >= 4 and prose < 60 * len(story.pictures)
        return ("photo" if many and not players else "text"), ()
    if files:
        return "attachment", _flags(prose)
    if playing is not None:
        return playing, _flags(prose)
    return ("photo" if story.pictures else "text"), _flags(prose)


def _flags(prose: int) -> tuple[str, ...]:
    if prose >= 150:
        return ()
    return ("body_short",) if prose else ("body_empty",)
