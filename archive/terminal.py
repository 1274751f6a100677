"""Makes text from pages harmless where it is shown: no control may reach a terminal, no mark may turn a line around."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

# C0, DEL and C1 drive a terminal; the direction marks and the tag characters hide what a line says (Unicode TR 36);
# line and paragraph separators break tables; a lone surrogate, legal in JSON, cannot be written at all.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str, *, lines: bool = False) -> str:
    """The text with every harmful character shown as its escape; line feeds stay where `lines`, else become blanks."""
    return _HARMFUL.sub(lambda found: _shown(found[0], lines), text)


def _shown(char: str, lines: bool) -> str:
    if char in "\n\t\r":
        return "\n" if lines and char == "\n" else "" if char == "\r" else " "
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def to_json(value: Any, *, indent: int | None = None) -> str:
    """JSON that is read back to the same value and is safe to look at: letters as they are, harmful ones escaped."""
    return _HARMFUL.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def speak_utf8() -> None:
    """Let Vietnamese come out right whatever the locale says; LANG=C is common under cron."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace")


def hush() -> None:
    """Let what is still buffered go nowhere: whoever read our output has left, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1]
