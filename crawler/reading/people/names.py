"""The questions asked of a name: whose it is, a person's, an authority's, a medium's, or nobody's."""

from __future__ import annotations

import re

from archive.vietnam.text import fold, key
from crawler.reading.people.name_tables import (
    ACTS,
    AGENCIES,
    COMMON_TITLES,
    DOCUMENT,
    GROUP,
    HEADINGS,
    HOST,
    KINDS,
    LETTERS,
    LOGIN,
    MEDIA,
    NO_NAME,
    NO_PEN_NAME,
    NOBODY,
    ORGANISATION,
    PLACES,
    SPELLED_PLACES,
    UNIT,
    spelling,
)
from crawler.reading.people.person_tables import (
    FAMILY_NAMES,
    GEOGRAPHY,
    INITIALS,
    MIDDLE_NAMES,
    NAMES,
    PARTICLES,
    PREFIXED,
    SHORTENED,
    SYLLABLE,
    TITLES,
    WORD,
)

# What hardly anything but a name has in its midst, whatever family it begins with: Phàng A Dê, Quan Văn Dũng.
_TELLING_MIDDLE = re.compile(
    r"(?!(?:nhà|hội|đội|tổ|ngành|ngày|nhóm|lớp|khối|loại|hạng) )\w+ "
    r"(?:thị|seo|mí|bá|a(?= \w+$)|văn(?! (?:h[óo][áa]|phòng|học|bản|miếu|minh|thư|sử|tế|khoa|nghệ)\b)) \w"
)
_MEDIUM_IN_SMALL = re.compile(r"(?:báo|tạp chí|đài) (?P<name>[^\W\d_])")
COMMON_TITLES_ALONE = re.compile(COMMON_TITLES)


def is_person(name: str, *, strict: bool) -> bool:
    """Whether `name` can be somebody's: up to 6 capitalised words of any language where a label vouches for it.

    Strictly, 2 to 5 words, none of menus or offices, the first a family name; or 2 or 3 words that are all given as
    names.
    """
    words, lower = name.split(), name.lower().split()
    if lower and lower[0] in GEOGRAPHY and (strict or len(words) > 2):
        return False
    if " ".join(lower[:2]) in HEADINGS:
        return False
    family = len(words) > 1 and lower[0] in FAMILY_NAMES  # Từ Hữu Phong, although "từ" opens menus too
    if not strict:
        known = family or lower[0] not in NO_NAME
        return 1 <= len(words) <= 6 and len(name) > 1 and known and all(map(_foreign, words))
    if not all(WORD.fullmatch(word) and _capitalised(word) for word in words):
        return False
    # "Nguyễn Văn Quyết", "Đức Quyết"
    whole = (family and len(words) > 2 and lower[1] in MIDDLE_NAMES) or (len(words) == 2 and lower[0] in MIDDLE_NAMES)
    if NO_NAME.intersection(lower[1:-1] if whole else lower[1:] if family else lower):
        return False
    if has_family_name(name) or _TELLING_MIDDLE.match(" ".join(lower)):
        return (1 if is_prefixed(name) else 2) <= len(words) <= 5
    return 2 <= len(words) <= 3 and NAMES.issuperset(lower)


def may_be_pen_name(name: str) -> bool:
    """Whether a name that no table knows whole can be a person's: "Hồng Gốm", "Thầy Út Vườn", "Mây Hồng".

    2 to 4 capitalised syllables in small letters, none of menus or places, one of which at least is given as a name.
    """
    words = name.split()
    lower = name.lower().split()
    if not 2 <= len(words) <= 4 or lower[0] in GEOGRAPHY or " ".join(lower[:2]) in HEADINGS:
        return False
    return (
        are_syllables(name)
        and all(word[1:].islower() or len(word) == 1 for word in words)
        and NO_PEN_NAME.isdisjoint(lower)
        and not NAMES.isdisjoint(lower)
        and not is_place(name)
        and not is_organisation(name)
    )


def are_syllables(name: str) -> bool:
    """Whether every word is a capitalised Vietnamese syllable."""
    return all(word[0].isupper() and SYLLABLE.fullmatch(fold(word)) for word in name.split())


def is_place(name: str) -> bool:
    """A province, a region or a city, whose name may be a person's too (Hà Nam); Hải Phong is no Hải Phòng."""
    return key(name) in PLACES and (name.isascii() or spelling(name) in SPELLED_PLACES)


def has_family_name(name: str) -> bool:
    """Whether the first word is a family name, or the prefix of a name of the Highlands (Y, A, K', H')."""
    first = name.lower().split()[0]
    return first in FAMILY_NAMES or is_prefixed(first)


def is_prefixed(name: str) -> bool:
    """H'Xíu, K'Brêu: one word that is a whole name in the Highlands."""
    return PREFIXED.match(name.lower().replace("’", "'").replace("ʼ", "'")) is not None


def is_initials(name: str) -> bool:
    """TVB, T.V.B: two or three capitals that are no known agency's."""
    return bool(INITIALS.fullmatch(name)) and name.lower() not in AGENCIES


def is_shortened(name: str) -> bool:
    """N. Hoa, Ng. Thanh Hà, N.HUYỀN."""
    found = SHORTENED.fullmatch(name)
    if found is None:
        return False
    told = found["rest"].split()
    return all(map(str.istitle, told)) or (name.isupper() and len(told) == 1 and told[0].lower() in NAMES)


def is_organisation(name: str) -> bool:
    """An authority, an editorial office or a news agency, by its first words or its known letters; no site."""
    lower = name.lower()
    if lower in AGENCIES:
        return True
    if not (ORGANISATION.match(lower) or MEDIA.match(lower)):
        return False
    return not (is_host(name) or len(lower.split()) > 16 or acts(name) or DOCUMENT.match(lower))


def is_common(name: str) -> bool:
    """Words that may name an office or a newspaper, and a section of a site as well: "Lao động", "Bảo hiểm xã hội"."""
    lower = name.lower()
    title = COMMON_TITLES_ALONE.match(lower) is not None and not all(word[0].isupper() for word in name.split())
    return title or KINDS.match(lower) is not None


def is_unit(name: str) -> bool:
    """What somebody belongs to, where it stands behind his name: "Xã Chiềng Khương", "BHXH tỉnh"."""
    return len(name.split()) <= 16 and bool(UNIT.match(name.lower()))


def is_letters(name: str) -> bool:
    """BTG, TNĐT, TT&TT, VH-TT: capitals without small letters, as units are cut short."""
    return bool(LETTERS.fullmatch(name))


def is_medium(name: str) -> bool:
    """A newspaper, a broadcaster, a news agency or a site."""
    return is_host(name) or bool(MEDIA.match(name.lower()) and not DOCUMENT.match(name.lower()))


def is_nobody(name: str) -> bool:
    """A site's account, the maker of its software, or no name at all."""
    folded = key(name).strip(". ")
    return not folded or bool(NOBODY.fullmatch(folded))


def is_document(text: str) -> bool:
    """A decision, a plan, a number of one: what is carried out, never who."""
    return DOCUMENT.match(text.lower()) is not None


def is_group(name: str) -> bool:
    """Reporters without names: "Nhóm phóng viên"."""
    return GROUP.fullmatch(key(name)) is not None


def is_login(name: str) -> bool:
    """What somebody signs in with, or an address of mail."""
    return bool(LOGIN.fullmatch(name)) and not is_host(name) and name not in AGENCIES


def without_titles(name: str) -> str:
    """The name without academic titles and words such as "Nhà báo" or "CTV": the record holds names."""
    if found := TITLES.match(name.lower()):
        return name[found.end() :].strip()
    return name


def _capitalised(word: str) -> bool:
    parts = re.split("['’ʼ]", word)
    return word[0].isupper() and all(part.isupper() or part[1:].islower() or len(part) == 1 for part in parts)


def _foreign(word: str) -> bool:
    """Whether a word can stand in a name of any language: capitalised, of a script without capitals, or a particle."""
    letters = word.strip(".'’-")
    return (
        bool(letters)
        and letters.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha()
        and (not letters[0].islower() or letters in PARTICLES)
    )


def is_host(name: str) -> bool:
    """kontum.gov.vn, https://baogialai.com.vn/…"""
    return bool(HOST.fullmatch(name))


def reads_as_name(text: str) -> bool:
    """Whether a text can be the name of a source, and tells nothing as "Theo đó, …" and "theo kế hoạch …" do."""
    if acts(text) or DOCUMENT.match(text.lower()) or len(text.split()) > 14:
        return False
    return text[:1].isupper() or is_host(text) or _is_medium_in_small(text)


def _is_medium_in_small(text: str) -> bool:
    """The name in "Theo báo Nhân Dân"."""
    found = _MEDIUM_IN_SMALL.match(text)
    return found is not None and found["name"].isupper()


def acts(text: str) -> bool:
    """Whether a text tells what somebody does; a verb with a capital is part of a name: "Tạp chí Tổ chức nhà nước"."""
    return ACTS.search(text.lower() if text.isupper() else text) is not None
