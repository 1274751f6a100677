"""How the reader speaks: its texts, its names for values, numbers, days and times, in Vietnamese and in English."""

from __future__ import annotations

from archive.records import in_vietnam
from archive.vietnam.document_tables import ISSUERS, TYPES
from archive.web.strings import LANGUAGES, STRINGS, Language


def say(language: Language, name: str, /, n: int | None = None, **values: object) -> str:
    """A text of the table in a language; `n` is a count, written as the language writes numbers."""
    texts = STRINGS[name]
    text = texts[LANGUAGES.index(language)]
    if language == "en" and n is not None and n != 1:
        text = texts[-1]
    shown = {"n": number(language, n)} if n is not None else {}
    return text.format(**shown, **values) if shown or values else text


def named(language: Language, prefix: str, value: str) -> str:
    """What a value such as the relation "amends" is called; the value itself where the table has no name for it."""
    return say(language, f"{prefix}.{value}") if f"{prefix}.{value}" in STRINGS else value


def reason(language: Language, text: str | None) -> str:
    """Why something went amiss, which a run wrote down as "not an article: login"; what is unheard of stays."""
    text = text or ""
    for known in _REASONS:
        if text == known or text.startswith((f"{known}: ", f"{known} ")):
            rest = text[len(known) :]
            between = ": " if rest.startswith(":") else " "
            more = reason(language, rest.lstrip(": "))
            return say(language, f"reason.{known}") + (f"{between}{more}" if more else "")
    return text


_REASONS = sorted((name.removeprefix("reason.") for name in STRINGS if name.startswith("reason.")), key=len)[::-1]


def rule(language: Language, code: str) -> str:
    """What a rule that read a value goes by: "last_line", "meta:date", or a layout of a family such as "liferay.1"."""
    for name in (code, code.partition(":")[0]):
        if f"rule.{name}" in STRINGS:
            return say(language, f"rule.{name}")
    return say(language, "rule.layout")


def document_type(language: Language, code: str) -> str:
    """What a type of documents is called by its code in doc_types.csv."""
    found = TYPES.get(code)
    return code if found is None else found.name if language == "vi" else found.name_en or found.name


def issuer(language: Language, code: str) -> str:
    """What an office is called by its code in issuers.csv."""
    found = ISSUERS.get(code)
    return code if found is None else found.name if language == "vi" else found.name_en or found.name


def percent(language: Language, share: float, digits: int = 0) -> str:
    """A share of 1 in hundredths: 98,6% in Vietnamese, 98.6% in English."""
    text = f"{100 * share:.{digits}f}%"
    return text.replace(".", ",") if language == "vi" else text


def number(language: Language, value: int) -> str:
    """A count with its thousands set apart: 12.345 in Vietnamese, 12,345 in English."""
    text = f"{value:,}"
    return text.replace(",", ".") if language == "vi" else text


_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def day(language: Language, iso: str | None) -> str:
    """An ISO day as people write it: 23/11/2026, 23 November 2026; what is no such day stays as it is."""
    if not iso or len(iso) != 10 or not iso[5:7].isdigit() or not 1 <= int(iso[5:7]) <= 12:
        return iso or ""
    year, month, date = iso.split("-")
    return f"{date}/{month}/{year}" if language == "vi" else f"{int(date)} {_MONTHS[int(month) - 1]} {year}"


def month(language: Language, iso: str | None) -> str:
    """An ISO month as people write it: 11/2026, November 2026; a year or anything else stays as it is."""
    if not iso or len(iso) != 7 or not iso[5:].isdigit() or not 1 <= int(iso[5:]) <= 12:
        return iso or ""
    return f"{iso[5:]}/{iso[:4]}" if language == "vi" else f"{_MONTHS[int(iso[5:]) - 1]} {iso[:4]}"


def moment(language: Language, iso: str | None) -> str:
    """An ISO date-time as people write it, with its zone: 20:21, 10/10/2019 (+07:00); what is in UTC as in Vietnam."""
    if not iso or len(iso) < 16:
        return day(language, iso)
    if iso.endswith("Z"):
        iso = in_vietnam(iso)
    zone = iso[19:] if len(iso) > 19 else ""
    return f"{iso[11:16]}, {day(language, iso[:10])}" + (f" ({zone})" if zone else "")
