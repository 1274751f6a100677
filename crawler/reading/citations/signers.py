"""Which authority signed a document, read from the words after its number and before it."""

from __future__ import annotations

import re

from archive.vietnam.documents import ISSUERS
from crawler.reading.citations.lexicon import any_of, words
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.phrases import Phrase, phrase_at, phrases_between
from crawler.reading.citations.views import CAPITALS, View


def issuer_after(view: View, at: int, mention: Mention) -> tuple[Phrase, int] | None:
    if match := _OWNED.match(view.low, at):
        phrase = phrase_at(view, match.end())
        return (phrase, phrase.end) if phrase else None
    if match := _DONE_BY.match(view.low, at):
        phrase = phrase_at(view, match.end())
        named = _NAMED.match(view.shape, phrase.end) if phrase else None  # "do Chủ tịch UBND tỉnh Y Ngọc ký"
        done = _DONE.match(view.low, named.end() if named else phrase.end) if phrase else None
        if phrase and done:
            return phrase, done.end()
    return None


def issuer_after_title(view: View, mention: Mention) -> None:
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


def issuer_as_speaker(view: View, mention: Mention) -> None:
    """ "Tại Tờ trình số 8790/TTr-UBND, UBND tỉnh đề nghị …": who speaks in the paper is who signed it."""
    comma = _COMMA_NEXT.match(view.low, mention.tail)
    if (
        mention.number.issuer is None
        or comma is None
        or not INSIDE.search(view.low, max(0, mention.start - 12), mention.start)
    ):
        return
    phrase = phrase_at(view, comma.end())
    if phrase and phrase.code == mention.number.issuer and _SPEAKS.match(view.low, phrase.end):
        mention.issuer = phrase


def issuer_inside(view: View, start: int, end: int, mention: Mention) -> Phrase | None:
    """ "theo chỉ đạo của UBND tỉnh tại Công văn số 4079/UBND-KT": believed only where the symbol is that office's."""
    signed = mention.number.issuer
    phrases = phrases_between(view, start, end) if signed else []
    for at in range(len(phrases) - 1, -1, -1):
        phrase = phrases[at]
        if phrase.code != signed:
            continue
        earlier = phrases[at - 1] if at else None
        if earlier and earlier.code == signed and view.low[earlier.end : phrase.start] == " va ":
            return None  # "UBND tỉnh A và UBND tỉnh B thống nhất tại Biên bản số": whose series it is nobody says
        adjacent = not view.shape[phrase.end : end].strip()
        named = (_OF if adjacent else _SAID_BY).search(view.low, max(start, phrase.start - 24), phrase.start)
        said = named or _SPEAKS.match(view.low, phrase.end, end) or _is_subject(view, end, phrase)
        return phrase if said else None
    return None


def by_means_of(view: View, start: int, mention: Mention) -> Phrase | None:
    """ "UBND tỉnh thành lập ban chỉ đạo bằng Quyết định số 275/QĐ-UBND": who does it by the document issues it."""
    if view.text[max(0, mention.opens - 5) : mention.opens].lower() != "bằng ":
        return None
    phrase = issuer_inside(view, start, mention.opens - 5, mention)
    return phrase if phrase and _opens_clause(view, phrase) else None


def sentence_subject(view: View, start: int, mention: Mention) -> Phrase | None:
    """ "HĐND xã X bàn Tờ trình …, rồi ban hành Nghị quyết số 38/NQ-HĐND": who opens the sentence, by its symbol."""
    start = max(start, view.shape.rfind(";", start, mention.opens) + 1)
    phrase = next(iter(phrases_between(view, start, mention.opens)), None)
    opens = phrase is not None and not _BEFORE_SUBJECT.sub("", view.low[start : phrase.start])
    return phrase if phrase and opens and phrase.code and phrase.code == mention.number.issuer else None


def _is_subject(view: View, end: int, phrase: Phrase) -> bool:
    """Whether an office whose suffix no other level shares opens the clause: "Sở Y tế nhắc lại tại Công văn số …"."""
    shared = ISSUERS[phrase.code or ""].level == "words" and view.text[end - 1 : end + 5].strip().lower() != "bằng"
    clause = view.low[phrase.end : end]
    return (
        _opens_clause(view, phrase)
        and not _ROLED.match(view.low, phrase.start)
        and not shared
        and len(clause) < 60
        and not re.search(r"[.:;\n]", clause)
    )


def _opens_clause(view: View, phrase: Phrase) -> bool:
    return _CLAUSE_OPENS.search(view.low, max(0, phrase.start - 3), phrase.start) is not None


def subject_of(view: View, start: int, end: int) -> Phrase | None:
    """The authority that ends where the verb begins; a person's name may stand between."""
    earlier: Phrase | None = None
    for phrase in phrases_between(view, start, end):
        joint = earlier and earlier.code == phrase.code and view.low[earlier.end : phrase.start] == " va "
        earlier = phrase
        if joint:  # a paper of two is in the series of the first
            continue
        between = view.shape[phrase.end : end]
        if phrase.end <= end and (not between.strip() or _PERSON.fullmatch(between)):
            return phrase
    return None


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
_CLAUSE_OPENS = re.compile(r"(?:^|[,;:.\n])\s{0,2}$")
_BEFORE_SUBJECT = re.compile(r"^\s*(?:(?:sang|chieu|toi|trua|ngay|vao)[ ,]?[^,;:]{0,40}, ?)?\s*")
_ROLED = re.compile(rf"(?:{any_of(words('names', 'roles'))}) ")
INSIDE = re.compile(r"(?<!\w)(?:tai|trong|qua|bang|theo)(?: cac)? $")
_COMMA_NEXT = re.compile(r" ?, ")
_SPEAKS = re.compile(
    r" (?:da |cung |con |tiep tuc |vua )?(?:co y kien|co chi dao|de nghi|yeu cau|giao|chi dao|cho biet|neu ro"
    r"|thong bao|huong dan|kien nghi|khang dinh|dong y|cho phep|chap thuan|quy dinh|phe duyet|thong nhat|nhan manh"
    r"|trinh|de xuat|bao cao)(?!\w)"
)
NAMES = rf"(?:[{CAPITALS}][^\W\d_]*[ ,]*){{2,5}}"
_NAMED = re.compile(rf" {NAMES}(?<! )(?= )")
_PERSON = re.compile(
    rf" ?(?:\([^()]{{1,60}}\)|cũ|trước đây)? ?,? ?(?:(?:đồng chí|ông|bà|Đồng chí) )?(?:{NAMES})? ?,? ?"
)
