"""What a browser sends of an HTML form, as the page has filled it in (HTML, 4.10.21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from lxml import etree

_BUTTONS = ("submit", "image", "button", "reset")
_LINE = re.compile(r"\r\n|\r|\n")


def sent(form: etree._Element, charset: str, pressed: etree._Element | None, said: dict[str, str]) -> bytes:
    """The form as application/x-www-form-urlencoded: its fields in their order, those of `said` with other values.

    `pressed` is the submit button that is sent too; no other is. A field of `said` that the form lacks comes first.
    """
    pairs = list(_fields(form, pressed))
    missing = [(name, value) for name, value in said.items() if all(name != known for known, _ in pairs)]
    told = [*missing, *((name, said.get(name, value)) for name, value in pairs)]
    lines = [(name, _LINE.sub("\r\n", value)) for name, value in told]
    return urlencode(lines, encoding=charset, errors="xmlcharrefreplace", safe="*").replace("~", "%7E").encode("ascii")


def _fields(form: etree._Element, pressed: etree._Element | None) -> Iterator[tuple[str, str]]:
    for node in form.iter("input", "select", "textarea", "button"):
        name = node.get("name") or ""
        if node is pressed and _type(node) == "image":
            dot = f"{name}." if name else ""
            yield from ((f"{dot}x", "0"), (f"{dot}y", "0"))
        elif name and not _is_off(node) and (node is pressed or _type(node) not in _BUTTONS):
            yield from ((name, value) for value in _values(node))


def _type(node: etree._Element) -> str:
    if node.tag == "button":
        return (node.get("type") or "submit").strip().lower()
    return (node.get("type") or "text").strip().lower() if node.tag == "input" else str(node.tag)


def _is_off(node: etree._Element) -> bool:
    return node.get("disabled") is not None or any(
        each.get("disabled") is not None for each in node.iterancestors("fieldset")
    )


def _values(node: etree._Element) -> Iterator[str]:
    kind = _type(node)
    if kind == "select":
        yield from _chosen(node)
    elif kind == "textarea":
        yield "".join(map(str, node.itertext())).removeprefix("\r").removeprefix("\n")
    elif kind in ("checkbox", "radio"):
        if node.get("checked") is not None:
            yield node.get("value", "on")
    else:
        yield "" if kind == "file" else node.get("value", "")


def _chosen(node: etree._Element) -> Iterator[str]:
    """The options that are chosen; of a list that opens, the last of them, or else the first that can be."""
    options = [each for each in node.iter("option") if each.get("disabled") is None]
    chosen = [each for each in options if each.get("selected") is not None]
    if node.get("multiple") is None:
        chosen = chosen[-1:] or options[:1]
    for each in chosen:
        value = each.get("value")
        yield value if value is not None else " ".join("".join(map(str, each.itertext())).split())
