"""A text marked with what it cites: python -m crawler.reading.citations FILE [PROVINCE] [DAY]."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from archive.schema import Citation
from archive.vietnam.provinces import UnknownProvince, province
from crawler.reading.citations import find_citations
from crawler.reading.citations.views import View

USAGE = "usage: python -m crawler.reading.citations FILE [PROVINCE] [YYYY-MM-DD]; FILE - is standard input"


def main(arguments: list[str]) -> int:
    """Print the text of FILE with each citation in brackets, then one line for each; 2 where an argument is no good."""
    if not 1 <= len(arguments) <= 3 or arguments[0] in ("-h", "--help"):
        print(USAGE, file=sys.stderr)
        return 2
    name, place, day = (*arguments, None, None)[:3]
    try:
        posted_on = date.fromisoformat(day) if day else None
        slug = province(place, posted_on).place if place else None
    except UnknownProvince as error:
        return _refused(str(error))
    except ValueError:
        return _refused(f"{day} is no day; write it 2025-08-31")
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(str(name)).read_bytes()
        text = View.of(raw.decode("utf-8-sig")).text
        if "\0" in text:
            return _refused(f"{name} is not text")
    except UnicodeDecodeError:
        return _refused(f"{name} is not UTF-8 text")
    except OSError as error:
        return _refused(f"{name}: {error.strerror}")
    found = find_citations(text, posted_on, slug)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(_marked(text, found))
    for place_in_text, each in enumerate(found):
        said = [each.type, each.norm or each.number, each.date, each.issuer_text, each.relation, each.cid, *each.flags]
        print(f"{place_in_text}\t" + "\t".join("-" if value is None else str(value) for value in said))
        for tie in each.ties:
            print(f"\t{tie.relation} {tie.to}: {tie.text}")
    return 0


def _marked(text: str, found: list[Citation]) -> str:
    parts, at = [], 0
    for index, citation in enumerate(found):
        parts += [text[at : citation.start], "⟦", text[citation.start : citation.end], f"⟧{index}"]
        at = citation.end
    return "".join(parts) + text[at:]


def _refused(why: str) -> int:
    print(f"python -m crawler.reading.citations: {why}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
