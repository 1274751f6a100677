"""Articles as an answer: one by one, each read when its turn comes, or as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from archive.research.frames import Frames
from archive.views import ArticleView


class Articles(Frames, Iterator[ArticleView]):
    """What `Archive.articles` answers with; gone through once."""

    __slots__ = ("_table", "_views")

    def __init__(self, views: Iterator[ArticleView], table: Callable[[bool], Iterator[dict[str, Any]]]) -> None:
        self._views, self._table = views, table

    def __next__(self) -> ArticleView:
        return next(self._views)

    def rows(self, *, full_text: bool = False) -> Iterator[dict[str, Any]]:
        """All of them as `archive export` has them, whatever was gone through so far."""
        return self._table(full_text)
