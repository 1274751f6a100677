"""Binding a date and an issuer to each number, after it or before it, and passing them along lists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from archive.vietnam.documents import TYPES

from .days import Day, day_after, days_before
from .lexicon import any_of, words
from .mention import Mention, iter_lists
from .phrases import Phrase, phrase_at, phrases_between
from .views import View


def bind_after(view: View, mention: Mention) -> None:
    """Give the mention the date and the issuer that follow it: "ngày 23/9/2019 của Ban Thường vụ Tỉnh ủy"."""
    end = mention.end
    for _ in range(3):
        if mention.day is None and (day := day_after(view, end)) and not _opens_clause(view, end, day):
            mention.day, end = day, _past_bracket(view, end, day.end)
        elif mention.issuer is None and (step := _issuer_after(view, end, mention)):
            mention.issuer, end = step
        else:
            break
    mention.tail = end
    if mention.issuer is None:
        _issuer_after_title(view, mention)
    if mention.issuer is None:
        _issuer_as_speaker(view, mention)


def bind_before(view: View, mention: Mention, floor: int) -> None:
    """Give the mention what an issuing sentence says before it: "Ngày 09/10/2019, Chủ tịch UBND tỉnh ban hành Công văn"."""
    start = max(floor, view.sentence_start(mention.start))
    verb = _VERB.search(view.low, max(start, mention.start - 60), mention.start)
    if verb is None:
        if mention.issuer is None and (inside := _INSIDE.search(view.low, max(start, mention.start - 12), mention.start)):
            mention.issuer = _owner_before(view, start, inside.start(), mention)
        return
    mention.relation, mention.relation_at = "announces", (verb.start("verb"), verb.end("verb"))
    subject = _subject(view, start, verb.start())
    if subject and mention.issuer is None and agrees(subject, mention):
        mention.issuer = subject
    if subject is None and verb["verb"] in ("co", "ra", "phat"):
        mention.relation = mention.relation_at = None
    if mention.day is None and (subject is None or mention.issuer == subject):
        mention.day = _day_before(view, start, subject.start if subject else verb.start(), subject is not None)


def pass_along(view: View, mentions: list[Mention]) -> None:
    """Share symbols, issuers and dates along lists, forwards and backwards."""
    for members in iter_lists(mentions):
        if len(members) < 2:
            continue
        _share_symbols(members)
        _share_issuers(members)
        _share_days(members)
        for each in members[1:]:
            if each.relation is None:
                each.relation, each.relation_at = members[0].relation, members[0].relation_at


def settle_body(mention: Mention) -> None:
    """TƯ printed for TU or TW: the words tell, and without them it is TW."""
    number = mention.number
    if "ocr_fixed" in number.flags and mention.issuer and mention.issuer.code == "tu" and number.bodies == ("TW",):
        mention.number = replace(number, bodies=("TU",), issuer="tu")


def date_of(mention: Mention, posted_on: date | None) -> None:
    """Turn the bound day into a date; the number's own year serves where the day has none."""
    if mention.day and (found := mention.day.on(posted_on, mention.number.year)):
        mention.date = found.isoformat()
        mention.date_basis = "stated" if mention.day.year else "year_implied"


def agrees(phrase: Phrase, mention: Mention) -> bool:
    """Whether an authority can have signed under the mention's symbol."""
    signed = mention.number.issuer
    if signed is None or phrase.code is None:
        return signed is None or (phrase.code is None and phrase.level is None) or signed in _SHARED
    return (
        signed == phrase.code
        or frozenset((signed, phrase.code)) in _SAME
        or (signed in _COMMITTEES and phrase.code in _COMMITTEES)
    )


def _opens_clause(view: View, at: int, day: Day) -> bool:
    """Whether a day after a comma opens the next clause: "…/KH-UBND, ngày 18/6, UBND huyện tổ chức"."""
    if not _COMMA.match(view.low, at):
        return False
    rest = _CLAUSE.match(view.low, day.end)
    return (
        rest is not None
        and view.shape[rest.end() : rest.end() + 1].isupper()
        and not _GOES_ON.match(view.low, rest.end())
    )


def _past_bracket(view: View, at: int, end: int) -> int:
    opened = "(" in view.shape[at : at + 4]
    return end + 1 if opened and view.shape[end : end + 1] == ")" else end


def _issuer_after(view: View, at: int, mention: Mention) -> tuple[Phrase, int] | None:
    if match := _OWNED.match(view.low, at):
        phrase = phrase_at(view, match.end())
        return (phrase, phrase.end) if phrase else None
    if match := _DONE_BY.match(view.low, at):
        phrase = phrase_at(view, match.end())
        done = _DONE.match(view.low, phrase.end) if phrase else None
        if phrase and done:
            return phrase, done.end()
    return None


def _issuer_after_title(view: View, mention: Mention) -> None:
    """ "Chỉ thị số 05-CT/TW về đẩy mạnh … của Bộ Chính trị": believed only where the symbol is that office's."""
    if mention.number.issuer is None or not _TITLE.match(view.low, mention.tail):
        return
    end = view.sentence_end(mention.tail, 260)
    for match in _OF.finditer(view.low, mention.tail, end):
        if _ANOTHER.search(view.low, mention.tail, match.start()):
            return
        phrase = phrase_at(view, match.end())
        if phrase and phrase.code == mention.number.issuer:
            mention.issuer = phrase
            return


def _issuer_as_speaker(view: View, mention: Mention) -> None:
    """ "Tại Tờ trình số 8790/TTr-UBND, UBND tỉnh đề nghị …": who speaks in the paper is who signed it."""
    comma = _COMMA_NEXT.match(view.low, mention.tail)
    if (
        mention.number.issuer is None
        or comma is None
        or not _INSIDE.search(view.low, max(0, mention.start - 12), mention.start)
    ):
        return
    phrase = phrase_at(view, comma.end())
    if phrase and phrase.code == mention.number.issuer and _SPEAKS.match(view.low, phrase.end):
        mention.issuer = phrase


def _owner_before(view: View, start: int, end: int, mention: Mention) -> Phrase | None:
    """"theo chỉ đạo của UBND tỉnh tại Công văn số 4079/UBND-KT": believed only where the symbol is that office's."""
    phrase = _subject(view, start, end)
    named = phrase is not None and _OF.search(view.low, max(start, phrase.start - 4), phrase.start) is not None
    return phrase if phrase and named and phrase.code == mention.number.issuer else None


def _subject(view: View, start: int, end: int) -> Phrase | None:
    """The authority that ends where the verb begins; a person's name may stand between."""
    for phrase in phrases_between(view, start, end):
        between = view.shape[phrase.end : end]
        if phrase.end <= end and (not between.strip() or _PERSON.fullmatch(between)):
            return phrase
    return None


def _day_before(view: View, start: int, end: int, named: bool) -> Day | None:
    days = days_before(view, start, end)
    if not days:
        return None
    day = days[-1]
    between = view.low[day.end : end]
    if _ADJACENT.fullmatch(between) or (
        named and len(between) < 130 and _ADVERBIAL.match(between) and not _REPORTED.search(between)
    ):
        return day
    first = days[0]
    between = view.low[first.end : end]
    return (
        first if named and len(between) < 200 and _ADVERBIAL.match(between) and not _REPORTED.search(between) else None
    )


def _share_symbols(members: list[Mention]) -> None:
    for order in (list(reversed(members)), members):
        giver: Mention | None = None
        for each in order:
            if each.number.symbol:
                giver = each
            elif giver and each.type in (None, giver.type) and giver.number.year is None and each.number.year is None:
                each.number = replace(giver.number, number=each.number.number, flags=())
                each.type = giver.type
                _inherit(each)


def _share_issuers(members: list[Mention]) -> None:
    """An issuer after the last is all theirs whose symbol or type it fits; one before the first, with its verb, too."""
    giver: Mention | None = None
    for each in reversed(members):
        if each.issuer:
            giver = each if each.issuer.start >= each.end else None
        elif giver and giver.issuer and _fits(giver, each):
            each.issuer = giver.issuer
            _inherit(each)
    giver = None
    for each in members:
        if each.issuer:
            before = each.issuer.end <= each.start
            giver = each if before else giver if giver and giver.issuer == each.issuer else None
        elif giver and giver.issuer and (_fits(giver, each) or agrees(giver.issuer, each)):
            each.issuer = giver.issuer
            _inherit(each)


def _fits(giver: Mention, taker: Mention) -> bool:
    if taker.number.symbol is None:
        return taker.type == giver.type
    if giver.number.symbol is None:
        return giver.issuer is not None and giver.issuer.code is not None and giver.issuer.code == taker.number.issuer
    return taker.number.bodies == giver.number.bodies


def _share_days(members: list[Mention]) -> None:
    """A date after the last of a list is all theirs where types agree; one before the first, by its verb, too."""
    giver: Mention | None = None
    for each in reversed(members):
        if each.day and each.day.start >= each.end:
            giver = each
        elif (
            each.day is None
            and giver
            and giver.type == each.type
            and giver.number.symbol
            and each.number.issuer == giver.number.issuer
        ):
            each.day = giver.day
            _inherit(each)
    giver = None
    for each in members:
        if each.day and each.day.end <= each.start:
            giver = each
        elif each.day is None and giver and each.issuer == giver.issuer:
            each.day = giver.day
            _inherit(each)
        elif each.day:
            giver = None


def _inherit(mention: Mention) -> None:
    if "inherited" not in mention.flags:
        mention.flags.append("inherited")


_VERB = re.compile(
    rf"(?<!\w)(?:(?:{any_of(words('verbs', 'adverbs'))}) ){{0,3}}(?P<verb>{any_of(words('verbs', 'issuing'))})"
    r" (?:them |tiep |cac |nhung |mot |02 |2 )?$"
)
_COMMITTEES = frozenset(("tu", "thu", "hu", "qu", "du", "duk"))
_SAME = frozenset(
    map(
        frozenset,
        (
            ("hdnd", "tthdnd"),
            ("ubnd", "vpubnd"),
            ("cp", "ttg"),
            ("tand", "tandtc"),
            ("du", "duk"),
            ("mttq", "mttw"),
            ("bcd", "ubnd"),
        ),
    )
)
_SHARED = frozenset(
    (
        "bcd",
        "btvhpn",
        "dct",
        "hdtdkt",
        "cat",
        "bchqs",
        "bqlkkt",
        "bdt",
        "cb",
        "ttt",
        "tdtn",
        "du",
        "duk",
        "mttq",
        "ldld",
        "ccb",
        "hnd",
    )
)
_COMMA = re.compile(r" ?,")
_CLAUSE = re.compile(r" ?,? ?")
_GOES_ON = re.compile(rf"(?:{'|'.join(sorted({kind.name.split()[0].lower() for kind in TYPES.values()}))})(?!\w)")
_OWNED = re.compile(r" ?[,)]? ?(?:nay )?cua ")
_DONE_BY = re.compile(r" ?,? ?(?:da |vua |moi |vua moi )?(?:duoc|do) ")
_DONE = re.compile(
    r" (?:da |vua )?(?:ky ban hanh|ky, ban hanh|ky|ban hanh|thong qua|phat hanh|phe duyet|cong bo)(?!\w)"
)
_TITLE = re.compile(r" ?,? ?(?:ve viec|ve|v/v|quy dinh|huong dan|phe duyet|ban hanh|[\"“(])")
_OF = re.compile(r"(?<!\w)cua ")
_ANOTHER = re.compile(r"\d ?[/\-] ?\d{0,4}/?[a-z]|(?<!\w)so:? ?\d")
_COMMA_NEXT = re.compile(r" ?, ")
_INSIDE = re.compile(r"(?<!\w)(?:tai|trong|qua|bang|theo)(?: cac)? $")
_SPEAKS = re.compile(
    r" (?:da |cung |con |tiep tuc )?(?:de nghi|yeu cau|giao|chi dao|cho biet|neu ro|thong bao|huong dan|kien nghi"
    r"|khang dinh|dong y|cho phep|chap thuan|quy dinh|phe duyet|thong nhat|nhan manh|trinh|de xuat|bao cao)(?!\w)"
)
_PERSON = re.compile(r",? ?(?:(?:đồng chí|ông|bà|Đồng chí) )?(?:[A-ZĐÀ-Ỵ][^\W\d_]*[ ,]*){2,5} ?")
_ADJACENT = re.compile(
    r"\)?[,\s]*(?:(?:dong chi|ong|ba) [^,.;]{3,40},? ?|thay mat [^,.;]{3,60}, ?|thua uy quyen [^,.;]{3,60}, ?|tai [^,.;]{2,60}, ?|thi )?"
)
_ADVERBIAL = re.compile(
    r"\)?[,\s]*(?:truoc|sau|nham|de|tren co so|can cu|theo de nghi|thuc hien|trien khai|thua|do|xet|tiep tuc|cung voi|voi|ngay|dap ung)(?!\w)"
)
_REPORTED = re.compile(
    r"(?<!\w)(?:cho biet|thong tin|cho hay|nguon tin|to chuc|dien ra|lam viec|phat bieu|chu tri|khai mac|tham du|kiem tra)(?!\w)"
)
