"""What a crawl of the demo portal must find: the expected item of every article, and what must not become one.

Made from the stories' own data, never by running the extractor. Where a page leaves a field open the expected item
has no such key: tests compare the keys that are there.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

from crawler.demo.content import PORT, SECTIONS, Story, changes, stories
from crawler.demo.markup.shell import linked
from crawler.demo.traps import TRAPS


def truth(edition: int = 1, port: int = PORT) -> dict[str, dict[str, Any]]:
    """Expected items by canonical address, for every article the portal shows in `edition`."""
    return {url(story, port): expected(story, port) for story in stories(edition) if story.fate is None}


def not_articles(port: int = PORT) -> dict[str, str]:
    """Addresses that the lists link and that must yield no article, with the reason."""
    return {f"http://127.0.0.1:{port}{trap.key}": trap.reason for trap in TRAPS}


def behind_wall(port: int = PORT) -> set[str]:
    """Those of the articles that answer first with a cookie wall, once, to whoever has no cookie of theirs."""
    return {url(story, port) for story in stories(1) if "wall" in story.traps}


def moves(edition: int, port: int = PORT) -> dict[str, list[str]]:
    """What `edition` changed against the one before: addresses by `new`, `edited`, `gone`, `back`."""
    told = {story.id: story for story in stories(edition)}
    out: dict[str, list[str]] = {"new": [], "edited": [], "gone": [], "back": []}
    out["new"] = sorted(url(story, port) for story in told.values() if story.edition == edition > 1)
    for change in changes():
        if change["edition"] == edition:
            name = "edited" if "edit" in change else "gone" if "gone" in change else "back"
            out[name].append(url(told[change["id"]], port))
    return {name: sorted(urls) for name, urls in out.items()}


def url(story: Story, port: int = PORT) -> str:
    return f"http://127.0.0.1:{port}{story.key}"


def expected(story: Story, port: int = PORT) -> dict[str, Any]:
    """The fields of the item that the story's page settles."""
    item: dict[str, Any] = {
        "kind": story.kind,
        "canonical_url": url(story, port),
        "section": SECTIONS[story.section].title,
        "language": "vi",
        "title": story.title,
        "posted_on": story.posted[:10] if story.posted else None,
        "posted_at": story.clock.isoformat() if story.clock else None,
        "posted_precision": _precision(story),
        "authors": list(story.authors),
        "source": story.source,
    }
    if story.kind != "document":
        item["lead"] = plain(story.lead) if story.lead else None
        item["body"] = "\n".join(plain(paragraph) for paragraph in story.body)
        item["images"] = [{"url": _at(image.path, port), "caption": image.caption} for image in story.images]
    if not story.video:
        item["attachments"] = attachments(story, port)
    if story.kind != "document":
        item["cited_documents"] = citations(story, item)
    if story.updated:
        item["updated_on"] = story.updated[:10]
    if story.document:
        item["document"] = {k: v.isoformat() if isinstance(v, date) else v for k, v in story.document.items()}
    return item


def plain(text: str) -> str:
    """The words of a paragraph as an item holds them."""
    return re.sub(r"\[\[\d\|(.*?)\]\]", r"\1", text).replace("~", " ")


def attachments(story: Story, port: int) -> list[dict[str, Any]]:
    """In page order: files that the body links first; the words of such a link ("here") are no title to insist on."""
    inside = linked(story)
    order = sorted(range(1, len(story.files) + 1), key=lambda number: (number not in inside, number))
    return [
        {"url": f"http://{file.host}:{port}{file.href}", "media_type": file.media_type}
        | ({} if number in inside else {"title": file.title})
        for number in order
        for file in (story.files[number - 1],)
    ]


def citations(story: Story, item: dict[str, Any]) -> list[dict[str, Any]]:
    """The story's cited documents with the place of their words; ValueError where the words do not stand there."""
    fields = {"title": item["title"], "lead": item["lead"] or "", "body": item["body"]}
    for number, file in enumerate(item.get("attachments", ())):
        fields[f"attachments.{number}.title"] = file.get("title") or ""
    at = dict.fromkeys(fields, 0)
    out = []
    for cite in story.cites:
        name = cite.get("field") or next((n for n in fields if fields[n].find(plain(cite["text"]), at[n]) >= 0), "")
        start = fields.get(name, "").find(plain(cite["text"]), at.get(name, 0))
        if start < 0:
            raise ValueError(f"{story.section} {story.id}: {cite['text']!r} is not in its text")
        at[name] = start + len(plain(cite["text"]))
        fact = {key: value.isoformat() if isinstance(value, date) else value for key, value in cite.items()}
        fact |= dict.fromkeys(fact.pop("none", ()))
        out.append(
            {"kind": "numbered"} | fact | {"text": plain(cite["text"]), "field": name, "start": start, "end": at[name]}
        )
    return out


def _precision(story: Story) -> str:
    if not story.posted:
        return "none"
    return "day" if not story.clock else "second" if story.clock.second else "minute"


def _at(path: str, port: int) -> str:
    return f"http://127.0.0.1:{port}{quote(path, safe='/')}"
