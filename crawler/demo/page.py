"""An answer of the demo portal before validators and codings are put on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.demo.markup import kontum
from crawler.demo.markup.shell import NAME, Scene


@dataclass(frozen=True, slots=True)
class Page:
    """An answer before validators and codings are put on it."""

    status: int = 200
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    modified: date | None = None
    tagged: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith("text/") or "xml" in self.media_type


def html(text: str, status: int = 200) -> Page:
    return Page(status, text.encode())


def moved(to: str, status: int = 302) -> Page:
    return Page(status, b"", headers=(("location", to),))


def not_found(scene: Scene, status: int = 404) -> Page:
    text = "Không tìm thấy trang" if status != 410 else "Bài viết đã được gỡ bỏ"
    return html(kontum.shell(scene, f"{text} - {NAME}", f'<div class="error"><h2>{text}</h2></div>'), status)
