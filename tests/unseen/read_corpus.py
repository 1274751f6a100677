"""Citations in a body of real text, to be judged by eye: `python tests/unseen/read_corpus.py PATH…`.

Takes text files, a paragraph a line, and `.conll` files, a token a line and a blank line after each sentence, as
VinAIResearch/PhoNER_COVID19 has them (data/syllable). Prints every citation in its context and how many words were
read. Nothing of such a corpus is part of this repository.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from crawler.reading.citations import find_citations

BEFORE, AFTER = re.compile(r" ([,.;:!?)%”])"), re.compile(r"([(“]) ")


def sentences(path: Path) -> Iterator[str]:
    """The text of a corpus, piece by piece; tokens are joined as they were printed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix != ".conll":
        yield from lines
        return
    tokens: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            tokens.append(line.split()[0])
        elif tokens:
            yield AFTER.sub(r"\1", BEFORE.sub(r"\1", " ".join(tokens)))
            tokens = []


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    options.add_argument("paths", nargs="+", type=Path)
    words = found = 0
    for path in options.parse_args().paths:
        for text in sentences(path):
            words += len(text.split())
            for each in find_citations(text):
                found += 1
                print(f"{each.text!r}\t{text[max(0, each.start - 50) : each.end + 50]}")
    print(f"{found} citations in {words:,} words")


if __name__ == "__main__":
    main()
