"""Passing symbols, issuers, dates and what was issued together along a list of documents, forwards and backwards."""

from __future__ import annotations

from itertools import pairwise

from crawler.reading.citations.mention import Mention, iter_lists
from crawler.reading.citations.phrases import agrees
from crawler.reading.citations.relate import opens_clause
from crawler.reading.citations.views import View


def pass_along(view: View, mentions: list[Mention]) -> None:
    """Share symbols, issuers and dates along lists, forwards and backwards."""
    for members in iter_lists(mentions):
        if len(members) < 2:
            continue
        _share_symbols(members)
        _share_issuers(members)
        _share_days(members)
        first = members[0]
        for before, each in pairwise(members):
            # What another office signed was not issued with the first.
            other = each.relation is not None or each.issuer not in (None, first.issuer)
            if first.relation == "announces" and not other and not opens_clause(view, before, each):
                each.relation, each.relation_at = first.relation, first.relation_at


def _share_symbols(members: list[Mention]) -> None:
    for order in (list(reversed(members)), members):
        giver: Mention | None = None
        for each in order:
            if each.number.symbol:
                giver = each
            elif giver and each.type in (None, giver.type) and each.number.year is None and _one_year(giver, each):
                each.number = giver.number._replace(number=each.number.number, flags=())
                each.type = giver.type
                _inherit(each)


def _one_year(giver: Mention, taker: Mention) -> bool:
    """Whether a symbol with a year is the taker's, too: "Nghị định số 43, 44, 45/2014/NĐ-CP", no type word between."""
    return giver.number.year is None or (giver.start > taker.end and "inherited" in giver.flags)


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
        elif giver and giver.issuer and (_fits(giver, each) or agrees(giver.issuer, each.number.issuer)):
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
