"""What a document is about (trích yếu), where the words after its number say so."""

from __future__ import annotations

import re

from crawler.reading.citations.mention import Mention
from crawler.reading.citations.views import View


def title_after(view: View, mention: Mention) -> str | None:
    """The words after "về", "về việc" or in quotation marks, up to where the sentence goes on; None without them."""
    if quoted := _QUOTED.match(view.shape, mention.tail):
        return view.text[slice(*quoted.span("title"))].strip()
    opened = _ABOUT.match(view.low, mention.tail)
    if opened is None:
        return None
    end = min(view.sentence_end(opened.end()), opened.end() + 240)
    if stop := _STOP.search(view.low, opened.end(), end):
        end = stop.start()
    return view.text[opened.end() : end].strip(' ,:;()"“”') or None


_QUOTED = re.compile(r" ?,? ?(?:[Vv]ề (?:việc )?)?[“\"](?P<title>[^”\"\n]{4,300})[”\"]")
_ABOUT = re.compile(r" ?[,:]? ?\(?(?:ve viec|v/v|ve)[: ] ?")
# A comma before a verb or a subject ends the title; one inside "phòng, chống" does not.
_STOP = re.compile(
    r"[;)”\", ](?:(?<=[;)”\"])|(?:(?<= )| (?<=, ))cua "
    r"(?:chinh phu|thu tuong|ubnd|uy ban|hdnd|hoi dong|bo |so |tinh uy|ban )"
    r"| (?<=, )(?:yeu cau|de nghi|giao|trong do|theo do|nham|ubnd|chu tich|uy ban|bo |so |cac |tinh |huyen "
    r"|ngay |dong chi|ong |ba |thoi gian|hom|sang|chieu|den nay|qua do|voi |trong |tai |toan |can |phai ))"
)
