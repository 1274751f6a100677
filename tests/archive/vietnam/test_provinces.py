"""The registry of provinces: counts, succession, codes that were re-used, names as people write them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from archive.vietnam.provinces import (
    PROVINCES,
    Code,
    Province,
    UnknownProvince,
    province,
    successor_of,
)

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
NOW = date(2026, 11, 23)
BY_SLUG = pytest.mark.parametrize("record", PROVINCES.values(), ids=PROVINCES)


def test_there_were_63_and_are_34() -> None:
    before = [record for record in PROVINCES.values() if record.valid_on(BEFORE)]
    after = [record for record in PROVINCES.values() if record.valid_on(AFTER)]
    unchanged = [record for record in before if record in after]
    reformed = [record for record in after if record.predecessors]
    assert (len(PROVINCES), len(before), len(after), len(unchanged), len(reformed)) == (86, 63, 34, 11, 23)


def test_merged_and_re_formed_are_all_predecessors() -> None:
    ended = {record.slug for record in PROVINCES.values() if record.valid_to}
    joined = [slug for record in PROVINCES.values() for slug in record.predecessors]
    assert len(joined) == len(set(joined)) == 52
    assert set(joined) == ended
    assert sum(successor_of(slug).place != slug for slug in ended) == 29  # type: ignore[union-attr]


def test_a_merged_province_and_its_successor() -> None:
    kon_tum, quang_ngai = PROVINCES["kon-tum"], PROVINCES["quang-ngai.2025"]
    assert successor_of("kon-tum") == successor_of("quang-ngai") == quang_ngai
    assert successor_of("quang-ngai.2025") is None
    assert set(quang_ngai.predecessors) == {"kon-tum", "quang-ngai"}
    assert (kon_tum.codes, kon_tum.iso, kon_tum.hosts) == ((Code("62", None, BEFORE),), "VN-28", ("kontum.gov.vn",))
    assert (kon_tum.evidence, kon_tum.confidence, kon_tum.newspapers) == (
        "page: www.kontum.gov.vn/pages/detail/53116; lists",
        "confirmed",
        ("baokontum.com.vn",),
    )


@BY_SLUG
def test_every_record_is_whole(record: Province) -> None:

    assert re.fullmatch(r"[a-z-]+(\.2025)?", record.slug)
    assert re.fullmatch(r"VN-(\d\d|[A-Z]{2})", record.iso)
    assert all(re.fullmatch(r"\d\d", code.value) for code in record.codes)
    assert record.kind in ("province", "city")
    assert record.confidence in ("confirmed", "subdomain-confirmed", "list-only")
    assert record.hosts
    assert all(re.fullmatch(r"[a-z0-9.-]+\.vn", host) for host in record.hosts + record.newspapers)
    assert bool(record.newspapers) == bool(record.newspaper_evidence)
    assert record.evidence
    if record.successor:
        assert record.slug in PROVINCES[record.successor].predecessors


@pytest.mark.parametrize("day", [BEFORE, AFTER, NOW])
def test_codes_and_hosts_are_unique_on_any_day(day: date) -> None:
    standing = [record for record in PROVINCES.values() if record.valid_on(day)]
    codes = [code.value for record in standing for code in record.codes]
    hosts = [host for record in standing for host in record.hosts]
    assert len(codes) == len(set(codes))
    assert len(hosts) == len(set(hosts))


CODES = [
    # re-used after 1 July 2025: code, who had it, who has it
    ("15", "yen-bai", "lao-cai.2025"),
    ("24", "bac-giang", "bac-ninh.2025"),
    ("44", "quang-binh", "quang-tri.2025"),
    ("52", "binh-dinh", "gia-lai.2025"),
    ("80", "long-an", "tay-ninh.2025"),
    ("82", "tien-giang", "dong-thap.2025"),
    ("91", "kien-giang", "an-giang.2025"),
    # kept
    ("01", "ha-noi", "ha-noi"),
    ("51", "quang-ngai", "quang-ngai.2025"),
    # given up
    ("62", "kon-tum", None),
    ("03", None, None),
]


@pytest.mark.parametrize(("code", "before", "after"), CODES)
def test_a_code_means_nothing_without_a_day(code: str, before: str | None, after: str | None) -> None:
    bearers = [record for record in PROVINCES.values() if code in {each.value for each in record.codes}]
    on_each = [[record.slug for record in bearers if record.valid_on(day)] for day in (BEFORE, AFTER)]
    assert on_each == [[slug] if slug else [] for slug in (before, after)]


NAMES = [
    ("quang-ngai", BEFORE, "quang-ngai"),
    ("quang-ngai", AFTER, "quang-ngai.2025"),
    ("quang-ngai.2025", BEFORE, "quang-ngai.2025"),  # a slug with its year is that record
    ("Quảng Ngãi", NOW, "quang-ngai.2025"),
    ("tỉnh Quảng Ngãi", BEFORE, "quang-ngai"),
    ("Kon Tum", NOW, "kon-tum"),  # the last record of a province that is no more
    ("kontum", NOW, "kon-tum"),
    ("Khánh Hoà", BEFORE, "khanh-hoa"),  # the other tone placement
    ("THANH HÓA", NOW, "thanh-hoa"),
    ("Bà Rịa – Vũng Tàu", BEFORE, "ba-ria-vung-tau"),
    ("TP. Hồ Chí Minh", NOW, "ho-chi-minh.2025"),
    ("Thành phố Hồ Chí Minh", BEFORE, "ho-chi-minh"),
    ("Ho Chi Minh City", BEFORE, "ho-chi-minh"),
    ("Thừa Thiên-Huế", NOW, "hue"),  # ISO's spelling of the name before 2025
    ("Đắk Lắk", BEFORE, "dak-lak"),
    ("dak lak", BEFORE, "dak-lak"),
]


@pytest.mark.parametrize(("name", "day", "slug"), NAMES)
def test_names_as_people_write_them(name: str, day: date, slug: str) -> None:
    assert province(name, day).slug == slug


def test_on_a_day_there_may_be_none() -> None:
    days = [("kon-tum", BEFORE), ("kon-tum", AFTER), ("quang-ngai.2025", BEFORE), ("quang-ngai.2025", AFTER)]
    assert [province(slug, day).valid_on(day) for slug, day in days] == [True, False, False, True]


@pytest.mark.parametrize(
    ("name", "nearest"), [("quang-ngoi", "quang-ngai"), ("Kon Tun", "kon-tum"), ("xyz", None), ("", None)]
)
def test_an_unknown_name_names_the_nearest(name: str, nearest: str | None) -> None:
    with pytest.raises(UnknownProvince) as caught:
        province(name)
    assert caught.value.nearest == nearest
    assert repr(name) in str(caught.value)
    assert (nearest or "called") in str(caught.value)


CITIES = [
    ("hue", date(2024, 12, 31), "province", "Thừa Thiên Huế"),
    ("hue", date(2025, 1, 1), "city", "Huế"),
    ("dong-nai", BEFORE, "province", "Đồng Nai"),
    ("dong-nai.2025", date(2026, 4, 29), "province", "Đồng Nai"),
    ("dong-nai.2025", date(2026, 4, 30), "city", "Đồng Nai"),
    ("ha-noi", date(2010, 1, 1), "city", "Hà Nội"),
    ("can-tho.2025", NOW, "city", "Cần Thơ"),
    ("quang-ngai.2025", NOW, "province", "Quảng Ngãi"),
]


@pytest.mark.parametrize(("slug", "day", "kind", "name"), CITIES)
def test_provinces_that_became_cities(slug: str, day: date, kind: str, name: str) -> None:
    assert (PROVINCES[slug].kind_on(day), PROVINCES[slug].name_on(day)) == (kind, name)


def test_six_cities_until_2026_and_seven_since() -> None:
    cities = [
        [record.place for record in PROVINCES.values() if record.valid_on(day) and record.kind_on(day) == "city"]
        for day in (AFTER, NOW)
    ]
    assert [len(each) for each in cities] == [6, 7]
