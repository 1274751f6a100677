"""Finding document numbers: every run of digits is a candidate, judged by what stands directly before and after it.

Digits are rare in prose, so the scan is one pass of a plain pattern; all else is read locally, in bounded windows.
"""

from __future__ import annotations

import re

from archive.vietnam.documents import SAME_SYMBOL, TYPES, DocumentNumber, plain, read_standard
from crawler.reading.citations.before import Before, introduction
from crawler.reading.citations.bind import bind_after
from crawler.reading.citations.days import day_after
from crawler.reading.citations.lexicon import LIST_LINK, SO, counts, promises
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.numbers import LIST_RUN, Printed, may_have_symbol, printed_at
from crawler.reading.citations.phrases import phrase_at
from crawler.reading.citations.views import View


def find_mentions(view: View) -> list[Mention]:
    """All document numbers of the text in order, with their types; dates and issuers that follow them directly, too."""
    found: list[Mention] = []
    known: set[tuple[str | None, str]] = set()
    done = 0
    for candidate in DIGITS.finditer(view.low):
        at = candidate.start()
        if at < done or candidate.end() - at > 5:
            continue
        previous = found[-1] if found else None
        mention = _mention(view, at, candidate.end(), previous, known)
        if mention:
            mention.sentence = view.sentence_start(mention.opens)
            bind_after(view, mention)
            joined = previous is not None and _between(view, previous.tail, mention.start)
            mention.group = previous.group if previous and joined else mention.start
            found.append(mention)
            if mention.number.symbol:
                known.add((mention.type, mention.number.number))
            done = max(mention.end, mention.tail)
    return found


def _mention(
    view: View, at: int, digits_end: int, previous: Mention | None, known: set[tuple[str | None, str]]
) -> Mention | None:
    before = view.shape[at - 1] if at else " "
    if before in "lIO" and view.shape[max(0, at - 2)] in " :" and promises(view.low, at - 1):
        at -= 1  # "số l67/2013/NĐ-CP"
        before = view.shape[at - 1]
    if not view.low.endswith(" so ", 0, at):  # as most are introduced
        family = _STANDARD_BEFORE.search(view.low, max(previous.end if previous else 0, at - 18), at)
        if family and (standard := _standard(view, family.start())):
            return standard
    listed = previous is not None and at - previous.tail < 24 and _linked(view, previous, at)
    if before in "./-," and not listed and not _SO_MARK.search(view.low, max(0, at - 5), at):
        return None
    if before.isalnum() and not _ATTACHED.search(view.low, max(0, at - 5), at):
        return None
    introduced = listed or promises(view.low, at)
    if not introduced and not may_have_symbol(view, digits_end):
        return None
    right = printed_at(view, at)
    if right is None or (right.number is None and not introduced):
        return None
    left = introduction(view, at, right, previous.end if previous else 0)
    inherited = left.type is None and listed and previous is not None
    if inherited and previous is not None:
        left = left._replace(type=previous.type, so=True)
    # "Kế hoạch 1915" after a Kế hoạch số 1915/KH-UBND; alone it could be a year or a quantity.
    repeats = (
        right.number is None
        and (left.type, plain(right.printed)) in known
        and not counts(view.low, view.text, right.end)
    )
    if not (repeats or _accepted(view, left, right, at, inherited)) or _in_address(view, at):
        return None
    return _built(left, right, inherited)


def _built(left: Before, right: Printed, inherited: bool) -> Mention:
    number = right.number or DocumentNumber(plain(right.printed), right.year)
    code, conflict = _reconciled(left.type, number, inherited)
    if (code, number.abbr) == ("da", "DA"):
        number = number._replace(abbr="ĐA")
    number = number if number.type == code else number._replace(type=code)
    mention = Mention(left.start, right.end, right.printed, number, code, left.text, tail=right.end)
    mention.flags = [*number.flags, *(["ocr_fixed"] if right.ocr else []), *(["type_conflict"] if conflict else [])]
    if inherited:
        mention.flags.append("inherited")
    mention.issuer, mention.opens = left.owner, left.start if left.head is None else left.head
    return mention


def _reconciled(word: str | None, number: DocumentNumber, inherited: bool) -> tuple[str | None, bool]:
    """The type of a citation from its word and its symbol, and whether the two contradict each other: symbols win."""
    symbol = number.type
    if word in (None, "vb") or symbol is None or inherited:
        return (symbol or (None if word == "vb" and number.bodies else word)) if symbol or word else None, False
    if symbol == word:
        return symbol, False
    if not number.abbr:  # a number without a type in its symbol is a công văn, unless a word says otherwise
        return word, bool(number.unit)
    if (word, symbol) == ("da", "duan"):  # ĐA printed DA
        return word, False
    if SAME_SYMBOL.get(word) == symbol and (number.order == "party" or "party" not in TYPES[word].systems):
        return word, False
    if (word, number.abbr, number.bodies) == ("qd", "CT", ()):  # the Chairman (CT) of the Council of Ministers, to 1992
        return word, False
    said, shown = TYPES[word].name, TYPES[symbol].name
    return symbol, not (said.startswith(shown) or shown.startswith(said))


def _linked(view: View, previous: Mention, at: int) -> bool:
    link = LIST_LINK.match(view.low, previous.tail, at)
    if link is None:
        return False
    rest = view.low[link.end() : at]
    return not rest or re.fullmatch(rf"\(?{SO}", rest) is not None


def _between(view: View, start: int, end: int) -> bool:
    """Whether only commas and conjunctions stand between two mentions."""
    return 0 < end - start < 30 and LIST_LINK.fullmatch(view.low, start, end) is not None


def _accepted(view: View, left: Before, right: Printed, at: int, inherited: bool) -> bool:
    number = right.number
    if number is None:
        return _bare_number(view, left, right, at, inherited)
    if left.type is None and _NOT_DOCUMENTS.search(view.low, max(0, left.start - 30), left.start):
        return False
    if not (number.issuer or number.abbr or left.so or "/" in view.shape[at : right.end]):
        return False  # the fishing boat "KH 96341-TS"; old symbols after a dash are known offices
    body = number.bodies[0] if number.bodies else ""
    letters = sum(map(str.isalpha, body))
    if left.type == "hdong" and number.issuer is None:
        return False  # contracts between private parties
    if left.type:
        if TYPES[left.type].short == "no" and not (number.abbr or left.so or number.year or number.order == "standard"):
            return False  # the nickname "Đề án 06/CP"
        signed = left.so or number.unit != "" or day_after(view, right.end) is not None
        return letters >= 2 or (number.type is not None and (number.type == left.type or signed))
    if number.type == "ba":
        return number.year is not None
    if number.abbr and number.type:
        strong = TYPES[number.type].short != "no"
        return letters >= 2 and (number.issuer is not None or (strong and body.isupper() and (left.so or letters >= 3)))
    if number.issuer in ("qh", "ubtvqh"):  # "bản đồ 1/2000-QH" has no legislature
        return number.year is not None and body[-1:].isdigit()
    return number.issuer is not None and number.order != "old" and bool(number.unit) and number.year is None


def _bare_number(view: View, left: Before, right: Printed, at: int, inherited: bool) -> bool:
    """Whether a number without a symbol is a document's: by "số", by its date or issuer, or by what follows it."""
    if left.type is None:
        return False
    kind, end = TYPES[left.type], right.end
    abbreviated = left.text is not None and left.text.isupper() and len(left.text) <= 3
    if abbreviated and _NOT_A_TYPE.search(view.low, max(0, left.start - 24), left.start):
        return False  # "Tòa nhà CT 16", "máy 24 CV"
    if left.type == "ctr" and _BROADCAST.match(view.low, end):
        return False
    digits = int(re.sub(r"\D", "", right.printed))
    if right.year is not None:
        # "Nghị quyết 10/2019" may be of October 2019.
        legal = "legal" in kind.systems or (left.type in ("qd", "nq") and (left.so or digits > 12))
        return legal and not inherited
    if inherited:
        return bool(_ITEM_END.match(view.low, end)) and not counts(view.low, view.text, end)
    dated = day_after(view, end) is not None or _of_issuer(view, end)
    if left.so:
        # "quyết định số 1 của trận", "Báo cáo số 8 của lớp": small numbers count things.
        capital = left.capital and (kind.short == "word" or not _opens_sentence(view, left.start))
        named = dated or capital or digits > 9 or right.printed.startswith("0")
        return named and kind.short != "no" and (kind.short != "dated" or dated)
    if counts(view.low, view.text, end) or kind.short == "no":
        return False
    if dated or LIST_RUN.match(view.shape, end):
        return True
    if kind.short != "word" or not left.bare or 1945 <= digits <= 2035:
        return False
    if abbreviated:
        return digits > 9
    # "Quyết định" and "Kết luận" are verbs, too, at the head of a sentence.
    if digits < 10 or (left.type in ("qd", "kl") and _opens_sentence(view, left.start)):
        return left.capital and bool(_GOES_ON.match(view.low, end))
    return left.capital or left.type in ("ct", "nd", "tt", "nq", "kl")


def _opens_sentence(view: View, at: int) -> bool:
    return view.sentence_start(at, 40) == at or not view.shape[view.sentence_start(at, 40) : at].strip(' "“(-')


def _of_issuer(view: View, at: int) -> bool:
    match = _OF.match(view.low, at)
    return match is not None and phrase_at(view, match.end()) is not None


def _standard(view: View, start: int) -> Mention | None:
    if (read := read_standard(view.shape[start : start + 40])) is None:
        return None
    number, length = read
    printed = re.sub(r".*?(\d[\d -]*) ?:.*", r"\1", view.shape[start : start + length])
    mention = Mention(start, start + length, printed, number, number.type, view.text[start : start + 4])
    mention.tail, mention.opens = mention.end, start
    return mention


def _in_address(view: View, at: int) -> bool:
    """Whether the number stands in a web address or a mail address."""
    if _HOST.match(view.low, at, at + 80):
        return True
    if view.shape[at - 1 : at] in (" ", "\n"):
        return False
    start = max(view.shape.rfind(" ", max(0, at - 200), at), view.shape.rfind("\n", max(0, at - 200), at)) + 1
    return _ADDRESS.search(view.low[start:at]) is not None


# Latin, Lao and Khmer; not \d+, for which the engine tries every letter and asks the tables of Unicode.
DIGITS = re.compile("[0-9\u0ed0-\u0ed9\u17e0-\u17e9][0-9\u0ed0-\u0ed9\u17e0-\u17e9]*")
_NOT_A_TYPE = re.compile(
    r"(?:(?<!\w)(?:toa|toa nha|can|can ho|chung cu|khoi|khoi nha|block|lo|phong|nha)|(?<![\w/.\-])\d{1,4}) $"
)
_BROADCAST = re.compile(r" (?:cua )?(?:dai|vtv|htv)(?!\w)|[^.;\n]{0,40}(?<!\w)(?:phat song|phat luc|len song)(?!\w)")
_SO_MARK = re.compile(r"so[:.]$")
_ATTACHED = re.compile(r"(?<!\w)(?:so|ct|qd|nq|nd|cv|cd|kl|tt|kh|tb)$")
_STANDARD_BEFORE = re.compile(r"(?<!\w)(?:tcvn|qcvn|qcdp)(?: {0,2}(?:iso/iec|iso/ts|iso|iec))?[ :]{0,2}$")
_ITEM_END = re.compile(r" {0,2}(?:[,;.)\n]|$|va |cung |hoac |cua |ngay \d|\(|do |/)")
_GOES_ON = re.compile(
    r" {0,2}(?:[,;.:)”\"(\n]|$|(?:cua|ngay|ve|v/v|duoc|da|quy dinh|huong dan|thay the"
    r"|sua doi|bai bo|yeu cau|neu|do|va|cung|nay|moi|vua|ra doi"
    r"|co hieu luc)(?!\w))"
)
_OF = re.compile(r" {0,2},? ?(?:cua|do) ")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|net|org|gov|html?|aspx|php)/")
_HOST = re.compile(r"[a-z\d._-]*+(?:@|(?<=\.vn)(?!\w))")  # "15-nq-tu@thanhuy.example.vn"
# "Giấy phép số 124/GP-TTĐT", "tài khoản số 12/…": numbers of other things.
_NOT_DOCUMENTS = re.compile(
    r"(?:giay phep|tai khoan|bien so|bien kiem soat|lo dat|lo|thua|so nha|hoa don|dien thoai|chung minh|can cuoc"
    r"|ho chieu|gcn|giay chung nhan)"
    r"(?: [^\W\d_]+){0,3} ?$|(?<!\w)(?:mau|bieu|bieu mau|phu luc) $"
)
