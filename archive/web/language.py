"""How the reader speaks: its texts, its names for values, numbers, days and times, in Vietnamese and in English."""

from __future__ import annotations

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


def moment(language: Language, iso: str | None) -> str:
    """An ISO date-time as people write it, with its zone: 20:21, 10/10/2019 (+07:00)."""
    if not iso or len(iso) < 16:
        return day(language, iso)
    zone = "UTC" if iso.endswith("Z") else iso[19:] if len(iso) > 19 else ""
    return f"{iso[11:16]}, {day(language, iso[:10])}" + (f" ({zone})" if zone else "")
