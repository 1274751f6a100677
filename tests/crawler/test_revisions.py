"""When a capture adds a revision, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.schema import Article, Extraction
from crawler.reading.article import read_article
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


PAGE = """<html><head><title>Tin</title></head><body><div class="detail"><h1>Tỉnh triển khai kế hoạch năm 2026</h1>
<div class="date">Ngày đăng: 12/05/2026 14:30</div><div class="content"><p>UBND tỉnh vừa ban hành kế hoạch phòng chống
thiên tai trên địa bàn, yêu cầu các địa phương thực hiện phương châm bốn tại chỗ trong mùa mưa bão năm nay.</p>
<p><img src="{image}"></p><p><a href="{file}">Tải về kế hoạch</a></p></div></div></body></html>"""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("/anh/5.jpg?t=1", "/tep/5.pdf?token=ab&ts=1"), ("/anh/5.jpg?t=2", "/tep/5.pdf?token=cd&ts=2"), True),
        (("/anh/5.jpg", "/tep/5.pdf"), ("/anh/5.jpg?X-Amz-Signature=ab", "/tep/5.pdf"), True),
        (("/anh/5.jpg", "/tep/5.pdf"), ("/anh/6.jpg", "/tep/5.pdf"), False),
        (("/anh/5.jpg", "/tep/5.pdf"), ("/anh/5.jpg", "/tep/6.pdf?token=ab"), False),
        (("/anh.ashx?id=5", "/tep/5.pdf"), ("/anh.ashx?id=6", "/tep/5.pdf"), False),
    ],
)
def test_a_token_behind_a_file_s_name_is_no_edit(one, other, same):
    def revision(image: str, file: str) -> str:
        body = PAGE.format(image=image, file=file).encode()
        read = read_article(body, "https://x.gov.vn/tin-1.html", datetime(2026, 11, 23, tzinfo=UTC))
        assert isinstance(read, Article)
        return read.revision

    assert (revision(*one) == revision(*other)) is same
