"""Prints what reading one date string costs: `python tests/bench/dates.py`, CPU microseconds a call, best of five."""

from __future__ import annotations

import timeit
from datetime import UTC, datetime
from time import process_time

from crawler.reading.dates import date_label, find_dates, parse_posted

FETCHED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LINES = (
    "10/10/2019  20:21",
    "Ngày đăng: 10/10/2019  20:21",
    "Thứ Bảy, 18/12/2021, 21:07 [GMT+7]",
    "2023-08-10T07:26:00.000Z",
    "20 giờ 21 phút ngày 05 tháng 3 năm 2020",
    "3 giờ trước",
    "Quyết định số 12/QĐ-UBND ngày 10/10/2019",
    "UBND tỉnh tổ chức hội nghị",
    # what only dateparser can answer
    "10 10 2019",
    # as long and as dense as a line may be
    "10/10/2019 20:21 " * 11,
)
CALLS = 500


def cost(line: str) -> list[float]:
    """CPU microseconds of parse_posted, find_dates and date_label for one line."""
    readers = (lambda: parse_posted(line, FETCHED), lambda: find_dates(line, FETCHED), lambda: date_label(line))
    return [min(timeit.repeat(read, process_time, number=CALLS, repeat=5)) / CALLS * 1e6 for read in readers]


def main() -> None:
    print(f"{'parse_posted':>12} {'find_dates':>12} {'date_label':>12}")
    for line in LINES:
        print("".join(f"{each:12.1f} " for each in cost(line)), repr(line[:50]))


if __name__ == "__main__":
    main()
