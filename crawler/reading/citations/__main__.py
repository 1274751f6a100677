"""A text marked with what it cites: python -m crawler.reading.citations FILE [PROVINCE] [DAY]."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from crawler.reading.citations import find_citations
from crawler.reading.citations.views import View


def main(arguments: list[str]) -> int:
    """Print the text of FILE ("-" for standard input) with each citation in brackets, then one line for each."""
    if not 1 <= len(arguments) <= 3:
        print("usage: python -m crawler.reading.citations FILE [PROVINCE] [YYYY-MM-DD]", file=sys.stderr)
        return 2
    name, province, day = (*arguments, None, None)[:3]
    text = View.of(sys.stdin.read() if name == "-" else Path(str(name)).read_text(encoding="utf-8")).text
    found = find_citations(text, date.fromisoformat(day) if day else None, province)
    marked, at = [], 0
    for place, citation in enumerate(found):
        marked += [text[at : citation.start], "⟦", text[citation.start : citation.end], f"⟧{place}"]
        at = citation.end
    print("".join(marked) + text[at:])
    for place, each in enumerate(found):
        said = [each.type, each.norm or each.number, each.date, each.issuer_text, each.relation, each.cid, *each.flags]
        print(f"{place}\t" + "\t".join("-" if value is None else str(value) for value in said))
        for tie in each.ties:
            print(f"\t{tie.relation} {tie.to}: {tie.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
