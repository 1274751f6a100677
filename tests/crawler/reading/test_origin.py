"""Whose papers "UBND tỉnh" means, by the portal's province, the source that the page names, and the day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.portal import SHIPPED, load_portal
from crawler.reading.article import read_article
from crawler.reading.origin import home_of

BEFORE, SINCE = date(2024, 4, 1), date(2025, 9, 1)
HOMES = [
    # nobody says that it is from elsewhere
    ("quang-ngai", None, BEFORE, "quang-ngai"),
    ("quang-ngai", "TTXVN", BEFORE, "quang-ngai"),
    ("quang-ngai", "Báo Nhân Dân", None, "quang-ngai"),
    ("quang-ngai", "Cổng TTĐT tỉnh Quảng Ngãi", BEFORE, "quang-ngai"),
    ("quang-ngai", "Báo Gia Lai, Báo Quảng Ngãi", BEFORE, "quang-ngai"),
    (None, "Báo Gia Lai", BEFORE, None),
    # another province's, by its name, its portal's host or its newspaper's
    ("quang-ngai", "Báo Gia Lai", BEFORE, None),
    ("quang-ngai", "BAO GIA LAI", BEFORE, None),
    ("quang-ngai", "www.gialai.gov.vn", None, None),
    ("quang-ngai", "baogialai.com.vn", BEFORE, None),
    # Kon Tum and Quảng Ngãi were two until 1 July 2025, and are one since
    ("quang-ngai", "Báo Kon Tum", BEFORE, None),
    ("kon-tum", "Báo Quảng Ngãi", BEFORE, None),
    ("quang-ngai", "Báo Kon Tum", SINCE, "quang-ngai"),
    ("kon-tum", "Báo Quảng Ngãi", SINCE, "kon-tum"),
    ("kon-tum", "Báo Gia Lai", SINCE, None),
]


@pytest.mark.parametrize(("province", "source", "day", "home"), HOMES)
def test_home(province: str | None, source: str | None, day: date | None, home: str | None) -> None:
    assert home_of(province, source, day) == home


PAGE = """<html><head><title>Chuyển đổi số</title></head><body><article>
<h1>Gia Lai đẩy mạnh chuyển đổi số trong năm</h1>
<p class="date">12/04/2024 08:00</p><p>Kế hoạch số 88/KH-UBND ngày 12/3/2024 của UBND tỉnh về chuyển đổi số đã
được các sở, ngành và địa phương trong tỉnh triển khai đồng bộ từ đầu năm, đạt nhiều kết quả tích cực bước đầu.</p>
<p>Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ cũng được quán triệt đến từng cán bộ, đảng viên.</p>
<p>{source}</p></article></body></html>"""
OURS = "vn/kon-tum/ubnd/kh/2024/88"


@pytest.mark.parametrize(("source", "cid"), [("", OURS), ("Nguồn: Báo Gia Lai", None), ("Nguồn: TTXVN", OURS)])
def test_a_reprint_does_not_make_a_plan_its_own_province_s(source: str, cid: str | None) -> None:
    portal = load_portal(SHIPPED / "kon-tum.toml")
    url, fetched = f"https://{portal.hosts[0]}/tin/88", datetime(2024, 5, 1, tzinfo=UTC)
    read = read_article(PAGE.format(source=source).encode(), url, fetched, portal=portal)
    ids = {each.norm: each.cid for each in read.cited_documents}  # type: ignore[union-attr]
    assert ids == {"88/KH-UBND": cid, "749/QĐ-TTg": "vn/ttg/qd/2020/749"}
