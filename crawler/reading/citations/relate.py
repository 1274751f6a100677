"""What the words say of a document, and of two documents that one sentence ties together."""

from __future__ import annotations

import re
from itertools import pairwise

from archive.schema import Tie
from crawler.reading.citations.lexicon import RELATIONS, SOFT, any_of, said
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.phrases import phrases_between
from crawler.reading.citations.signers import NAMES
from crawler.reading.citations.views import View

_ACTS = ("amends", "replaces", "repeals", "guides")


def relate(view: View, mention: Mention, floor: int) -> None:
    """Set the relation from the nearest words before the document; None where they do not say."""
    if mention.relation is not None:
        return
    start = max(floor, mention.sentence, mention.opens - 110)
    for match in reversed(list(_RELATION.finditer(view.low, start, mention.opens))):
        at = _said_from(view, match)
        if at is None or not _soft(view, match.end(), mention.opens):
            continue
        if _DENIED.search(view.low, max(0, at - 24), at):  # "không thực hiện đúng Chỉ thị số 16/CT-TTg"
            return
        relation = RELATIONS[view.low[at : match.end()]]
        # "điều chỉnh tại Quyết định B": B is not what is amended.
        if relation not in _ACTS or not _AGENT.match(view.low, match.end()):
            mention.relation, mention.relation_at = relation, (at, match.end())
            return


def _said_from(view: View, match: re.Match[str]) -> int | None:
    """Where the phrase that was folded really begins: in "xây dựng theo" it is "theo", not "đúng theo"."""
    starts = [match.start(), *(match.start() + blank.end() for blank in re.finditer(" ", match[0]))]
    for at in starts:
        phrase = view.low[at : match.end()]
        if phrase in RELATIONS and said(phrase, view.text[at : match.end()]):
            return at
    return None


def relate_lists(view: View, mentions: list[Mention]) -> None:
    """ "Thực hiện Chỉ thị A về … và Kết luận B": what is done to the first of a list is done to those after titles."""
    for first, second in pairwise(mentions):
        if second.relation is not None or first.relation in (None, "announces"):
            continue
        goes_on = first.group == second.group or _TITLED.fullmatch(view.low, first.tail, second.opens)
        if goes_on and not opens_clause(view, first, second):
            second.relation, second.relation_at = first.relation, first.relation_at


def opens_clause(view: View, first: Mention, second: Mention) -> bool:
    """Whether the second begins a clause of its own: "thay thế Nghị định A; Quyết định B buộc …"."""
    parted = ";" in view.shape[first.tail : second.opens] and "inherited" not in second.flags
    return parted and _ENDS_ITEM.match(view.low, second.tail) is None


def relate_passives(view: View, mentions: list[Mention]) -> None:
    """ "Nghị định A được thay thế bởi Nghị định B", "sửa bản án A bằng Bản án B": A is acted on, and B acts on it."""
    for index, (first, second) in enumerate(pairwise(mentions), start=1):
        passive = _PASSIVE.fullmatch(view.low, first.tail, second.opens)
        if passive and (passive["by"] or passive["and"] or passive["agent"] == "boi"):
            first.relation, first.relation_at, first.actor = RELATIONS[passive["verb"]], passive.span("verb"), index
        elif first.relation in _ACTS:
            means = _BY_MEANS_OF.fullmatch(view.low, first.tail, second.opens)
            if means and view.text[slice(*means.span("by"))].lower() in ("bằng", "tại"):
                first.actor = index


def ties_of(view: View, mentions: list[Mention], first: int) -> dict[int, list[Tie]]:
    """The ties by index of the mention that acts: what its sentence announces, or names first, acts on the other.

    `Tie.to` counts from `first` on.
    """
    ties: dict[int, list[Tie]] = {}
    actors: dict[int, int | None] = {}
    for index, mention in enumerate(mentions):
        if mention.relation in (None, "announces", "mentions") or mention.relation_at is None:
            continue
        actor = actors[index] = _actor(view, mentions, index, actors)
        if actor is None or _wished(view, mention.relation_at[0]):
            continue
        if not _only_proposes(mentions[actor], mention):
            start, end = mention.relation_at
            ties.setdefault(actor, []).append(Tie(mention.relation, first + index, view.text[start:end]))  # type: ignore[arg-type]
    return ties


def _only_proposes(actor: Mention, acted: Mention) -> bool:
    """Whether the paper is of a kind that asks others to act: "Tờ trình … về việc sửa đổi Nghị quyết"."""
    return acted.relation in _ACTS[:3] and actor.type in _PROPOSALS and actor.type != acted.type


def _wished(view: View, at: int) -> bool:
    """Whether an act is only wished, drafted or denied: "kiến nghị thay thế", "dự thảo … thay thế", "chưa bãi bỏ"."""
    return _WISH.search(view.low, max(0, at - 60), at) is not None


def _actor(view: View, mentions: list[Mention], index: int, actors: dict[int, int | None]) -> int | None:
    """Which mention of the sentence acts on the one at `index`; `actors` are those of the mentions before it."""
    mention = mentions[index]
    if mention.relation_at is None or mention.actor is not None:
        return mention.actor
    start, end = view.sentence_start(mention.opens, 700), view.sentence_end(mention.end, 500)
    earlier = _others(mentions, range(index - 1, -1, -1), mention, start, end)
    later = _others(mentions, range(index + 1, len(mentions)), mention, start, end)
    before = [at for at in earlier if mentions[at].end <= mention.relation_at[0]]
    if before and _says_of(view, mentions[before[0]], mention.relation_at[0]):
        return before[0]
    announced = [at for at in (*before, *later, *earlier) if mentions[at].relation == "announces"]
    if mention.relation in ("implements", "based_on"):
        return next((at for at in announced if at < index or _same_clause(view, mention, mentions[at])), None)
    if before and (nearest := mentions[before[0]]).relation in _ACTS and nearest.actor is None:
        return actors.get(before[0])  # "A thay thế B và bãi bỏ C": A acts on both
    if before and mentions[before[0]].relation in (None, "announces"):  # not the A of "theo A, … thay thế B"
        return before[0]
    return announced[0] if announced else None


def _says_of(view: View, earlier: Mention, at: int) -> bool:
    """Whether the words at `at` go on about the document before them: "B, vốn ban hành để thực hiện C"."""
    link = _GOES_ON.fullmatch(view.low, earlier.tail, at)
    adjacent = at - earlier.tail <= 1 or earlier.relation in (None, "announces", "mentions")
    return link is not None and (link["clause"] is not None or adjacent)


def _same_clause(view: View, mention: Mention, later: Mention) -> bool:
    """Whether a document announced later is what the relation serves: "căn cứ A; căn cứ B, UBND tỉnh ban hành C"."""
    if ";" not in view.shape[mention.tail : later.opens]:
        return True
    start = mention.relation_at[0] if mention.relation_at else mention.opens
    return _CLAUSE_HEAD.search(view.low, max(0, start - 3), start) is not None


def _others(mentions: list[Mention], indexes: range, mention: Mention, start: int, end: int) -> list[int]:
    """The mentions of the sentence that are not in the same list, nearest first."""
    found = []
    for at in indexes:
        if mentions[at].start < start or mentions[at].end > end:
            break
        if mentions[at].group != mention.group:
            found.append(at)
    return found


def _soft(view: View, start: int, end: int) -> bool:
    """Whether nothing between a relation and the document says otherwise: "thực hiện ý kiến chỉ đạo của X tại"."""
    if head := _LIST_HEAD.search(view.low, start, end):
        end = head.start()  # "thực hiện các văn bản sau: Công văn số …"
    between, at = "", start
    if " cua " in view.low[start:end]:
        for phrase in phrases_between(view, start, end):
            if view.low[at : phrase.start].endswith("cua "):
                named = _NAME_AFTER.match(view.shape, phrase.end, end)
                between, at = between + view.low[at : phrase.start], named.end() if named else phrase.end
    words = _WORDS.findall(between + view.low[at:end])
    return len(words) <= 12 and all(word in SOFT for word in words) and not re.search(r"[;:()]", view.low[start:end])


_ACTING = any_of([verb for verb, relation in RELATIONS.items() if relation in _ACTS])
_PASSIVE = re.compile(
    r"[,) (]{0,3}(?:(?:da )?het hieu luc(?: thi hanh)?,? )?"
    rf"(?:da |vua )?(?P<and>va )?(?P<by>(?:duoc|bi) )?(?P<verb>{_ACTING})(?: mot phan| mot so dieu)?"
    r" (?P<agent>boi|bang|theo|tai)(?: cac)? "
)
_AGENT = re.compile(r"(?: cu the| chi tiet)? (?:boi|bang|tai|theo|trong)(?!\w)")
_BY_MEANS_OF = re.compile(r"[^.;:\n]{0,60} (?P<by>bang|tai)(?: cac)? ")
_TITLED = re.compile(r" (?:ve|v/v|quy dinh) [^.;:\n]{3,160}?(?:;|,? va) (?:cac )?")
_ENDS_ITEM = re.compile(
    r"[)\s]*(?:[,;.:(\n]|$|(?:va|cung|ve|v/v|cua|do|nam|ngay|quy dinh|huong dan|phe duyet|ban hanh|sua doi"
    r"|thay the)(?!\w))"
)
_GOES_ON = re.compile(
    r"[,() ]{0,3}(?P<clause>ve viec |v/v "
    r"|(?:von|la van ban)? ?(?:duoc )?(?:ban hanh )?(?:de|nham)(?: (?:to chuc|tiep tuc))? )?"
)
_CLAUSE_HEAD = re.compile(r"(?:^|[;.\n] ?)$")
_WISH = re.compile(
    r"(?<!\w)(?:kien nghi|de nghi|de xuat|du kien|du thao|khong|chua|co the|muon|mong|can|xin|nghien cuu|xem xet|gop y)"
    r"(?: (?!de |va )[^\W\d_]+){0,7}? $"
)
_PROPOSALS = frozenset(("ttr", "bc", "bb", "gm", "da"))
_DENIED = re.compile(r"(?<!\w)(?:khong|chua)(?: (?:duoc|the|kip|phai|chiu|nghiem tuc|to chuc))? $")
_LIST_HEAD = re.compile(
    r" (?:cac |nhung |mot so |\d{1,3} )?(?:van ban|noi dung)(?: [^\W\d_]+){0,9}"
    r"(?:, (?:gom|bao gom|cu the|trong do co))? ?:\s?$"
)
_NAME_AFTER = re.compile(rf" {NAMES}")
_WORDS = re.compile(r"[^\W_]+")
_RELATION = re.compile(rf"(?<!\w)(?:{any_of(list(RELATIONS))})(?!\w)")
