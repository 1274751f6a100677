"""Arguments of the crawl: what they mean, and the one line a wrong one gets."""

from datetime import date

import pytest

from crawler.plan import BadArgument, Plan, read_plan


def test_what_the_arguments_say():
    plan = read_plan({"portal": "demo", "since": "2026-01-02", "until": "2026-02-01", "limit": "5", "minutes": "3"})
    assert [each.slug for each in plan.portals] == ["demo"]
    assert (plan.mode, plan.since, plan.until, plan.limit, plan.minutes) == (
        "incremental", date(2026, 1, 2), date(2026, 2, 1), 5, 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"portals": "demo"}, "nearest: portal"),
        ({"close": "1"}, "no such argument"),
        ({"portal": "dem"}, "nearest: demo"),
        ({"portal": ","}, "names nothing"),
        ({"province": "kontum"}, "kon-tum"),
        # merged on 1 July 2025: the line says where it went
        ({"province": "kon-tum"}, "Quảng Ngãi"),
        ({"portal": "demo", "since": "1/2/2026"}, "YYYY-MM-DD"),
        ({"portal": "demo", "until": "2026-13-01"}, "YYYY-MM-DD"),
        ({"portal": "demo", "since": "2026-02-01", "until": "2026-01-01"}, "lies after"),
        ({"portal": "demo", "mode": "fast"}, "incremental or full"),
        ({"portal": "demo", "mode": "Full"}, "nearest: full"),
        ({"portal": "demo", "requisites": "some"}, "none, images or all"),
        ({"portal": "demo", "requisites": "image"}, "nearest: images"),
        ({"portal": "demo", "limit": "0"}, "whole number from 1"),
        ({"portal": "demo", "minutes": "many"}, "whole number from 1"),
    ],
)
def test_a_wrong_argument_is_one_line(arguments, line):
    with pytest.raises(BadArgument, match=line) as caught:
        read_plan(arguments)
    assert "\n" not in str(caught.value)


def test_the_posting_day_steers_what_is_followed():
    plan = Plan((), since=date(2026, 1, 2), until=date(2026, 1, 3))
    wanted = [plan.wants(day) for day in (None, date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4))]
    assert wanted == [True, False, True, True, False]
