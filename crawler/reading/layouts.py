"""The selectors to ask of a page, in order of trust: the form's of the day it was captured on, then the family's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from lxml import etree

from archive.schema import VIETNAM
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.families.generic import Generic
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.page import Page, text_of

_OF_AN_ARTICLE = ("title", "posted", "body", "byline", "lead", "source", "attachments")
_MOST = 3  # elements that one selector is believed to mean


@dataclass(frozen=True, slots=True)
class Layouts:
    """Layouts of a page, each with the name that the fields found by it carry."""

    page: Page
    named: tuple[tuple[str, Layout], ...]

    @classmethod
    def of(cls, page: Page, family: Generic, portal: Portal | None, fetched_at: datetime) -> Self:
        """The layout that the portal's form has for that day, and those of the family."""
        named: list[tuple[str, Layout]] = []
        form = portal.layout_on(fetched_at.astimezone(VIETNAM).date()) if portal is not None else None
        if form is not None:
            named.append(("form", form))
        named += [(f"{family.name}.{place}", each) for place, each in enumerate(family.layouts(page), 1)]
        return cls(page, tuple(named))

    def find(self, field: str) -> Iterator[tuple[str, etree._Element]]:
        """Elements that the layouts name for a field and that hold text, in order of trust."""
        for name, layout in self.named:
            for node in self._named_by(layout, field)[:_MOST]:
                if text_of(node):
                    yield name, node

    def used(self, *bases: str | None) -> str:
        """The layout that one of these fields was found by; `generic` where rules alone found them."""
        names = [name for name, _ in self.named]
        return next((basis for basis in bases if basis in names), "generic")

    @property
    def missed(self) -> bool:
        """Whether the form's selectors name nothing at all on the page: the site was rebuilt, or this is no article."""
        form = next((layout for name, layout in self.named if name == "form"), None)
        asked = [field for field in _OF_AN_ARTICLE if form is not None and getattr(form, field)]
        return form is not None and bool(asked) and not any(self._named_by(form, field) for field in asked)

    def _named_by(self, layout: Layout, field: str) -> list[etree._Element]:
        selector = getattr(layout, field)
        return self.page.all(selector) if selector and self.page.may_hold(selector) else []


def block_in(page: Page, node: etree._Element) -> Block | None:
    """The block in which an element's text begins."""
    text = text_of(node)
    box = _box_of(page, node)
    if box is not None:
        for block in page.outline.blocks[box.first : max(box.last, box.first)]:
            if block.text and (block.text in text or text in block.text):
                return block
    return None


def _box_of(page: Page, node: etree._Element | None) -> Box | None:
    while node is not None:
        box = page.outline.boxes.get(node)
        if box is not None:
            return box
        node = node.getparent()
    return None
