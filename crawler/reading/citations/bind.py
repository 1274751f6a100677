"""Binding a date and an issuer to each number, after it or before it, and passing them along lists."""

from __future__ import annotations

import re
from datetime import date

from archive.vietnam.documents import TYPE_NAMES
from crawler.reading.citations.days import Day, day_after, days_before
from crawler.reading.citations.lexicon import any_of, printed, words
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.phrases import Phrase, agrees, phrase_at
from crawler.reading.citations.places import province_before
from crawler.reading.citations.signers import (
    INSIDE,
    NAMES,
    by_means_of,
    issuer_after,
    issuer_after_title,
    issuer_as_speaker,
    issuer_inside,
    sentence_subject,
    subject_of,
)
from crawler.reading.citations.views import View


def bind_after(view: View, mention: Mention) -> None:
    """Give the mention the date and the issuer that follow it: "ngày 23/9/2019 của Ban Thường vụ Tỉnh ủy"."""
    end = mention.end
    if year := _YEAR_APART.match(view.low, end):
        end = year.end()
        # A directive of 2024 was given in that year, a plan of 2024 is for it.
        mention.year = int(year["year"]) if mention.type in _GIVEN_IN_A_YEAR else None
    for _ in range(3):
        if mention.day is None and (day := day_after(view, end)) and not _opens_clause(view, end, day):
            mention.day, end = day, _past_bracket(view, end, day.end)
        elif mention.issuer is None and (step := issuer_after(view, end, mention)):
            mention.issuer, end = step
            if mention.issuer.old and (said := _OLD_WORDS.match(view.low, end)):
                end = said.end()
        else:
            break
    mention.tail = end
    if mention.issuer is None:
        issuer_after_title(view, mention)
    if mention.issuer is None:
        issuer_as_speaker(view, mention)


def bind_before(view: View, mention: Mention, floor: int) -> None:
    """Give the mention what an issuing sentence says before it: "Ngày 9/10, Chủ tịch UBND tỉnh ban hành …"."""
    start = max(floor, mention.sentence)
    verb = _VERB.search(view.low, max(start, mention.opens - 110), mention.opens)
    if verb is None:
        if mention.issuer is None and (
            inside := INSIDE.search(view.low, max(start, mention.opens - 12), mention.opens)
        ):
            _bind_inside(view, mention, start, inside.start())
        return
    mention.relation, mention.relation_at = "announces", (verb.start("verb"), verb.end("verb"))
    opens = _verb_start(view, verb)
    subject = subject_of(view, start, opens)
    if subject and mention.issuer is None and (agrees(subject, mention.number.issuer) or _smudged(mention, subject)):
        mention.issuer = subject
    if subject is None and mention.issuer is None:
        mention.issuer = sentence_subject(view, mention.sentence, mention)
    pronoun = (
        None if subject else _PRONOUN.search(view.low, start, opens) or _unknown_office(view, start, opens, mention)
    )
    if subject is None and verb["verb"] in ("co", "ra", "phat") and not (pronoun and pronoun.re is _OFFICE):
        mention.relation = mention.relation_at = None
    if mention.day is None and (subject is None or mention.issuer == subject):
        until = subject.start if subject else pronoun.start() if pronoun else opens
        mention.day = _day_before(view, start, until, until != opens)


def _bind_inside(view: View, mention: Mention, start: int, end: int) -> None:
    """Give the mention the office in whose words it stands, and the day on which that office acted by it."""
    mention.issuer = issuer_inside(view, start, end, mention)
    if issuer := by_means_of(view, start, mention):
        mention.relation, mention.relation_at = "announces", (mention.opens - 5, mention.opens - 1)
        mention.day = mention.day or _day_before(view, start, issuer.start, True)


def place(view: View, mention: Mention) -> None:
    """Note another province that the sentence is about, where the words name none for the office."""
    if mention.issuer is None or mention.issuer.place is None:
        mention.elsewhere = province_before(view, mention.sentence, mention.opens)


def settle_body(mention: Mention) -> None:
    """TƯ printed for TU or TW: the words tell, and without them it is TW."""
    if mention.issuer and _smudged(mention, mention.issuer):
        mention.number = mention.number._replace(bodies=("TU",), issuer="tu")


def _smudged(mention: Mention, phrase: Phrase) -> bool:
    """Whether TƯ stands for the TU of a province's committee."""
    number = mention.number
    return phrase.code == "tu" and "ocr_fixed" in number.flags and number.bodies == ("TW",)


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


def _unknown_office(view: View, start: int, opens: int, mention: Mention) -> re.Match[str] | None:
    """An office that no table has and that names itself after the day: "Ngày 27/8, Ban Quản lý lăng có văn bản"."""
    office = _OFFICE.search(view.low, start, opens) if mention.number.issuer is None else None
    if office is None or not view.shape[office.start("name")].isupper():
        return None
    said = phrase_at(view, office.start("name"))
    clause = _CLAUSE_WORDS.search(view.text[office.start("name") : office.end("name")])
    return None if clause or (said and said.code) else office


def _verb_start(view: View, verb: re.Match[str]) -> int:
    """Where the adverbs of an issuing verb begin; "UBND tỉnh Gia Lai ban hành": folded, the name ends in one."""
    start = verb.start()
    if start < verb.start("verb") and not view.shape[start].islower():
        return view.shape.index(" ", start)
    return start


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
    r":? (?:them |tiep |cac |nhung |mot |02 |2 )?"
    r"(?:(?:nhieu|cac|mot so|mot loat|hang loat|dong bo cac) van ban"
    r"(?: [^\W\d_]+){0,8}?(?: nhu| gom| trong do co)?:? )?$"
)
_GIVEN_IN_A_YEAR = frozenset(("ct", "nd", "tt", "nq", "qd", "cd", "kl", "qyd", "luat", "cv"))
_YEAR_APART = re.compile(r",? ?nam (?P<year>(?:19|20)\d\d)(?= (?:cua|do)(?!\w))")
_OLD_WORDS = re.compile(r" ?\([^()\n]{2,60}\)| (?:cu|truoc day|truoc (?:khi )?(?:sap nhap|hop nhat|sap xep))(?!\w)")
_FIRMS = frozenset(("cong ty", "hop tac xa", "htx", "nha may", "khu", "vuon", "xi nghiep"))
_PRONOUN = re.compile(r"(?<!\w)(?:co quan|don vi|so|bo|uy ban|ban|dia phuong|huyen|tinh) (?:nay|tren|do) ?$")
_OFFICE = re.compile(
    rf"(?<=, )(?P<name>(?:{any_of(words('names', 'heads') | _FIRMS)}) [^\W\d_][^,.;:()\n]{{1,60}}?) ?$"
)
# In lower case, so no "Phát" of "Đài Phát thanh": with one of these the words are a clause, not a name.
_CLAUSE_WORDS = re.compile(rf"(?<!\w)(?:{any_of(printed('names', 'stops'))}|họp|nhận)(?!\w)")
_COMMA = re.compile(r" ?,")
_CLAUSE = re.compile(r" ?,? ?")
_GOES_ON = re.compile(
    rf"(?:{any_of({name.split()[0] for name in TYPE_NAMES})}"
    r"|cua|ve|v/v|do|duoc|da|va|cung|la|thi|phe duyet)(?!\w)|[^\w\s]|$|\s"
)
_SIGNER = re.compile(
    r",? ?(?:(?:đồng chí|ông|bà|Đồng chí|Tổng Bí thư|Phó Thủ tướng|Chủ tịch nước|Chủ tịch Quốc hội),? ?)?"
    rf"(?:{NAMES})? ?"
)
_ADJACENT = re.compile(
    r"\)?[,\s]*(?:(?:dong chi|ong|ba) [^,.;]{3,40},? ?|(?:thay mat|thua uy quyen) [^,.;]{3,60}, ?"
    r"|tai (?:[^,.;]|(?<=t[px])\.){2,60}, ?|thi ){0,3}"
)
_ADVERBIAL = re.compile(
    r"\)?[,\s]*(?:truoc|sau|nham|de|tren co so|can cu|theo de nghi|thuc hien|trien khai|thua|do|xet|tiep tuc"
    r"|cung voi|voi|ngay|dap ung)(?!\w)"
)
_REPORTED = re.compile(
    r"(?<!\w)(?:cho biet|thong tin|cho hay|nguon tin|to chuc|dien ra|lam viec|phat bieu|chu tri|khai mac|tham du"
    r"|kiem tra)(?!\w)"
)
