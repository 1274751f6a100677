"""Reads bylines: who wrote, photographed, compiled or edited an article, and where it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.schema import Author
from archive.vietnam.text import fold, nfc
from crawler.reading.people import names as names
from crawler.reading.people.makers import (
    Role,
    are_nobody,
    are_people,
    may_be_pen_names,
    people_and_medium,
    people_and_source,
    read_makers,
)
from crawler.reading.people.name_tables import one_of
from crawler.reading.people.prefixes import read_source_prefix as read_source_prefix
from crawler.reading.values import WRAPPING, source_name, without_brackets, without_day

_LONGEST = 200

# What stands before the colon, folded, and what it makes of who stands behind it; the first that occurs wins, so that
# "Bài và ảnh" is a writer's. An account that posted the page, a signer and an imprint are nobody.
_LABELS: dict[Role | Literal["source", "nobody"], str] = {
    "nobody": one_of(
        """nguoi (?:(?:dang|nhap|cap nhat)(?: tin| bai)?|gui|ky|duyet|kiem duyet|phe duyet|tao|phu trach|lien he
        |phat ngon)|can bo (?:dang|nhap)(?: tin)?|(?:dang|duyet|xuat ban)(?: tin| bai)?|xuat ban
        |tai khoan|(?:dang|gui|nhap|tao|duyet|cap nhat) boi|posted by|nguon (?:anh|hinh|video)|anh minh hoa
        |tham dinh|phe duyet(?: noi dung)?|chi dao noi dung|to chuc san xuat|co van(?: noi dung)?|soat (?:loi|tin|bai)
        |up (?:tin|bai)|trinh bay|thiet ke(?: do hoa)?|giong doc|nguoi doc|phat thanh vien|dung phim
        |chiu trach nhiem[a-z ]*|(?:truong|pho truong) ban bien tap|tong bien tap|kiem duyet|chuyen muc|danh muc|tu khoa
        |tags?|ngay dang|ngay cap nhat|cap nhat(?: lan cuoi)?|luot (?:xem|doc)|email|dien thoai|dia chi"""
    ),
    "source": "(?:(?:trich |dan )?nguon(?: tin(?: bai)?| bai(?: viet)?| (?:trich )?dan| trich)?"
    "|(?:(?:trich )?dan )?theo(?: nguon)?|tong hop (?:tu|theo)|source)",
    "writer": one_of(
        """(?:ten )?tac gia(?: bai viet)?|nhom tac gia|but danh|tin|bai viet|bai|viet(?: bai)?|(?:duoc )?viet boi
        |(?:nguoi|don vi) (?:viet(?: bai)?|dua tin|soan)|noi dung|dua tin
        |(?:nguoi |nhom )?thuc hien|(?:nhom )?(?:phong vien|pv)|cong tac vien|ctv|ttv|thong tin vien
        |ghi(?: chep)?|(?:written|reported) by
        |author|autor(?:in|en)?|reporter|story|text|by|boi
        |soan tin|kich ban|du bao vien
        |loi(?:,| va| &) anh"""
    ),
    "compiler": "(?:(?:tin |bai |nguoi )?tong hop|t/?h|(?:nguoi )?bien soan|suu tam|(?:nguoi )?(?:bien |luoc )?dich"
    "|(?:compiled|translated) by)",
    "editor": "(?:(?:nguoi )?bien tap(?: vien)?(?: va the hien)?|btv?|hieu dinh|edited by|editor)",
    "photographer": one_of(
        """anh trong bai(?: viet)?|anh|hinh(?: anh)?|photos?(?: by)?|clip|video|quay phim|do hoa|infographic
        |ky thuat"""
    ),
}
# Atomic: "bài viết bài viết …" must not be cut in every possible way.
_PART = rf"(?>(?:{'|'.join(_LABELS.values())})(?![^\W_]))"
LABEL = re.compile(rf"(?<![^\W_])(?P<label>{_PART}(?:(?: *(?:[,/&+;–—-]|va|and) *| +){_PART})*+) *[:：]")
_ROLE_OF = {role: re.compile(rf"(?<![^\W_]){phrases}(?![^\W_])") for role, phrases in _LABELS.items()}
# Labels that portals also print without a colon; behind them pages of other countries, whose papers portals embed.
_BARE_LABEL = re.compile(
    r"[(\[ ]*(?P<label>theo|tac gia(?: bai viet)?|nguoi viet|author|source|(?:duoc )?viet boi"
    r"|nguon(?: tin)?|tong hop(?: tu| theo)?|(?:(?:written|compiled|edited|translated) )?by)(?= +\S)"
)
_WRITTEN = re.compile("(?:duoc )?viet boi|nguoi viet|written by")
# What people write, before a name that needs no other label: "Bài và ảnh của Lê Hoa", "Tản văn: Lê Hoa".
_WORKS = re.compile(
    r"[(\[ ]*(?:(?:tin|bai(?: viet)?|anh|tac pham)(?:(?: *[,&+/-] *| va | )(?:bai|anh|clip)){0,2} cua:? "
    r"|(?:tin|bai)(?:(?: *[,&+/-] *| va | )(?:bai|anh|clip)){1,2}[ ;–-]"
    r"|(?:phong su(?: anh)?|(?:chum|bo) anh|but ky|tan van|truyen ngan|tuy but|ky su|tho|ghi nhanh|ghi chep"
    r"|phong van|hoi ky)(?:(?:,| va) anh)?(?: cua |:)|(?:tho|tin|bai|thuc hien|nguoi dua tin) )"
    r"[ ;–-]*(?=\S)"
)
_WHOSE = re.compile("cua:? *$|:")
# "Bài Lê Hoa – Ảnh Trần Nam"
_BOTH = re.compile(r"[(\[ ]*(?:tin|bai(?: viet)?) (?P<by>[^:]{4,40}?)\s*[,;/–-]\s*anh (?P<shot>[^:]{4,40})$")
# Two words have to follow: Di Linh is a place.
_BARE_FOREIGN = re.compile(r"[(\[ ]*(?:by|von|vom|di|por|par|door|av|af|oleh|od) +(?=\S+ +\S)")

_SOURCE_GIVEN = re.compile("Theo |Nguồn")
_CONTACT = re.compile(r"\b(?:email|dien thoai|dia chi|lien he|phat ngon)\b")
# What stands between two names that one field holds.
_SEVERAL = re.compile(r"\s*[,;&/|]\s*(?:(?:and|und|et|y|e|og|och|và)\s)?|\s(?:and|und|et|y|e|og|och|và)\s")
# "Văn Thanh./.": the sign that an official text ends.
_END_SIGN = re.compile(r"\s*\./\.?$")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who made an article, in the order named, and what it was taken from; `text` is the line as printed, NFC."""

    authors: tuple[Author, ...]
    source: str | None
    text: str


def read_byline(text: str, labelled: bool = False) -> Byline | None:
    """The people and the source that a line names; None where it names nobody.

    `labelled`: something beside the text vouches for it being a byline (a label, structured data); else only what can
    hardly be anything but a byline is read: Vietnamese names, known forms of organisations, initials. A label inside
    the text ("Tin, ảnh: …") counts in both cases. Academic titles are left out of names, units behind a person's name
    ("Lê Hoa - BTG") too. A photo credit gives photographers, never writers.
    """
    printed = nfc(text).strip()
    line = _END_SIGN.sub("", " ".join(printed.split()))
    if not line or len(line) > _LONGEST:
        return None
    authors: list[Author] = []
    source: str | None = None
    for role, value in _pieces(line, labelled):
        if role == "source":
            people, value = people_and_source(value)
            authors += people
            source = source or source_name(value)
        elif role != "nobody":
            found, taken_from = read_makers(value, role or "writer", strict=role is None and not labelled)
            authors += (author for author in found if author.name not in {known.name for known in authors})
            source = source or taken_from
    return Byline(tuple(authors), source, printed) if authors or source else None


def names_nobody(text: str) -> bool:
    """Whether a line is a byline all right, but names nobody: "PV", "Thực hiện: Nhóm PV"; an address is text."""
    if _CONTACT.search(fold(text)):
        return False
    pieces = list(_pieces(" ".join(nfc(text).split()), True)) if len(text) <= _LONGEST else []
    return bool(pieces) and all(role == "nobody" or are_nobody(value) for role, value in pieces)


def named_authors(names_given: Iterable[str], kind: Literal["person", "organisation"] = "person") -> tuple[Author, ...]:
    """The writers that machine-readable data names, one for each name given; `kind` is what the data calls them.

    Nobody: the accounts and vendors that `read_byline` leaves out too, hosts, addresses of mail, and a person's name
    in small letters alone, which is a login (JSON-LD of portals names who typed the page in). A name that holds
    several ("A. B. Cee, D. Eff and G. Haitch") is taken apart where every part is a person's with two words or more.
    """
    found: dict[str, Author] = {}
    for given in names_given:
        name = " ".join(nfc(given).split())[:_LONGEST]
        foreign = _BARE_FOREIGN.match(name.lower()) if kind == "person" else None
        if foreign and name[foreign.end()].isupper():
            name = name[foreign.end() :]
        elif _SOURCE_GIVEN.match(name):
            name = "" if not are_people(name[5:]) else name[5:]
        name = names.without_titles(without_brackets(name.strip(WRAPPING))[0])
        several = [part.strip(WRAPPING) for part in _SEVERAL.split(name)]
        if len(name) > 80 and names.is_person(before := name.split(",")[0], strict=False):
            several = [before]  # LRT gives what somebody is behind his name
        elif kind == "organisation" or not all(" " in part and names.is_person(part, strict=False) for part in several):
            several = [name]
        for each in several:
            if author := _given(each, kind):
                found.setdefault(each, author)
    return tuple(found.values())


def _given(name: str, kind: Literal["person", "organisation"]) -> Author | None:
    if not 2 <= len(name) <= 80 or set("@\\") & set(name) or names.is_host(name) or names.is_nobody(name):
        return None
    if kind == "organisation" or names.is_organisation(name):
        return Author(name, "organisation")
    if name == name.lower() != name.upper():
        return None
    if names.is_initials(name):
        return Author(name, "initials")
    return Author(name, "person" if " " in name or not name.isascii() else "pen_name")


def _pieces(line: str, labelled: bool) -> Iterator[tuple[Role | Literal["source", "nobody"] | None, str]]:
    """The line cut at its labels: what stands behind each, with its role; None for what no label precedes."""
    level = fold(line)
    marks = [(found.start(), found.end(), found["label"]) for found in labels_in(line, level)]
    bare = _BARE_LABEL.match(level)
    foreign = _BARE_FOREIGN.match(line.lower()) if labelled and not marks and not bare else None
    if foreign and line[foreign.end()].isupper():
        yield "writer", line[foreign.end() :].strip(WRAPPING)
        return
    if (work := _WORKS.match(level)) and (
        _are_written_out(told := line[work.end() :]) or (_WHOSE.search(work[0]) and may_be_pen_names(told))
    ):
        yield "photographer" if level.lstrip("([ ").startswith("anh") else "writer", line[work.end() :].strip(WRAPPING)
        return
    if (both := _BOTH.match(level)) and all(_are_written_out(line[slice(*both.span(part))]) for part in ("by", "shot")):
        yield "writer", line[slice(*both.span("by"))]
        yield "photographer", line[slice(*both.span("shot"))]
        return
    behind = line[bare.end() :].strip(WRAPPING + "().[]") if bare and not marks else ""
    if bare and not marks and bare["label"] != "theo":  # "Viết bởi BS. Lê Hoa"
        behind = names.without_titles(behind)
    written = bare is not None and _WRITTEN.fullmatch(bare["label"]) is not None and may_be_pen_names(behind)
    if bare and not marks and (labelled or written or _is_name(behind)):
        marks = [(0, bare.end(), bare["label"])]
    if head := line[: marks[0][0] if marks else len(line)].strip(WRAPPING + "(["):
        yield None, head
    for place, (_, end, label) in enumerate(marks):
        stop = marks[place + 1][0] if place + 1 < len(marks) else len(line)
        value = line[end:stop].strip(WRAPPING)
        # "Tác giả/Nguồn: …"
        either = "nguon" in label and "tac gia" in label and not names.is_medium(value)
        yield "writer" if either else role_of(label), value


def _are_written_out(text: str) -> bool:
    """Whether a text is made of people's names, the first of which may be cut short."""
    text = text.strip(WRAPPING + "()[]")
    return are_people(text) or names.is_shortened(text)


def _is_name(text: str) -> bool:
    """Whether a text is a name and nothing more, so that "Theo" before it tells a source and begins no sentence."""
    text = without_day(text)
    known = names.is_organisation(text) or names.is_letters(text) or names.is_medium(text) or are_people(text)
    return (known and (names.is_host(text) or names.reads_as_name(text))) or bool(people_and_medium(text)[0])


def labels_in(text: str, folded: str) -> Iterator[re.Match[str]]:
    """The labels of a line, matched in its folded form: "Đơn vị thực hiện" is one of its own, and none of makers."""
    begin, end = 0, max(folded.rfind(":"), folded.rfind("：")) + 1
    while (found := LABEL.search(folded, begin, end)) is not None:
        before = text[: found.start()].rstrip()
        if _ends_a_name(before, text[found.start() : found.end("label")]):
            begin = found.start() + 1
            continue
        begin = found.end()
        if text[found.start()].isupper() or not before or not before[-1].isalnum():
            yield found


def _ends_a_name(before: str, label: str) -> bool:
    """Whether a label begins in a name in capitals: "Bài: HỒNG ÁNH; Ảnh: TRỊNH PHƯƠNG" holds no "ánh; ảnh"."""
    first = label.split(maxsplit=1)[0].rstrip(",;/&+")
    return first.isupper() and not label.isupper() and before[-1:].isupper() and before.split()[-1].isupper()


@lru_cache(maxsize=1024)  # a portal prints the same few on all its pages
def role_of(label: str) -> Role | Literal["source", "nobody"]:
    """The role of a label; of one that is made of several, the first that `_LABELS` names."""
    whole = [role for role, pattern in _ROLE_OF.items() if pattern.fullmatch(label)]
    return (whole or [role for role, pattern in _ROLE_OF.items() if pattern.search(label)])[0]
