"""When a capture adds a revision, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.schema import Article, Extraction
from crawler.revisions import new_revisions, next_check

ARTICLE = Article(
    id="p/1", kind="text", portal="p", url="u", canonical_url="u", title="t", fetched_at="2026-11-20T08:00:00Z",
    extraction=Extraction("1", "generic", "generic", None), revision="one",
)  # fmt: skip
NEWER = Extraction("2", "generic", "generic", None)


def causes(previous: Article | None, fresh: Article, again: Article | None = None) -> list[tuple[str, str | None]]:
    held = previous.to_dict() if previous else None
    return [(each.revision, each.cause) for each in new_revisions(held, fresh, lambda item: again)]


@pytest.mark.parametrize(
    ("previous", "fresh", "again", "expected"),
    [
        (None, ARTICLE, None, [("one", "new")]),
        (ARTICLE, ARTICLE, None, []),
        (ARTICLE, replace(ARTICLE, revision="two"), None, [("two", "page")]),
        # better rules read the same page otherwise: no edit
        (ARTICLE, replace(ARTICLE, revision="two", extraction=NEWER),
         replace(ARTICLE, revision="two", extraction=NEWER), [("two", "rules")]),
        # better rules, and an edit
        (ARTICLE, replace(ARTICLE, revision="three", extraction=NEWER),
         replace(ARTICLE, revision="two", extraction=NEWER), [("two", "rules"), ("three", "page")]),
        # better rules that read both captures as before
        (ARTICLE, replace(ARTICLE, extraction=NEWER), replace(ARTICLE, extraction=NEWER), []),
    ],
)  # fmt: skip
def test_causes(previous, fresh, again, expected):
    assert causes(previous, fresh, again) == expected


def test_rechecks_grow_apart():
    changed = datetime(2026, 1, 1, tzinfo=UTC)
    now, ages = changed, []
    for _ in range(6):
        now = next_check(changed, now)
        ages.append((now - changed).days)
    assert ages == [1, 7, 30, 91, 365, 730]


def test_a_late_check_is_not_made_up_for():
    changed = datetime(2026, 1, 1, tzinfo=UTC)
    assert next_check(changed, changed + timedelta(days=40)) == changed + timedelta(days=91)


@pytest.mark.parametrize(
    ("room", "days"), [(1.0, 7), (0.5, 7), (0.25, 13), (0.1, 31), (0.0, 366)], ids=lambda value: str(value)
)
def test_checks_wait_longer_where_room_runs_short(room, days):
    changed = datetime(2026, 1, 1, tzinfo=UTC)
    assert (next_check(changed, changed + timedelta(days=1), room) - changed).days == days
