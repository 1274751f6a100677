"""How fast citations are read: ordinary article text, text as dense as a legal list, and text made to make it stumble.

Run `PYTHONPATH=. python tests/bench/citations.py`. Where eyecite is installed (a throw-away environment does:
`uv venv eye && uv pip install --python eye eyecite`, then eye/bin/python) its figures on American text of the same
density stand beside ours. The comparison is of work per citation, not of quality: eyecite reads no Vietnamese.
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
        "each replaces the last": ("15-CT/TU, thay thế " * size)[:size],
    }


def seconds(read: Callable[[str], Sequence[Any]], text: str) -> tuple[float, int]:
    """The best of three runs, and how many citations were found."""
    found, best = 0, float("inf")
    for _ in range(3):
        start = time.process_time()
        found = len(read(text))
        best = min(best, time.process_time() - start)
    return best, found


def ours(text: str) -> Sequence[Any]:
    return find_citations(text, date(2019, 10, 10), "kon-tum")


def report(name: str, read: Callable[[str], Sequence[Any]], text: str) -> None:
    took, found = seconds(read, text)
    density, speed = 1000 * found / len(text), len(text) / took / 1e6
    print(f"{name:28}{len(text):>8} chars {density:6.2f} citations in 1,000 {took:8.3f} s {speed:7.3f} Mchar/s")


def main() -> None:
    """Print what each text takes: best of three runs, one core."""
    report("ordinary article text", ours, article(500_000, 8))
    report("dense text", ours, article(200_000, 1))
    for name, text in stumbling(100_000).items():
        report(name, ours, text)
    try:
        from eyecite import get_citations  # type: ignore[import-not-found]
    except ImportError:
        print("eyecite is not installed: no comparison")
        return
    report("eyecite, ordinary", get_citations, article(100_000, 21, AMERICAN, PROSE))
    report("eyecite, dense", get_citations, article(50_000, 3, AMERICAN, PROSE))


if __name__ == "__main__":
    main()
