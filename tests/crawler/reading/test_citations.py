"""What each stage promises, case by case; the measured whole is in test_citations_dev.py."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.schema import Tie
from archive.vietnam.documents import TYPES, parse_number
from crawler.reading.citations import __main__ as mark
from crawler.reading.citations import find_citations, find_in_fields

KON_TUM = (
    "Ngày 09/10/2019, Chủ tịch UBND tỉnh ban hành Công văn số 2623/UBND-NCXDPL chỉ đạo các sở, ban ngành thuộc tỉnh và "
    "UBND các huyện, thành phố triển khai thực hiện Kế hoạch số 111-KH/TU ngày 23/9/2019 của Ban Thường vụ Tỉnh ủy."
)


def test_the_two_documents_of_kon_tum() -> None:
    first, second = find_citations(KON_TUM, date(2019, 10, 10), "kon-tum")
    assert first.text == "Công văn số 2623/UBND-NCXDPL"
    assert (first.norm, first.type, first.symbol, first.year) == ("2623/UBND-NCXDPL", "cv", "UBND-NCXDPL", 2019)
    assert (first.date, first.date_basis, first.issuer_text) == ("2019-10-09", "stated", "Chủ tịch UBND tỉnh")
    assert (first.issuer, first.level, first.relation) == ("ubnd", "province", "announces")
    assert first.cid == "vn/kon-tum/ubnd/cv/2019/2623"
    assert first.ties == (Tie("implements", 1, "triển khai thực hiện"),)
    assert second.text == "Kế hoạch số 111-KH/TU"
    assert (second.norm, second.type, second.date) == ("111-KH/TU", "kh", "2019-09-23")
    assert (second.issuer_text, second.cid) == ("Ban Thường vụ Tỉnh ủy", "vn/kon-tum/tu/kh/2019/111")
    assert (first.flags, second.flags) == ((), ())


def test_without_a_province_there_is_no_identity_of_a_bare_province() -> None:
    first, second = find_citations(KON_TUM, date(2019, 10, 10))
    assert (first.level, first.cid, second.cid) == ("province", None, None)


# Sentence; index of the document that acts, the relation, the one it acts on.
TIES = [
    ("Nghị định số 46/2016/NĐ-CP được thay thế bởi Nghị định số 100/2019/NĐ-CP.", (1, "replaces", 0)),
    ("Quyết định số 12/2022/QĐ-UBND thay thế Quyết định số 30/2018/QĐ-UBND.", (0, "replaces", 1)),
    ("Nghị định số 15/2022/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 123/2020/NĐ-CP.", (0, "amends", 1)),
    ("Nghị quyết số 5/2022/NQ-HĐND bãi bỏ Nghị quyết số 22/2016/NQ-HĐND.", (0, "repeals", 1)),
    ("Thông tư số 09/2022/TT-BTC hướng dẫn thi hành Nghị định số 60/2021/NĐ-CP.", (0, "guides", 1)),
    ("Bãi bỏ Quyết định số 5/2019/QĐ-UBND bằng Quyết định số 14/2024/QĐ-UBND.", (1, "repeals", 0)),
    ("Luật Xây dựng số 50/2014/QH13 (sửa đổi bởi Luật số 62/2020/QH14) còn hiệu lực.", (1, "amends", 0)),
    ("Nghị định số 1/2019/NĐ-CP đã hết hiệu lực, được thay bằng Nghị định số 9/2024/NĐ-CP.", (1, "replaces", 0)),
    ("Sở hướng dẫn thực hiện Nghị quyết số 1/2024/NQ-HĐND tại Công văn số 12/STC-NS.", (1, "guides", 0)),
    ("Theo Nghị định 100/2019/NĐ-CP thay thế Nghị định 46/2016/NĐ-CP, mức phạt tăng.", (0, "replaces", 1)),
    ("Sổ họp ghi Nghị quyết số 7-NQ/ĐU, căn cứ Chỉ thị số 3-CT/TU.", (0, "based_on", 1)),
    ("Thực hiện Chỉ thị số 13/CT-TTg, UBND tỉnh vừa ban hành Kế hoạch số 120/KH-UBND.", (1, "implements", 0)),
    ("Căn cứ Luật Đầu tư công số 39/2019/QH14, UBND tỉnh ban hành Quyết định số 900/QĐ-UBND.", (1, "based_on", 0)),
]


@pytest.mark.parametrize(("sentence", "expected"), TIES)
def test_ties(sentence: str, expected: tuple[int, str, int]) -> None:
    found = find_citations(sentence)
    ties = [(at, tie.relation, tie.to) for at, each in enumerate(found) for tie in each.ties]
    assert ties == [expected]


def test_one_document_that_acts_on_two() -> None:
    found = find_citations(
        "Nghị định số 70/2024/NĐ-CP hướng dẫn Luật Đấu thầu số 22/2023/QH15 và bãi bỏ Nghị định số 63/2014/NĐ-CP."
    )
    assert [(tie.relation, tie.to) for tie in found[0].ties] == [("guides", 1), ("repeals", 2)]


def test_what_is_wished_away_does_not_act() -> None:
    found = find_citations(
        "Tỉnh đề nghị sửa đổi Nghị định số 57/2018/NĐ-CP; đề xuất bãi bỏ Thông tư số 12/2016/TT-BTC."
    )
    assert [each.ties for each in found] == [(), ()]


NO_TIES = [
    "Nghị định số 10/2024/NĐ-CP chưa thay thế Nghị định số 12/2019/NĐ-CP.",
    "Quyết định số 5/QĐ-UBND vừa có hiệu lực thì doanh nghiệp kiến nghị thay thế Quyết định số 31/2018/QĐ-UBND.",
    "Tờ trình số 12/TTr-UBND về việc sửa đổi Nghị quyết số 10/NQ-HĐND.",
    "Quy hoạch theo Quyết định số 12/QĐ-UBND, điều chỉnh Quyết định số 10/QĐ-UBND.",
]


@pytest.mark.parametrize("sentence", NO_TIES)
def test_no_tie(sentence: str) -> None:
    assert not any(each.ties for each in find_citations(sentence))


def test_a_relative_clause_speaks_of_the_document_before_it() -> None:
    found = find_citations(
        "Sở Nội vụ có Hướng dẫn số 9/HD-SNV hướng dẫn Quyết định số 4/2024/QĐ-UBND, được ban hành để thực hiện Nghị "
        "định số 29/2023/NĐ-CP."
    )
    assert [[(tie.relation, tie.to) for tie in each.ties] for each in found] == [
        [("guides", 1)],
        [("implements", 2)],
        [],
    ]


def test_no_tie_across__sentences() -> None:
    found = find_citations("UBND tỉnh ban hành Kế hoạch số 12/KH-UBND. Người dân thực hiện Chỉ thị số 13/CT-TTg.")
    assert [each.ties for each in found] == [(), ()]


def test_short_and_repeated_mentions_across_fields() -> None:
    fields = {
        "title": "Siết chặt thực hiện Chỉ thị 16",
        "lead": "UBND tỉnh yêu cầu thực hiện nghiêm Công văn 2623/UBND-NC.",
        "body": "Thủ tướng Chính phủ ban hành Chỉ thị số 16/CT-TTg ngày 31/3/2020. Ngày 01/4/2020, UBND tỉnh có "
        "Công văn số 2623/UBND-NC triển khai.",
        "attachments.0.title": "2623_UBND-NC.pdf",
    }
    found = find_in_fields(fields, date(2020, 4, 2), "kon-tum")
    assert [(each.field, each.cid) for each in found] == [
        ("title", "vn/ttg/ct/2020/16"),
        ("lead", "vn/kon-tum/ubnd/cv/2020/2623"),
        ("body", "vn/ttg/ct/2020/16"),
        ("body", "vn/kon-tum/ubnd/cv/2020/2623"),
        ("attachments.0.title", "vn/kon-tum/ubnd/cv/2020/2623"),
    ]
    assert found[0].flags == ("resolved",)


def test_a_short_form_of_two_documents_is_left_open() -> None:
    text = (
        "Chỉ thị số 16/CT-TTg ngày 31/3/2020 của Thủ tướng Chính phủ; Chỉ thị số 16-CT/TW ngày 10/2/2018 của Ban Bí "
        "thư. Người dân chấp hành Chỉ thị 16."
    )
    short = find_citations(text)[-1]
    assert (short.cid, short.candidates) == (None, ("vn/ttg/ct/2020/16", "vn/tw/ct/2018/16"))


def test_ties_count_through_all_fields() -> None:
    found = find_in_fields({"title": "Công văn số 1/UBND-NC", "body": KON_TUM}, date(2019, 10, 10), "kon-tum")
    assert [tie.to for tie in found[1].ties] == [2]


# The bare "UBND tỉnh" of a re-formed province's portal, by the day of the document and of the page.
MERGED = [
    ("06/5/2024", date(2025, 9, 10), None, ("vn/kon-tum/ubnd/qd/2024/300", "vn/quang-ngai/ubnd/qd/2024/300")),
    ("06/8/2025", date(2025, 9, 10), "vn/quang-ngai.2025/ubnd/qd/2025/300", ()),
    ("30/6/2025", date(2025, 6, 30), "vn/quang-ngai/ubnd/qd/2025/300", ()),
    ("01/7/2025", date(2025, 7, 1), "vn/quang-ngai.2025/ubnd/qd/2025/300", ()),
]


@pytest.mark.parametrize(("day", "posted_on", "cid", "candidates"), MERGED)
def test_merged_province(day: str, posted_on: date, cid: str | None, candidates: tuple[str, ...]) -> None:
    (found,) = find_citations(f"Quyết định số 300/QĐ-UBND ngày {day} của UBND tỉnh", posted_on, "quang-ngai")
    assert (found.cid, tuple(sorted(found.candidates))) == (cid, candidates)
    assert ("ambiguous_predecessor" in found.flags) is bool(candidates)


def test_a_portal_whose_province_was_merged_away_speaks_for_the_successor() -> None:
    (found,) = find_citations("Quyết định số 3/QĐ-UBND ngày 5/8/2025 của UBND tỉnh", date(2025, 9, 1), "kon-tum")
    assert found.cid == "vn/quang-ngai.2025/ubnd/qd/2025/3"
    (found,) = find_citations("Quyết định số 3/QĐ-UBND ngày 5/8/2024 của UBND tỉnh", date(2025, 9, 1), "kon-tum")
    assert found.cid == "vn/kon-tum/ubnd/qd/2024/3"


@pytest.mark.parametrize("place", ["Tại Gia Lai, ", "Ở tỉnh Gia Lai, ", "Tỉnh Gia Lai: ", "(Gia Lai) Ngày 3/3/2024, "])
def test_a_sentence_about_another_province_leaves_the_identity_open(place: str) -> None:
    (found,) = find_citations(f"{place}UBND tỉnh ký Quyết định số 12/QĐ-UBND ngày 3/3/2024.", None, "kon-tum")
    assert (found.cid, found.flags) == (None, ("ambiguous_province",))
    assert found.candidates == ("vn/kon-tum/ubnd/qd/2024/12", "vn/gia-lai/ubnd/qd/2024/12")


def test_another_office_in_the_words_gives_no_identity() -> None:
    (found,) = find_citations("Kế hoạch số 12/KH-UBND ngày 3/4/2020 của Sở Y tế", date(2020, 5, 1), "kon-tum")
    assert (found.issuer_text, found.cid, found.flags) == ("Sở Y tế", None, ("issuer_conflict",))


TITLES = [
    (
        "Công văn số 12/UBND-NC về việc phòng, chống cháy rừng, yêu cầu các địa phương trực ban.",
        "phòng, chống cháy rừng",
    ),
    ("Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư.", "công tác văn thư"),
    ("Kết luận số 54-KL/TW “về tiếp tục thực hiện nghị quyết”.", "về tiếp tục thực hiện nghị quyết"),
    ("Quyết định số 12/QĐ-UBND đã có hiệu lực.", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title(text: str, title: str | None) -> None:
    assert find_citations(text)[0].title == title


NUMBERS = st.integers(1, 99999).map(str)
SYMBOLS = st.sampled_from(
    sorted({
        number.norm.split(number.number, 1)[1]
        for kind in TYPES.values()
        for each in kind.examples
        if (number := parse_number(each)) and number.norm and number.order in ("state", "party") and number.type != "ba"
    })
)  # fmt: skip
DASHES, SLASHES, BLANKS = st.sampled_from("-‐‑‒–—−"), st.sampled_from("/⁄∕"), st.sampled_from(["", " "])


@given(NUMBERS, SYMBOLS, DASHES, SLASHES, BLANKS, BLANKS, st.sampled_from(["NFC", "NFD"]))
@settings(max_examples=300, deadline=None)
def test_norm_is_stable(number: str, symbol: str, dash: str, slash: str, left: str, right: str, form: str) -> None:
    official = parse_number(number + symbol)
    assert official is not None
    assert official.norm is not None
    head, mark_, tail = symbol.partition("-") if symbol.startswith("-") else symbol.partition("/")
    printed = (number + head + left + mark_ + right + tail).replace("-", dash).replace("/", slash)
    text = unicodedata.normalize(form, f"Theo văn bản số {printed} của cơ quan")  # type: ignore[arg-type]
    (found,) = find_citations(text)
    assert found.norm == official.norm
    assert unicodedata.normalize("NFC", text)[found.start : found.end] == found.text


@given(NUMBERS, SYMBOLS)
@settings(max_examples=200, deadline=None)
def test_its_own_norm_is_found_again(number: str, symbol: str) -> None:
    (found,) = find_citations(f"Theo văn bản số {number}{symbol}.")
    assert found.norm is not None
    (again,) = find_citations(f"Văn bản số {found.norm}.")
    assert again.norm == found.norm
    typed = parse_number(found.norm)
    assert typed is not None
    assert typed.norm == found.norm


FRAGMENTS = st.lists(
    st.sampled_from([
        "Ngày 09/10/2019, ", "Chủ tịch UBND tỉnh ", "ban hành ", "Công văn số ", "2623/UBND-NC ", "111-KH/TU", "12",
        "/", "-", ", ", " và ", "số ", "Quyết định ", "QĐ", "của ", "UBND ", "tỉnh Kon Tum", " (cũ)", "\n", "ngày 3/4",
        ".", ":", "Luật Đất đai ", "31/2024/QH15", "QCVN 01:2021/BXD", "Ð", "0", "1O5", "thực hiện ", "căn cứ ",
        "a\u0302", "\u200b", "Sở Y tế ", "; ", "2019", "/2020/", "NĐ-CP", "các ", "Chỉ thị 15, 16", "(", ")", "“", "”",
        "%", "được thay thế bởi ", "thành phố ", "huyện Đăk Hà ", "theo ", "tại ",
    ])
).map("".join)  # fmt: skip


@given(st.one_of(FRAGMENTS, st.text(max_size=200)))
@settings(max_examples=400, deadline=None)
@example("")
def test_spans_lie_inside_and_never_overlap(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    end = 0
    found = find_citations(text, date(2025, 9, 1), "quang-ngai")
    for each in found:
        assert end <= each.start < each.end <= len(normal)
        assert normal[each.start : each.end] == each.text
        assert all(0 <= tie.to < len(found) for tie in each.ties)
        end = each.end


# On these a pattern that backtracks never ends; how long they take is told by tests/bench/citations.py.
STUMBLING = [
    ("1/" * 50_000, 0),
    ("12 / 3 - " * 11_000, 0),
    ("Quyết định số " * 7_000, 0),
    ("12/QĐ-" * 16_000, 0),
    ("7" * 100_000, 0),
    ("UBND-" * 20_000, 0),
    ("15-CT/TU, thay thế " * 3_000, 3_000),
    ("; thay thế TCVN 12:2018 và số 14 " * 2_000, 4_000),
]


@pytest.mark.parametrize(("text", "count"), STUMBLING, ids=[text[:14] for text, _ in STUMBLING])
def test_nothing_backtracks(text: str, count: int) -> None:
    assert len(find_citations(text)) == count


def test_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(KON_TUM, encoding="utf-8")
    assert mark.main([str(page), "kon-tum", "2019-10-10"]) == 0
    printed = capsys.readouterr().out
    assert "⟦Công văn số 2623/UBND-NCXDPL⟧0" in printed
    assert "implements 1: triển khai thực hiện" in printed


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "usage:"),
        (["missing.txt"], "missing.txt: No such file"),
        (["binary"], "binary is not UTF-8 text"),
        (["nulls"], "nulls is not text"),
        (["page.txt", "kontom"], "nearest: kon-tum"),
        (["page.txt", "kon-tum", "10/10/2019"], "10/10/2019 is no day"),
    ],
)
def test_mark_refuses(
    arguments: list[str],
    why: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(KON_TUM, encoding="utf-8")
    Path("binary").write_bytes(b"\xff\xfe\x00\x81")
    Path("nulls").write_bytes(bytes(100))
    assert mark.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert why in printed.err
    assert printed.err.count("\n") == 1


# Text, the norm and the cid of its only citation, read on 1 June 2024 on the portal of Kon Tum.
ODD = [
    # the police of a district, and of a provincial town, is not the province's
    ("Quyết định số 12/QĐ-CA ngày 3/3/2024 của Công an huyện Đăk Hà", "12/QĐ-CA", "vn/kon-tum/d.dak-ha/ca/qd/2024/12"),
    ("Công an TP Kon Tum có Thông báo số 9/TB-CATP ngày 3/3/2024", "09/TB-CATP", "vn/kon-tum/d.kon-tum/cat/tb/2024/9"),
    ("Văn phòng Thành ủy Kon Tum có Công văn số 2-CV/VPTU ngày 3/3/2024", "02-CV/VPTU",
     "vn/kon-tum/d.kon-tum/vptu/cv/2024/2"),
    # a person's name after the office is no place's
    ("Phó Chủ tịch UBND huyện Nguyễn Văn A ký Công văn số 20/UBND-KT ngày 3/3/2024", "20/UBND-KT", None),
    ("Chủ tịch UBND huyện A Phương ký Công văn số 20/UBND-KT ngày 3/3/2024", "20/UBND-KT", None),
    ("Bí thư Huyện ủy Lê Văn D ký Chỉ thị số 12-CT/HU ngày 3/3/2024", "12-CT/HU", None),
    ("Trưởng Công an huyện Lê Văn D ký Kế hoạch số 12/KH-CAH ngày 3/3/2024", "12/KH-CAH", None),
    ("Chủ tịch UBND huyện Đăk Tô Nguyễn Văn B ký Công văn số 20/UBND-KT ngày 3/3/2024", "20/UBND-KT",
     "vn/kon-tum/d.dak-to/ubnd/cv/2024/20"),
    # another place begins inside, apostrophes are spelled in several ways, and BCH is no one office's suffix
    ("UBND huyện Hòa Vang TP Đà Nẵng có Công văn số 20/UBND-VP ngày 3/3/2024", "20/UBND-VP",
     "vn/da-nang/d.hoa-vang/ubnd/cv/2024/20"),
    ("Kế hoạch số 2/KH-UBND ngày 3/3/2024 của UBND huyện Ea H’leo, tỉnh Đắk Lắk", "02/KH-UBND",
     "vn/dak-lak/d.ea-hleo/ubnd/kh/2024/2"),
    ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh có Kế hoạch số 12/KH-BCH ngày 3/3/2024", "12/KH-BCH",
     "vn/kon-tum/bch/kh/2024/12"),
    ("Bộ Chỉ huy Quân sự tỉnh có Kế hoạch số 12/KH-BCH ngày 3/3/2024", "12/KH-BCH", "vn/kon-tum/bchqs/kh/2024/12"),
    # a year printed apart
    ("Chỉ thị số 07 năm 2023 của Chủ tịch UBND tỉnh", None, "vn/kon-tum/ubnd/ct/2023/7"),
    ("Chỉ thị 16/CT-TTg năm 2020 của Thủ tướng", "16/CT-TTg", "vn/ttg/ct/2020/16"),
    ("Công văn số 16.152/UBND-CN ngày 25/4/2024 của UBND tỉnh", "16152/UBND-CN", "vn/kon-tum/ubnd/cv/2024/16152"),
    ("Công an tỉnh có Kế hoạch số 12/KH-CAT ngày 3/3/2024", "12/KH-CAT", "vn/kon-tum/cat/kh/2024/12"),
    # a Thành ủy signs like its Tỉnh ủy: without words the level is open
    ("Chỉ thị số 12-CT/TU ngày 3/3/2024", "12-CT/TU", None),
    # before July 2025 a province had several communes of one name
    ("Thông báo số 31/TB-UBND ngày 1/3/2024 của UBND xã Đăk Pék", "31/TB-UBND", None),
    # "công bố Luật" folds to a "bộ luật"
    ("Chủ tịch nước công bố Luật Nhà ở số 27/2023/QH15", "27/2023/QH15", "vn/qh/luat/2023/27"),
    ("Thông tư liên tịch số 12/2014/TTLT-BYT- BTC- BLĐTBXH", "12/2014/TTLT-BYT-BTC-BLĐTBXH", "vn/byt/ttlt/2014/12"),
    ("Quy chế phối hợp số 01-QCPH/BTGTU-BDVTU", "01-QCPH/BTGTU-BDVTU", None),
    ("Kế hoạch số 12/KH-UBND năm 2024 của UBND tỉnh", "12/KH-UBND", None),
    ("Công văn số 1234/UBND.KT", "1234/UBND-KT", None),
    ("phê duyệt Đề án (số 899/QĐ-TTg ngày 10/6/2013)", "899/QĐ-TTg", "vn/ttg/qd/2013/899"),
    ("Quyết định số 12/QĐ-UBND.HC ngày 3/4/2014 của UBND tỉnh", "12/QĐ-UBND-HC", "vn/kon-tum/ubnd/qd/2014/12"),
    ("Quyết định số 158\\QĐ-UBND", "158/QĐ-UBND", None),
    ("Công văn số 1287/UBND - NC ngày 26/4/2021 của UBND tỉnh", "1287/UBND-NC", "vn/kon-tum/ubnd/cv/2021/1287"),
    ("Công điện hỏa tốc số 1234/CĐ-TTg hồi 10h ngày 3/10/2020", "1234/CĐ-TTg", "vn/ttg/cd/2020/1234"),
    # CT alone was the Chairman of the Council of Ministers
    ("Quyết định 327/CT ngày 15/9/1992 của Chủ tịch Hội đồng Bộ trưởng", "327/CT", "vn/hdbt/qd/1992/327"),
    # TƯ is read as the committee that the words name, before the number, too
    ("Thường trực Tỉnh ủy gửi Công văn số 1530-CV/TƯ ngày 13/8/2014", "1530-CV/TU", "vn/kon-tum/tu/cv/2014/1530"),
    # a paper of two is in the series of the first
    ("UBND tỉnh Gia Lai và UBND tỉnh Kon Tum ký Chương trình phối hợp số 12/CTPH-UBND ngày 3/3/2024", "12/CTPH-UBND",
     "vn/gia-lai/ubnd/ctr/2024/12"),
    # a title of several words; whose series a paper of two at the last is in, nobody says
    ("Quyết định khởi tố vụ án hình sự số 122/QĐ-CSĐT", "122/QĐ-CSĐT", None),
    ("UBND tỉnh Gia Lai và UBND tỉnh Kon Tum thống nhất tại Biên bản số 5/BB-UBND ngày 3/3/2024", "05/BB-UBND", None),
    # Hà Tây was merged away in 2008, Xiêng Khoảng is in Laos: neither is the portal's; a person is no place
    ("Quyết định số 12/2007/QĐ-UBND của UBND tỉnh Hà Tây", "12/2007/QĐ-UBND", None),
    ("Kế hoạch số 12/KH-UBND ngày 3/3/2023 của UBND tỉnh Xiêng Khoảng (Lào)", "12/KH-UBND", None),
    ("Quyết định số 12/QĐ-UBND ngày 3/3/2007 của UBND huyện Ứng Hòa, tỉnh Hà Tây", "12/QĐ-UBND", None),
    ("Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND thành phố tỉnh Xiêng Khoảng", "12/QĐ-UBND", None),
    ("Quyết định số 12/QĐ-UB ngày 3/3/1988 của UBND tỉnh Gia Lai - Kon Tum", "12/QĐ-UB", None),
    ("Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND tỉnh Bà Rịa - Vũng Tàu", "12/QĐ-UBND",
     "vn/ba-ria-vung-tau/ubnd/qd/2023/12"),
    ("Chủ tịch UBND tỉnh Lê Tuấn ký Quyết định số 12/QĐ-UBND ngày 3/3/2023", "12/QĐ-UBND",
     "vn/kon-tum/ubnd/qd/2023/12"),
    ("Nghị quyết số 12/NQ-HĐND ngày 3/3/2023 của HĐND tỉnh Khóa XII", "12/NQ-HĐND", "vn/kon-tum/hdnd/nq/2023/12"),
    # a Party organisation named by its members takes its place like a Tỉnh ủy
    ("Nghị quyết số 5-NQ/TU ngày 3/3/2022 của Ban Chấp hành Đảng bộ tỉnh Cao Bằng", "05-NQ/TU",
     "vn/cao-bang/tu/nq/2022/5"),
    ("Nghị quyết số 5-NQ/TU ngày 3/3/2022 của Đảng bộ thành phố Kon Tum", "05-NQ/TU",
     "vn/kon-tum/d.kon-tum/tu/nq/2022/5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "norm", "cid"), ODD)
def test_odd(text: str, norm: str | None, cid: str | None) -> None:
    found = find_citations(text, date(2024, 6, 1), "kon-tum")
    assert [(each.norm, each.cid) for each in found] == [(norm, cid)]


# Words that fold to what counts things: lần, bài, con, ca, số.
@pytest.mark.parametrize("goes_on", ["lan tỏa", "bãi bỏ các chốt", "còn hiệu lực", "cả nước đều làm", "so với trước"])
def test_a_short_form_before_a_word_that_only_folds_to_a_measure(goes_on: str) -> None:
    assert [each.number for each in find_citations(f"Tinh thần Nghị quyết 68 {goes_on}.")] == ["68"]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Ngày 27/8/2020, Ban Quản lý lăng có văn bản số 412 xin ý kiến.", "2020-08-27"),
        ("Ngày 27/8/2020, Công ty Điện lực ban hành Kế hoạch số 412 về nạo vét.", "2020-08-27"),
        ("Ngày 27/8/2020, Sở Y tế họp với cơ sở có văn bản số 412 xin ý kiến.", None),
        ("Ngày 27/8/2020, Công ty Điện lực tổ chức gặp các hộ có văn bản số 412.", None),
    ],
)
def test_an_office_that_no_table_has_binds_the_day_before_it(sentence: str, day: str | None) -> None:
    (found,) = find_citations(sentence)
    assert found.date == day


def test_no_district_issues_after_the_reform() -> None:
    days = ("30/6/2025", "01/7/2025")
    text = "Kế hoạch số 1/KH-UBND ngày {} của UBND huyện Đô Lương."
    found = [find_citations(text.format(day), date(2025, 8, 20), "nghe-an")[0].cid for day in days]
    assert found == ["vn/nghe-an/d.do-luong/ubnd/kh/2025/1", None]


NOT_CITED = [
    "Bản đồ quy hoạch 1/2000-QH treo ở nhà văn hóa.", "Pha bóng quyết định số 1 của trận.", "Biển kiểm soát 82C-123/QĐ",
    "Lô đất 12/KH-LK3", "Số tài khoản 12-KH/100234 tại Vietcombank", "Vụ án 12/HS", "CV 40 tuổi",
    "Tòa nhà CT 16, căn CT1",
    "Nghị quyết 68 điểm", "QĐ 2024", "Kết luận 83 trang", "Đề án 06/CP", "GP số 15/GP-STTTT",
    "Hotline 0260.3862.123/UBND", "ISO 9001:2015/TCVN", "Trung đoàn 24/QĐ3", "Số 12/2024", "Quyết định số    /QĐ-UBND",
    "https://kontum.gov.vn/12/QĐ-UBND", "mẫu số 01/TT-BTC", "Đạt 102,5/KH năm", "Tỷ số 3-2/AFF Cup",
    "Công báo số 15/2024", "Gửi 15-nq-tu@example.vn trước thứ Sáu", "Trang 12-nq-tu.example.vn", "Tàu cá KH 96341-TS",
    "Chung cư CT 15 ngày 3/4/2020 mất điện", "Máy cày 24 CV số 12", "Hợp đồng số 12/2023/HĐMB ngày 3/4/2023 của hai hộ",
    "Chương trình số 18 của Đài PT-TH tỉnh", "Chương trình số 18 phát sóng tối nay",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_CITED)
def test_not_cited(text: str) -> None:
    assert find_citations(text, date(2024, 6, 1), "kon-tum") == []


@pytest.mark.parametrize("verb", ["Không thực hiện đúng", "Xã chưa triển khai", "Tỉnh chưa bãi bỏ", "Ông vi phạm"])
def test_what_is_denied_is_no_relation(verb: str) -> None:
    (found,) = find_citations(f"{verb} Chỉ thị số 16/CT-TTg ngày 31/3/2020.")
    assert found.relation is None


def test_what_a_list_of_papers_is_for() -> None:
    found = find_citations(
        "Tỉnh yêu cầu thực hiện nghiêm các văn bản sau: Công điện số 58/CĐ-TTg ngày 16/6/2024; Chỉ thị số 67/CT-TTg."
    )
    assert [each.relation for each in found] == ["implements", "implements"]
