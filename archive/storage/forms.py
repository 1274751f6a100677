"""portal.toml: every form a portal was read with, by digest; an item's `extraction.form` names one of them."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.storage.disk import put_whole
from archive.storage.tables import LedgerError


@dataclass(frozen=True, slots=True)
class KeptForm:
    """One of them: its TOML text as it was read, and when it was first used."""

    first_used: str
    text: str


@dataclass(slots=True)
class Forms:
    """What the file holds; `current` is the digest of the form that was used last."""

    slug: str
    current: str
    forms: dict[str, KeptForm] = field(default_factory=dict)  # by "sha256:<hex>" of the text


def load_forms(path: Path) -> Forms:
    """The forms of a folder. Raises LedgerError for a file that is damaged, FileNotFoundError where there is none."""
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
        forms = {digest: KeptForm(each["first_used"], each["text"]) for digest, each in kept["forms"].items()}
        texts = (kept["slug"], *(text for each in forms.values() for text in (each.first_used, each.text)))
        if kept["current"] in forms and all(isinstance(text, str) for text in texts):
            return Forms(kept["slug"], kept["current"], forms)
    except (ValueError, AttributeError, KeyError, TypeError):
        pass
    raise LedgerError(
        f"{path}: damaged; take it from a copy (archive repair --from), or move it away: older forms are then no"
        " longer known"
    )


def save_forms(path: Path, kept: Forms) -> None:
    """Write the file whole; raises OSError."""
    lines = [
        "# The forms this portal was read with; an item's extraction.form names one by its digest.",
        f"slug = {_toml(kept.slug)}",
        f"current = {_toml(kept.current)}",
    ]
    for digest, each in kept.forms.items():
        lines += ["", f"[forms.{_toml(digest)}]", f"first_used = {_toml(each.first_used)}"]
        lines += [f"text = {_toml(each.text)}"]
    put_whole(path, "\n".join(lines) + "\n")


def wrong_forms(path: Path, named: Iterable[str]) -> Iterator[str]:
    """What is wrong with the file: itself, an entry that is not of its digest, a form that items name and it lacks."""
    try:
        kept = load_forms(path)
    except FileNotFoundError:
        yield "missing: the forms that its items were read with are not known"
        return
    except LedgerError:
        yield "damaged: the forms that its items were read with are not known"
        return
    for digest, each in kept.forms.items():
        if not _is_whole(digest, each):
            yield f"the text of the form {digest} is not as it was read"
    for digest in sorted(set(named) - set(kept.forms)):
        yield f"holds no form {digest}, which items name"


def joined(here: Path, there: Path) -> Forms | None:
    """The forms of two files, each entry from where it is whole; None where neither can be read.

    The current form is that of the first, where that can be read. What stands under a wrong digest, and rightly under
    its own, is dropped.
    """
    both = [kept for kept in map(_readable, (here, there)) if kept]
    if not both:
        return None
    forms: dict[str, KeptForm] = {}
    for kept in both:
        for digest, each in kept.forms.items():
            if digest not in forms or not _is_whole(digest, forms[digest]):
                forms[digest] = each
    current = both[0].current
    doubles = {digest for digest, each in forms.items() if not _is_whole(digest, each) and _digest(each) in forms}
    if current in doubles:
        current = _digest(forms[current])
    return Forms(both[0].slug, current, {digest: each for digest, each in forms.items() if digest not in doubles})


def _readable(path: Path) -> Forms | None:
    try:
        return load_forms(path)
    except (LedgerError, FileNotFoundError):
        return None


def _is_whole(digest: str, form: KeptForm) -> bool:
    return digest == _digest(form)


def _digest(form: KeptForm) -> str:
    return "sha256:" + hashlib.sha256(form.text.encode()).hexdigest()


def _toml(text: str) -> str:
    if "\n" in text and "'''" not in text and "\r" not in text:
        return f"'''\n{text}'''"
    return json.dumps(text, ensure_ascii=False)
