"""Binding a date and an issuer to each number, after it or before it, and passing them along lists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from archive.vietnam.documents import TYPE_NAMES

from .days import Day, day_after, days_before
from .lexicon import any_of, words
from .mention import Mention
from .phrases import Phrase, agrees, phrase_at, phrases_between
from .views import CAPITALS, View


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
    """Give the mention what an issuing sentence says before it: "Ngày 9/10, Chủ tịch UBND tỉnh ban hành …"."""
    start = max(floor, view.sentence_start(mention.opens))
    verb = _VERB.search(view.low, max(start, mention.opens - 110), mention.opens)
    if verb is None:
        if mention.issuer is None and (
            inside := _INSIDE.search(view.low, max(start, mention.opens - 12), mention.opens)
        ):
            mention.issuer = _owner_before(view, start, inside.start(), mention)
        return
    mention.relation, mention.relation_at = "announces", (verb.start("verb"), verb.end("verb"))
    opens = _verb_start(view, verb)
    subject = _subject(view, start, opens)
    if subject and mention.issuer is None and agrees(subject, mention.number.issuer):
        mention.issuer = subject
    if subject is None and verb["verb"] in ("co", "ra", "phat"):
        mention.relation = mention.relation_at = None
    if mention.day is None and (subject is None or mention.issuer == subject):
        mention.day = _day_before(view, start, subject.start if subject else opens, subject is not None)


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


def _opens_clause(view: View, at: int, day: Day) -> bool:
    """Whether a day after a comma opens the next clause: "…/KH-UBND, ngày 18/6, UBND huyện tổ chức"."""
    if not _COMMA.match(view.low, at):
        return False
    rest = _CLAUSE.match(view.low, day.end)
    following = rest.end() if rest else day.end
    if _GOES_ON.match(view.low, following):
        return False
    return view.shape[following : following + 1].isupper() or day.year is None


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
    for match in _OF_ANY.finditer(view.low, mention.tail, end):
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
    """ "theo chỉ đạo của UBND tỉnh tại Công văn số 4079/UBND-KT": believed only where the symbol is that office's."""
    signed = mention.number.issuer
    for phrase in reversed(phrases_between(view, start, end)) if signed else ():
        if phrase.code != signed:
            continue
        adjacent = not view.shape[phrase.end : end].strip()
        named = (_OF if adjacent else _SAID_BY).search(view.low, max(start, phrase.start - 24), phrase.start)
        return phrase if named or _SPEAKS.match(view.low, phrase.end, end) else None
    return None


def _verb_start(view: View, verb: re.Match[str]) -> int:
    """Where the adverbs of an issuing verb begin; "UBND tỉnh Gia Lai ban hành": folded, the name ends in one."""
    start = verb.start()
    return (
        start if view.shape[start].islower() else view.shape.index(" ", start) if start < verb.start("verb") else start
    )


def _subject(view: View, start: int, end: int) -> Phrase | None:
    """The authority that ends where the verb begins; a person's name may stand between."""
    for phrase in phrases_between(view, start, end):
        between = view.shape[phrase.end : end]
        if phrase.end <= end and (not between.strip() or _PERSON.fullmatch(between)):
            return phrase
    return None


def _day_before(view: View, start: int, end: int, named: bool) -> Day | None:
    """The day that opens the issuing sentence, where nothing but who and why stands between it and the issuer."""
    days = days_before(view, start, end)
    for day in (days[-1], days[0]) if days else ():
        between = view.low[day.end : end]
        if _REPORTED.search(between):
            continue
        if _ADJACENT.fullmatch(between) or (named and len(between) < 160 and _ADVERBIAL.match(between)):
            return day
        if not named and _SIGNER.fullmatch(view.shape[day.end : end]):
            return day
    return None


_VERB = re.compile(
    rf"(?<!\w)(?:(?:{any_of(words('verbs', 'adverbs'))}) ){{0,3}}(?P<verb>{any_of(words('verbs', 'issuing'))})"
    r" (?:them |tiep |cac |nhung |mot |02 |2 )?"
    r"(?:(?:nhieu|cac|mot so|mot loat|hang loat|dong bo cac) van ban"
    r"(?: [^\W\d_]+){0,8}?(?: nhu| gom| trong do co)?:? )?$"
)
_COMMA = re.compile(r" ?,")
_CLAUSE = re.compile(r" ?,? ?")
_GOES_ON = re.compile(
    rf"(?:{any_of({name.split()[0] for name in TYPE_NAMES})}"
    r"|cua|ve|v/v|do|duoc|da|va|cung|la|thi|phe duyet)(?!\w)|[^\w\s]|$|\s"
)
_OWNED = re.compile(r" ?[,)]? ?(?:nay )?cua ")
_DONE_BY = re.compile(r" ?,? ?(?:da |vua |moi |vua moi )?(?:duoc|do) ")
_DONE = re.compile(
    r" (?:da |vua )?(?:ky ban hanh|ky, ban hanh|ky|ban hanh|thong qua|phat hanh|phe duyet|cong bo)(?!\w)"
)
_TITLE = re.compile(r" ?,? ?(?:ve viec|ve|v/v|quy dinh|huong dan|phe duyet|ban hanh|[\"“(])")
_OF = re.compile(r"(?<!\w)cua $")
_OF_ANY = re.compile(r"(?<!\w)cua ")
_SAID_BY = re.compile(r"(?<!\w)(?:chi dao|yeu cau|y kien|de nghi|huong dan|noi dung|quy dinh|thong bao) cua $")
_ANOTHER = re.compile(r"\d ?[/\-] ?\d{0,4}/?[a-z]|(?<!\w)so:? ?\d")
_COMMA_NEXT = re.compile(r" ?, ")
_INSIDE = re.compile(r"(?<!\w)(?:tai|trong|qua|bang|theo)(?: cac)? $")
_SPEAKS = re.compile(
    r" (?:da |cung |con |tiep tuc |vua )?(?:co y kien|co chi dao|de nghi|yeu cau|giao|chi dao|cho biet|neu ro"
    r"|thong bao|huong dan|kien nghi|khang dinh|dong y|cho phep|chap thuan|quy dinh|phe duyet|thong nhat|nhan manh"
    r"|trinh|de xuat|bao cao)(?!\w)"
)
_NAMES = rf"(?:[{CAPITALS}][^\W\d_]*[ ,]*){{2,5}}"
_PERSON = re.compile(rf" ?(?:\([^()]{{1,60}}\)|cũ)? ?,? ?(?:(?:đồng chí|ông|bà|Đồng chí) )?(?:{_NAMES})? ?,? ?")
_SIGNER = re.compile(
    r",? ?(?:(?:đồng chí|ông|bà|Đồng chí|Tổng Bí thư|Phó Thủ tướng|Chủ tịch nước|Chủ tịch Quốc hội),? ?)?"
    rf"(?:{_NAMES})? ?"
)
_ADJACENT = re.compile(
    r"\)?[,\s]*(?:(?:dong chi|ong|ba) [^,.;]{3,40},? ?|(?:thay mat|thua uy quyen) [^,.;]{3,60}, ?"
    r"|tai [^,.;]{2,60}, ?|thi )?"
)
_ADVERBIAL = re.compile(
    r"\)?[,\s]*(?:truoc|sau|nham|de|tren co so|can cu|theo de nghi|thuc hien|trien khai|thua|do|xet|tiep tuc"
    r"|cung voi|voi|ngay|dap ung)(?!\w)"
)
_REPORTED = re.compile(
    r"(?<!\w)(?:cho biet|thong tin|cho hay|nguon tin|to chuc|dien ra|lam viec|phat bieu|chu tri|khai mac|tham du"
    r"|kiem tra)(?!\w)"
)
