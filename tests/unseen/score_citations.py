"""Scores the citation reader on an unseen set: python tests/unseen/score_citations.py [-v] [--half a|b] [NAME].

NAME is one of the sets that CITATIONS.md describes. Half A is the half whose misses may be looked at; half B is only
counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from archive.schema import Citation
from archive.vietnam.document_tables import issuer_of
from archive.vietnam.documents import plain
from crawler.reading.citations import find_citations

Case = dict[str, Any]
SETS = ("citations", "citations_fresh", "citations_last", "citations_blind")
FIELDS = ("type", "date", "date_basis", "issuer_text", "issuer", "level", "relation")


@dataclass(slots=True)
class Tally:
    """What was counted over some cases, and a line for each thing that differs from its label."""

    counts: Counter[str] = field(default_factory=Counter)
    relations: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)  # (label, read)
    misses: list[str] = field(default_factory=list)


def load(name: str = "citations") -> list[Case]:
    """The cases of the set of that name, in its order."""
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def half(case: Case) -> str:
    """The half a case is in, by a hash of its id, so that it never changes."""
    return "ab"[hashlib.sha256(case["id"].encode()).digest()[0] % 2]


def tally(cases: Iterable[Case]) -> Tally:
    """Every case read and compared with its labels."""
    kept = Tally()
    for case in cases:
        _compare(case, kept)
    return kept


def scores(kept: Tally) -> dict[str, float]:
    """The measures, each between 0 and 1 but for the two rates of false citations."""
    counts = kept.counts
    measured = {
        "f1": 2 * counts["right"] / max(1, counts["read"] + counts["labelled"]),
        "precision": counts["right"] / max(1, counts["read"]),
        "recall": counts["right"] / max(1, counts["labelled"]),
        "strict_spans": counts["strict"] / max(1, counts["right"]),
        "false_per_70_negatives": 70 * counts["false_in_negatives"] / max(1, counts["negatives"]),
        "false_per_100k_words": 100_000 * counts["false_in_articles"] / max(1, counts["article_words"]),
    }
    for name in FIELDS:
        measured[name] = counts[name] / max(1, counts[f"{name}?"])
    measured["relation_macro_f1"] = _macro(kept.relations)
    measured["cid_right"] = counts["cid_right"] / max(1, counts["cid?"])
    measured["cid_wrong"] = counts["cid_wrong"] / max(1, counts["cid?"])
    measured["cid_where_none"] = counts["cid_surplus"] / max(1, counts["cid_none?"])
    measured["ties_recall"] = counts["ties_right"] / max(1, counts["ties?"])
    measured["ties_precision"] = counts["ties_right_short"] / max(1, counts["ties_read_short"])
    return measured


def _compare(case: Case, kept: Tally) -> None:
    counts, posted = kept.counts, case["posted_on"]
    found = find_citations(case["text"], date.fromisoformat(posted) if posted else None, case["province"])
    places = _matched(case, found, kept)
    surplus = [each for at, each in enumerate(found) if at not in places.values()]
    labelled = [_span(case, label) for label in case["citations"]]
    counts["read"] += len(found)
    for each in surplus:
        if not any(each.start < end and start < each.end for start, end in labelled):
            kept.misses.append(f"{case['id']} surplus {each.text!r} = {each.norm or each.number}")
    if case["what"].startswith("whole article"):
        counts["article_words"] += len(case["text"].split())
        counts["false_in_articles"] += len(surplus)
    elif not case["citations"]:
        counts["negatives"] += 1
        counts["false_in_negatives"] += len(surplus)
    for at, place in places.items():
        _compare_fields(case, case["citations"][at], found[place], kept)
    for label in case["citations"]:
        counts["cid?"] += label.get("cid") is not None
        counts["cid_none?"] += "cid" in label and label["cid"] is None
    if "ties" in case:
        _compare_ties(case, found, places, kept)


def _matched(case: Case, found: list[Citation], kept: Tally) -> dict[int, int]:
    """The index of the citation read for each label that was read with its number; misses are noted."""
    places: dict[int, int] = {}
    for at, label in enumerate(case["citations"]):
        start, end = _span(case, label)
        kept.counts["labelled"] += 1
        near = [i for i, each in enumerate(found) if each.start < end and start < each.end and i not in places.values()]
        place = next((i for i in near if _same(label, found[i])), None)
        if place is None:
            read = [found[i].norm or found[i].number for i in near]
            kept.misses.append(f"{case['id']} missed {label['text']!r} ({label.get('norm')}), read {read}")
            continue
        places[at] = place
        kept.counts["right"] += 1
        if (found[place].start, found[place].end) == (start, end):
            kept.counts["strict"] += 1
        else:
            kept.misses.append(f"{case['id']} span {found[place].text!r} for {label['text']!r}")
    return places


def _same(label: Case, read: Citation) -> bool:
    if "norm" in label and label["norm"] != read.norm:
        return False
    number = label.get("number")
    return label.get("norm") is not None or number is None or plain(number) == plain(read.number or "")


def _compare_fields(case: Case, label: Case, read: Citation, kept: Tally) -> None:
    counts = kept.counts
    for name in FIELDS:
        if name in label:
            value, wanted = getattr(read, name), _issuer(label[name]) if name == "issuer" else label[name]
            counts[f"{name}?"] += 1
            counts[name] += value == wanted
            if value != wanted:
                kept.misses.append(f"{case['id']} {name} of {label['text']!r}: {value!r} for {wanted!r}")
    if "relation" in label:
        kept.relations[label["relation"], read.relation] += 1
    if "cid" in label:
        given = read.cid
        counts["cid_right"] += given is not None and given == label["cid"]
        counts["cid_wrong"] += None not in (given, label["cid"]) and given != label["cid"]
        counts["cid_surplus"] += given is not None and label["cid"] is None
        if given != label["cid"]:
            said = f"{given!r} for {label['cid']!r} {read.flags} {read.candidates}"
            kept.misses.append(f"{case['id']} cid of {label['text']!r}: {said}")


def _issuer(suffix: str | None) -> str | None:
    """The code of a suffix, which is what labels name issuers by; a suffix no table has stays as it is."""
    known = issuer_of(suffix) if suffix else None
    return known.code if known else suffix


def _compare_ties(case: Case, found: list[Citation], places: dict[int, int], kept: Tally) -> None:
    labelled = {(tie["from"], tie["relation"], tie["to"]) for tie in case["ties"]}
    back = {place: at for at, place in places.items()}
    read = {
        (back.get(place, -1), tie.relation, back.get(tie.to, -1))
        for place, each in enumerate(found)
        for tie in each.ties
    }
    kept.counts["ties?"] += len(labelled)
    kept.counts["ties_right"] += len(labelled & read)
    kept.misses += [f"{case['id']} tie missed {tie}" for tie in sorted(labelled - read)]
    if not case["what"].startswith("whole article"):  # there the ties listed are not all there are
        kept.counts["ties_read_short"] += len(read)
        kept.counts["ties_right_short"] += len(labelled & read)
        kept.misses += [f"{case['id']} tie surplus {tie}" for tie in sorted(read - labelled)]


def _macro(pairs: Counter[tuple[str | None, str | None]]) -> float:
    """The mean F1 over the relations that labels name, null among them."""
    labels = {label for label, _ in pairs}
    parts = []
    for each in labels:
        right = pairs[each, each]
        labelled = sum(count for (label, _), count in pairs.items() if label == each)
        read = sum(count for (_, value), count in pairs.items() if value == each)
        parts.append(2 * right / (labelled + read))
    return sum(parts) / max(1, len(parts))


def _span(case: Case, label: Case) -> tuple[int, int]:
    """Where a label stands in the NFC text; the first occurrence is number 1."""
    text, part = (unicodedata.normalize("NFC", each) for each in (case["text"], label["text"]))
    at = -1
    for _ in range(label["occurrence"]):
        at = text.index(part, at + 1)
    return at, at + len(part)


def main() -> None:
    """Print the table for both halves and the whole, with -v each miss of the half asked for."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("name", nargs="?", choices=SETS, default="citations")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the misses")
    parser.add_argument("--half", choices=("a", "b", "both"), default="a", help="whose misses to print")
    asked = parser.parse_args()
    cases = load(asked.name)
    parts = {name: tally(case for case in cases if half(case) in name) for name in ("a", "b", "ab")}
    tables = {name: scores(part) for name, part in parts.items()}
    print(f"{'':24}{'half A':>10}{'half B':>10}{'whole':>10}")
    for name in tables["ab"]:
        print(f"{name:24}" + "".join(f"{tables[part][name]:10.4f}" for part in ("a", "b", "ab")))
    for name in ("labelled", "read", "false_in_negatives", "negatives", "false_in_articles", "article_words", "cid?",
                 "cid_right", "cid_wrong", "cid_surplus"):  # fmt: skip
        print(f"{name:24}" + "".join(f"{parts[part].counts[name]:10d}" for part in ("a", "b", "ab")))
    if asked.verbose:
        print("\n".join(parts[{"both": "ab"}.get(asked.half, asked.half)].misses))


if __name__ == "__main__":
    main()
