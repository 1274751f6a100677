"""What the words say of a document, and of two documents that one sentence ties together."""

from __future__ import annotations

import re
from itertools import pairwise

from archive.schema import Tie

from .lexicon import RELATIONS, SOFT, any_of
from .mention import Mention
from .views import View


def relate(view: View, mention: Mention, floor: int) -> None:
    """Set the relation from the nearest words before the document; None where they do not say."""
    if mention.relation is not None:
        return
    start = max(floor, view.sentence_start(mention.start), mention.start - 110)
    found = list(_RELATION.finditer(view.low, start, mention.start))
    for match in reversed(found):
        between = view.low[match.end() : mention.start]
        if _soft(between):
            mention.relation, mention.relation_at = RELATIONS[match[0]], match.span()
            return


def relate_passives(view: View, mentions: list[Mention]) -> None:
    """ "Nghị định số A được thay thế bởi Nghị định số B": A is replaced, and B acts on it."""
    for index, (first, second) in enumerate(pairwise(mentions), start=1):
        if match := _PASSIVE.fullmatch(view.low, first.tail, second.start):
            first.relation, first.relation_at, first.actor = RELATIONS[match["verb"]], match.span("verb"), index


def ties_of(view: View, mentions: list[Mention]) -> dict[int, list[Tie]]:
    """The ties by index of the mention that acts: what its sentence announces, or names first, acts on the other."""
    ties: dict[int, list[Tie]] = {}
    for index, mention in enumerate(mentions):
        if mention.relation in (None, "announces", "mentions") or mention.relation_at is None:
            continue
        actor = _actor(view, mentions, index)
        if actor is not None:
            start, end = mention.relation_at
            ties.setdefault(actor, []).append(Tie(mention.relation, index, view.text[start:end]))  # type: ignore[arg-type]
    return ties


def _actor(view: View, mentions: list[Mention], index: int) -> int | None:
    """Which mention of the sentence acts on the one at `index`."""
    mention = mentions[index]
    if mention.relation_at is None or mention.actor is not None:
        return mention.actor
    start, end = view.sentence_start(mention.start, 700), view.sentence_end(mention.end, 500)
    earlier = _others(mentions, range(index - 1, -1, -1), mention, start, end)
    later = _others(mentions, range(index + 1, len(mentions)), mention, start, end)
    before = [at for at in earlier if mentions[at].end <= mention.relation_at[0]]
    announced = [at for at in (*before, *later, *earlier) if mentions[at].relation == "announces"]
    if announced and mention.relation in ("implements", "based_on"):
        return announced[0]
    if mention.relation in ("implements", "based_on"):
        return None
    return before[0] if before else announced[0] if announced else None


def _others(mentions: list[Mention], indexes: range, mention: Mention, start: int, end: int) -> list[int]:
    """The mentions of the sentence that are not in the same list, nearest first."""
    found = []
    for at in indexes:
        if mentions[at].start < start or mentions[at].end > end:
            break
        if mentions[at].group != mention.group:
            found.append(at)
    return found


def _soft(between: str) -> bool:
    words = _WORDS.findall(between)
    return len(words) <= 12 and all(word in SOFT for word in words) and not re.search(r"[;:()]", between)


_ACTS = ("amends", "replaces", "repeals", "guides")
_ACTING = any_of([verb for verb, relation in RELATIONS.items() if relation in _ACTS])
_PASSIVE = re.compile(
    rf"[,) ]{{0,3}}(?:da |vua )?(?:duoc|bi) (?P<verb>{_ACTING})"
    r"(?: boi| bang| theo| tai)(?: cac)? "
)
_WORDS = re.compile(r"[^\W_]+")
_RELATION = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(RELATIONS, key=len, reverse=True))})(?!\w)")
