"""The words of an office document that is a zip of XML: Office Open XML (.docx, .xlsx, .pptx) and OpenDocument."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib

BEGINS = b"PK\x03\x04"
_PARTS = re.compile(
    r"(word/(document|header\d*|footer\d*|footnotes|endnotes|comments)|xl/(sharedStrings|worksheets/\w+)"
    r"|ppt/(slides|notesSlides)/\w+|docProps/core|content|styles|meta)\.xml|(word|xl/worksheets|ppt/slides)/_rels/\w+\.xml\.rels"
)
_LINK = re.compile(r"(?:Target|href)=\"(https?://[^\"<>]{1,2000})\"")
# What ends a paragraph, a cell or a line; within them a word may be cut into several runs.
_BREAK = re.compile(r"</(?:w:p|a:p|text:p|text:h|si|row|c|dc:\w+|cp:\w+)>|<(?:w:br|w:tab|text:line-break|text:tab)\b")
_TAG = re.compile(r"<[^<>]*>")


def words(body: bytes, cap: int) -> str | None:
    """The text of a document, of at most `cap` bytes of XML; None where it is none, or cannot be opened."""
    if not body.startswith(BEGINS):
        return None
    texts = []
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in filter(_PARTS.fullmatch, packed.namelist()):
                with packed.open(name) as part:
                    data = part.read(cap)
                cap -= len(data)
                texts.append(_plain(data.decode("utf-8", "replace")))
                if cap <= 0:
                    break
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return None  # cut, locked with a password, or packed in a way of its own
    return "\n".join(texts) or None


def _plain(xml: str) -> str:
    """The text between the tags, and the addresses that links in them lead to."""
    text = _TAG.sub("", _BREAK.sub(lambda found: f"\n{found[0]}", xml))
    return html.unescape("\n".join((text, *_LINK.findall(xml))))
