"""Every example in the tables of types and issuers reads as what its row says; people's spellings find their way."""

from __future__ import annotations

import pytest

from archive.vietnam.documents import ISSUERS, TYPES, DocumentNumber, make_cid, norm, parse_number, plain

TYPE_EXAMPLES = [(kind.code, example) for kind in TYPES.values() for example in kind.examples]
ISSUER_EXAMPLES = [(issuer.code, example) for issuer in ISSUERS.values() for example in issuer.examples]
# Types whose symbol is another's, or is none: only the word before tells.
NAMED_BY_WORD = {"luat", "bl", "pl", "qyd", "ctrang", "ttri", "sacl"}


@pytest.mark.parametrize(("code", "example"), TYPE_EXAMPLES)
def test_type_example(code: str, example: str) -> None:
    by_word = code in NAMED_BY_WORD or example.endswith("QH15")
    number = parse_number(f"{TYPES[code].name} số {example}" if by_word else example)
    assert number is not None
    assert (number.norm, number.type) == (example, code)


@pytest.mark.parametrize(("code", "example"), ISSUER_EXAMPLES)
def test_issuer_example(code: str, example: str) -> None:
    number = parse_number(example)
    assert number is not None
    assert number.norm == example
    assert code == number.issuer or ISSUERS[code].abbr in (number.symbol or "")


TYPED = [
    ("57 nq tw", "57-NQ/TW"),
    ("57-NQ/TW", "57-NQ/TW"),
    ("Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
    ("nghị quyết 57–NQ⁄TW", "57-NQ/TW"),
    ("21/NQ-TW", "21-NQ/TW"),
    ("2623/UBND-NCXDPL", "2623/UBND-NCXDPL"),
    ("2623 ubnd ncxdpl", "2623/UBND-NCXDPL"),
    ("cv 2623/ubnd-ncxdpl", "2623/UBND-NCXDPL"),
    ("30/2020/nd-cp", "30/2020/NĐ-CP"),
    ("30 2020 nđ cp", "30/2020/NĐ-CP"),
    ("NĐ 72/2023/NĐ-CP", "72/2023/NĐ-CP"),
    ("56/ 2015/ NĐ - CP", "56/2015/NĐ-CP"),
    ("5/CT-TTG", "05/CT-TTg"),
    ("12/CĐ.UBND", "12/CĐ-UBND"),
    ("18/CD-UBND", "18/CĐ-UBND"),
    # U+00D0, the Icelandic letter that old encodings leave in place of Đ
    ("18/QÐ-UBND", "18/QĐ-UBND"),
    ("12NQ/HĐNN8", "12/NQ-HĐNN8"),
    ("30c/NQCP", "30c/NQ-CP"),
    ("30A/2008/NQ-CP", "30a/2008/NQ-CP"),
    ("1836 QĐ/TWĐTN", "1836-QĐ/TWĐTN"),
    ("183/KH-TWĐTN-TNNT", "183-KH/TWĐTN-TNNT"),
    ("15-KH/UBND", "15/KH-UBND"),
    ("qcvn 07-9:2016/bxd", "QCVN 07-9:2016/BXD"),
    ("  123 / QĐ-UBND. ", "123/QĐ-UBND"),
    # pasted with what follows it in a text
    ("HD số 2215/HD-STC ngày 9/11/2021", "2215/HD-STC"),
    ("Quyết định số 412/QĐ-UBND của UBND tỉnh về giá đất", "412/QĐ-UBND"),
    ("Nghị quyết số 57-NQ/TW, ngày 22/12/2024, của Bộ Chính trị", "57-NQ/TW"),
    ("16/CT-TTg (31/3/2020)", "16/CT-TTg"),
    ("158\\QĐ-UBND", "158/QĐ-UBND"),
]


@pytest.mark.parametrize(("typed", "official"), TYPED)
def test_typed(typed: str, official: str) -> None:
    assert norm(typed) == official
    assert norm(official) == official


def test_cid() -> None:
    number = parse_number("vn/kon-tum/ubnd/cv/2019/2623")
    assert number == DocumentNumber("2623", 2019, "cv", issuer="ubnd", cid="vn/kon-tum/ubnd/cv/2019/2623")
    assert make_cid("ubnd", "cv", 2019, "2623", "kon-tum") == "vn/kon-tum/ubnd/cv/2019/2623"
    assert make_cid("UBND", "kh", 2025, "012", "hue", "x.phu-xuan") == "vn/hue/x.phu-xuan/ubnd/kh/2025/12"
    assert make_cid("NĐ-CP", "nd", 2020, "30A") == "vn/ndcp/nd/2020/30a"
    assert plain("07-9") == "7-9"


@pytest.mark.parametrize("nothing", ["", "abc", "2019", "Kon Tum", "vn/kon-tum", "vn/a/b/c/d/e", "1/500", "-", "số"])
def test_no_number(nothing: str) -> None:
    assert parse_number(nothing) is None


def test_bare_number() -> None:
    assert parse_number("Chỉ thị 16") == DocumentNumber("16", None, "ct")
    assert parse_number("nghị định 100/2019") == DocumentNumber("100", 2019, "nd")


def test_tables() -> None:
    spellings = [each.upper() for issuer in ISSUERS.values() for each in {issuer.abbr, *issuer.variants}]
    assert not {each for each in spellings if spellings.count(each) > 1}
    for issuer in ISSUERS.values():
        assert issuer.valid_from is None or issuer.valid_to is None or issuer.valid_from < issuer.valid_to
