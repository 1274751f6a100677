"""The title of an official document that a page prints whole, with nothing over it: its kind and what it is about.

Under the country's name and its motto stand place and day, the kind in capitals ("BỘ LUẬT"), and the matter ("HÌNH SỰ",
"Về việc …") until its grounds or whoever decides (Nghị định 30/2020/NĐ-CP, phụ lục I). vbpl.vn has no other headline.
"""

from __future__ import annotations

import re

from archive.vietnam.documents import type_named
from crawler.reading.outline.blocks import Block

_COUNTRY = re.compile(r"\W*cong hoa xa hoi chu nghia viet nam\W*")
_MATTER = re.compile(
    r"\W*(?:ve|v/v|ban hanh|quy dinh|sua doi|phe duyet|cong bo|huong dan|trien khai|bai bo|dieu chinh)\b"
)
_DECIDES = re.compile(
    r"(?:(?:q\. ?)?(?:pho )?(?:chu tich|bo truong|giam doc|thu tuong|tong giam doc|cuc truong|chanh an|vien truong)"
    r"|uy ban|hoi dong|quoc hoi|chinh phu|bo |can cu|loi noi dau|theo |phan |chuong |dieu |kinh gui)\b"
)
_MOST_LINES = 8  # from the country's name to the kind
_LONGEST_KIND, _LONGEST_MATTER = 30, 300


def document_title(blocks: list[Block]) -> tuple[str, Block] | None:
    """The kind and the matter of the first document printed whole, and the block that ends them; None for none."""
    for block in blocks:
        if len(block.text) <= 60 and block.free and _COUNTRY.fullmatch(block.folded):
            return _under(blocks[block.order + 1 : block.order + 1 + _MOST_LINES + 4])
    return None


def _under(lines: list[Block]) -> tuple[str, Block] | None:
    for place, line in enumerate(lines[:_MOST_LINES]):
        if len(line.text) <= _LONGEST_KIND and line.text.isupper() and _is_kind(line.text):
            told = [line]
            for matter in lines[place + 1 : place + 4]:
                about = matter.text.isupper() or _MATTER.match(matter.folded) is not None
                if not about or _DECIDES.match(matter.folded) or len(matter.text) > _LONGEST_MATTER:
                    break
                told.append(matter)
            return (" ".join(each.text for each in told), told[-1]) if len(told) > 1 else None
    return None


def _is_kind(text: str) -> bool:
    """Whether capitals name a kind of document and nothing else."""
    kind = type_named(text)
    return kind is not None and len(text.split()) <= len(kind.name.split()) + 1
