"""How fast citations are read: ordinary article text, text as dense as a legal list, and text made to make it stumble.

Run `python tests/bench/citations.py`; with eyecite installed its figures on text of the same density stand beside ours.
Eyecite reads American citations: the comparison is of work per citation, not of quality.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from crawler.reading.citations import find_citations

SENTENCE = (
    "Theo đó, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Thủ trưởng các sở, ban ngành và Chủ tịch UBND các huyện, thành phố "
    "tổ chức các mô hình bảo vệ an ninh, trật tự trong từng cơ quan, đơn vị, doanh nghiệp, nhà trường; đến tháng "
    "9/2019 đã có 85/102 thôn đạt chuẩn, tăng 12,5% so với năm 2018. "
)
CITED = (
    "Ngày 09/10/2019, Chủ tịch UBND tỉnh ban hành Công văn số {n}/UBND-NCXDPL triển khai thực hiện Kế hoạch số "
    "{m}-KH/TU ngày 23/9/2019 của Ban Thường vụ Tỉnh ủy. "
)
AMERICAN = (
    "The court in Smith v. Jones, {n} U.S. {m}, 480 (1975), affirmed; see also Roe v. Doe, {n} F.3d {m} "
    "(9th Cir. 1999). "
)
PROSE = (
    "The parties then argued at length about the meaning of the statute and of the record that lay before the court. "
)


def article(size: int, sentences_per_citation: int, cited: str = CITED, prose: str = SENTENCE) -> str:
    """About `size` characters with a citing sentence after so many of prose; always the same."""
    dice = random.Random(5)
    parts: list[str] = []
    while sum(map(len, parts[-400:])) < size and len(parts) * 120 < size * 2:
        parts += [prose] * sentences_per_citation
        parts.append(cited.format(n=dice.randint(1, 4000), m=dice.randint(1, 400)) + "\n")
    return "".join(parts)[:size]


def stumbling(size: int) -> dict[str, str]:
    """Texts on which a pattern that backtracks takes minutes."""
    dice = random.Random(7)
    return {
        "digits, dashes, slashes": "".join(dice.choice("0123456789-/") for _ in range(size)),
        "one slash chain": ("1/" * size)[:size],
        "digits and blanks": ("12 / 3 - " * size)[:size],
        "numbers and symbols": ("12/QĐ-" * size)[:size],
        "type words": ("Quyết định số " * size)[:size],
        "one long number": "7" * size,
        "capitals": ("UBND-" * size)[:size],
        "commas": ("Quyết định số 1, 2, 3, " * size)[:size],
    }


def seconds(read: Callable[[str], Sequence[Any]], text: str) -> tuple[float, int]:
    """The best of three runs, and how many citations were found."""
    found, best = 0, float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = len(read(text))
        best = min(best, time.perf_counter() - start)
    return best, found


def ours(text: str) -> Sequence[Any]:
    return find_citations(text, date(2019, 10, 10), "kon-tum")


def main() -> None:
    ordinary, dense = article(500_000, 8), article(200_000, 1)
    for name, text in (("ordinary article text", ordinary), ("dense text", dense)):
        took, found = seconds(ours, text)
        print(
            f"{name:28} {len(text):>8} chars {found:>6} citations {took:7.3f} s {len(text) / took / 1e6:6.2f} Mchar/s"
        )
    for name, text in stumbling(100_000).items():
        took, found = seconds(ours, text)
        print(f"{name:28} {len(text):>8} chars {found:>6} citations {took:7.3f} s")
    try:
        from eyecite import get_citations  # type: ignore[import-not-found]
    except ImportError:
        print("eyecite is not installed: no comparison")
        return
    for name, text in (
        ("eyecite, ordinary", article(100_000, 8, AMERICAN, PROSE)),
        ("eyecite, dense", article(50_000, 1, AMERICAN, PROSE)),
    ):
        took, found = seconds(get_citations, text)
        print(
            f"{name:28} {len(text):>8} chars {found:>6} citations {took:7.3f} s {len(text) / took / 1e6:6.2f} Mchar/s"
        )


if __name__ == "__main__":
    main()
