"""The fields of an article as a person reads them, each with the words and the rule it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive.schema import Article
from archive.views import ArticleView

if TYPE_CHECKING:
    from archive.vietnam.provinces import Province

Field = tuple[str, str, str]  # name, value, evidence; empty where the page does not say


def stated(view: ArticleView) -> list[Field]:
    """The fields that the page, or the ledger, says something of."""
    return [row for row in _fields(view) if row[1] or row[2]]


def _fields(view: ArticleView) -> list[Field]:
    """Name, value and evidence (verbatim text, rule) of every field; empty where the page does not say."""
    article, portal = view.article, view.portal
    readings = view.revisions
    number = next((each.number for each in reversed(readings) if each.article == article), len(readings))
    return [
        ("title", article.title or "", evidence(None, article.title_basis)),
        ("lead", article.lead or "", evidence(None, article.lead_basis)),
        ("posted", _moment(article.posted_at, article.posted_on), evidence(article.posted_text, article.posted_basis)),
        ("updated", _moment(article.updated_at, article.updated_on), evidence(article.updated_text, None)),
        ("authors", _people(article), evidence(article.byline_text, article.authors_basis)),
        ("source", article.source or "", evidence(article.source_text, None)),
        ("section", article.section or "", ""),
        ("kind", article.kind, ""),
        ("portal", f"{portal.slug} ({portal.name})" if portal.name else portal.slug, ""),
        ("publisher", article.publisher or "", ""),
        ("province", _province(article), ""),
        ("language", article.language or "", ""),
        ("address", article.url, ""),
        ("canonical", article.canonical_url if article.canonical_url != article.url else "", ""),
        ("captured", view.captured.first or "", lag(view)),
        ("first seen", view.first_seen or "", ""),
        ("last seen", view.last_seen or "", ""),
        ("checked", view.checked_at or "", ""),
        ("gone since", view.gone or "", ""),
        ("revision", f"{number} of {len(readings)}", evidence(None, article.cause)),
        ("doubts", ", ".join(article.flags), ""),
        ("fetched", article.fetched_at, ""),
        ("snapshot", _place(article), ""),
        ("record", article.snapshot.record_id if article.snapshot else "", ""),
        ("digest", (article.snapshot.payload_digest or "") if article.snapshot else "", ""),
        ("read by", _rules(article), article.extraction.form or ""),
    ]


def lag(view: ArticleView) -> str:
    """How long after its posting day an article was first captured: earlier changes are not known."""
    captured = view.captured
    days = captured.lag(view.article.posted_on)
    if days is None:
        return ""
    since = f"; the portal is archived since {captured.portal_since[:10]}" if captured.portal_since and days > 1 else ""
    return f"{days} day{'' if days == 1 else 's'} after the posting day{since}"


def evidence(words: str | None, rule: str | None) -> str:
    """Verbatim words and rule, in one cell."""
    return " · ".join(filter(None, (f"“{words}”" if words else "", rule)))


def _moment(at: str | None, on: str | None) -> str:
    return at.replace("T", " ").replace("+07:00", " +07:00") if at else on or ""


def _people(article: Article) -> str:
    return ", ".join(each.name + (f" ({each.role})" if each.role != "writer" else "") for each in article.authors)


def _province(article: Article) -> str:
    """The province's name on the posting day, and where it went if it is no more."""
    if not article.province:
        return ""
    from archive.vietnam import provinces

    try:
        day = date.fromisoformat(article.posted_on) if article.posted_on else provinces.today()
        record = provinces.province(article.province, day)
    except (provinces.UnknownProvince, ValueError):
        return article.province
    return "; ".join(filter(None, (f"{record.name_on(day)} ({article.province})", _went(record))))


def whereabouts(filters: Mapping[str, object]) -> str | None:
    """Where the province asked for went, or what it was formed from where that is not asked for too, in a sentence."""
    from archive.vietnam import provinces

    asked = filters.get("province")
    record = provinces.province(str(asked)) if asked else None
    if record is None:
        return None
    if went := _went(record):
        return f"{record.name}: {went}"
    earlier = [provinces.PROVINCES[slug] for slug in record.predecessors]
    names = [each.name for each in earlier if each.place != record.place]
    if not names or filters.get("with_predecessors"):
        return None
    return (
        f"{record.name}: since {record.valid_from} with {', '.join(names)}; --with-predecessors also finds what the"
        f" portal{'s' * (len(names) > 1)} of {' and '.join(names)} post{'s' * (len(names) == 1)}"
    )


def _went(record: Province) -> str | None:
    from archive.vietnam import provinces

    successor = provinces.successor_of(record.slug)
    if successor is None or record.valid_to is None or successor.place == record.place:
        return None
    return f"since {record.valid_to + timedelta(days=1)} part of {successor.name}"


def _place(article: Article) -> str:
    ref = article.snapshot
    return f"{ref.warc}, offset {ref.offset}, {ref.length} bytes, {ref.date}" if ref else ""


def _rules(article: Article) -> str:
    rules = article.extraction
    return f"rules {rules.version}, family {rules.family}, layout {rules.layout}"
