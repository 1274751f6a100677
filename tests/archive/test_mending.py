"""copy, verify --against and repair as a person meets them: what is lost is named, taken, and sound after."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.cli import main
from archive.storage.paths import ArchivePaths, PortalPaths


class Answer(NamedTuple):
    """What a verb said and how it ended."""

    status: int
    out: str
    err: str


class Kept(NamedTuple):
    """An archive and its copy."""

    root: Path
    copy: Path
    ask: Callable[..., Answer]

    @property
    def paths(self) -> PortalPaths:
        """The portal that is harmed."""
        return ArchivePaths(self.root).portal("kon-tum")


@pytest.fixture
def kept(archive_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kept:
    """A whole archive of two portals with a whole copy."""
    root = shutil.copytree(archive_folder, tmp_path / "data")

    def ask(*words: str) -> Answer:
        status = main(("--archive", str(root), *words))
        return Answer(status, *capsys.readouterr())

    assert ask("copy", str(tmp_path / "copy")).status == 0
    return Kept(root, tmp_path / "copy", ask)


def content(paths: PortalPaths) -> dict[str, bytes]:
    """The files that are the same whenever they are made anew."""
    return {path.name: path.read_bytes() for path in (paths.articles, paths.index, *paths.closed_warcs())}


def lose(*names: str) -> Callable[[PortalPaths], None]:
    """Takes files out of a portal's folder."""

    def harm(paths: PortalPaths) -> None:
        for name in names:
            (paths.root / name).unlink()

    return harm


LOST_LINES: dict[str, Callable[[PortalPaths], object]] = {
    "no articles": lose("articles.jsonl"),
    "articles cut within a line": lambda paths: os.truncate(paths.articles, 1000),
    "articles cut to nothing": lambda paths: os.truncate(paths.articles, 0),
    "a line too many": lambda paths: paths.articles.write_bytes(paths.articles.read_bytes() + b"{}\n"),
    "no articles, no index": lose("articles.jsonl", "index.cdxj"),
    "no ledger, no articles, no index": lose("ledger.sqlite", "articles.jsonl", "index.cdxj"),
}


@pytest.mark.parametrize("harm", LOST_LINES)
def test_lost_lines_are_made_anew(kept: Kept, harm: str) -> None:
    """Repair holds the lock itself: what is missing is then no running crawl's, which may still write it."""
    whole = content(kept.paths)
    LOST_LINES[harm](kept.paths)
    assert kept.ask("verify").status == 9
    mended = kept.ask("repair", "--from", str(kept.copy))
    assert (mended.status, mended.out.splitlines()[-2:]) == (0, ["kon-tum: sound", "quang-ngai: sound"])
    assert "kon-tum: articles.jsonl: made anew from the ledger" in mended.out
    assert content(kept.paths) == whole
    assert kept.ask("verify").status == 0
    assert json.loads(kept.ask("repair", "--from", str(kept.copy), "--json").out)["sound"] is True


def rewrite(old: str, new: str) -> Callable[[PortalPaths], None]:
    """Changes the text of portal.toml."""

    def harm(paths: PortalPaths) -> None:
        text = paths.form.read_text(encoding="utf-8")
        assert old in text
        paths.form.write_text(text.replace(old, new), encoding="utf-8")

    return harm


LOST_FORMS: dict[str, tuple[Callable[[PortalPaths], object], str]] = {
    "no file": (lose("portal.toml"), "missing: the forms"),
    "an empty one": (lambda paths: paths.form.write_bytes(b""), "damaged: the forms"),
    "no TOML": (lambda paths: paths.form.write_bytes(b"\xff" * 50), "damaged: the forms"),
    "another current form": (rewrite('current = "sha256:', 'current = "sha256:f'), "damaged: the forms"),
    "a letter of a form": (rewrite("name = ", "nome = "), "is not as it was read"),
    "a form under another name": (rewrite("sha256:", "sha256:0"), "is not as it was read"),
}


@pytest.mark.parametrize("harm", LOST_FORMS)
def test_lost_forms_are_named_and_taken(kept: Kept, harm: str) -> None:
    whole = kept.paths.form.read_bytes()
    work, said = LOST_FORMS[harm]
    work(kept.paths)
    harmed = kept.paths.form.read_bytes() if kept.paths.form.exists() else None
    found = kept.ask("verify", "--against", str(kept.copy))
    assert found.status == 9
    assert "kon-tum/portal.toml: " in found.out
    assert said in found.out
    assert f"good in {kept.copy / 'data/portals/kon-tum/portal.toml'}" in found.out
    again = kept.ask("copy", str(kept.copy))  # which is then not made worse
    assert (again.status, (kept.copy / "data/portals/kon-tum/portal.toml").read_bytes()) == (9, whole)
    mended = kept.ask("repair", "--from", str(kept.copy))
    assert (mended.status, mended.err) == (0, "")
    assert mended.out.splitlines()[-2:] == ["kon-tum: sound", "quang-ngai: sound"]
    asides = [path.read_bytes() for path in kept.paths.root.glob("portal.toml.damaged-*")]
    assert asides == ([] if harmed is None else [harmed])
    assert kept.ask("verify").status == 0
    assert kept.paths.form.read_bytes() == whole


def test_a_form_that_items_name_and_no_crawl_has_kept_is_missed(kept: Kept) -> None:
    """The next crawl after a loss writes a file that knows today's form only."""
    missed = "sha256:" + "3" * 64
    base = sqlite3.connect(kept.paths.ledger)
    item = "json_set(item, '$.extraction.form', ?)"
    base.execute(f"UPDATE revisions SET item = {item} WHERE serial = 1", (missed,))
    base.commit()
    base.close()
    kept.paths.articles.unlink()
    mended = kept.ask("repair", "--from", str(kept.copy))
    assert mended.status == 9
    assert f"kon-tum/portal.toml: holds no form {missed}, which items name\n" in mended.out


@pytest.mark.parametrize("words", [(), ("--portal", "kon-tum")])
def test_a_lost_portal_is_named_and_taken(kept: Kept, words: tuple[str, ...]) -> None:
    whole = content(kept.paths)
    form = kept.paths.form.read_bytes()
    shutil.rmtree(kept.paths.root)
    found = kept.ask("verify", "--against", str(kept.copy), *words)
    assert found.status == 9
    assert "kon-tum/: the portal's folder is missing\n" in found.out
    assert (
        f"ledger.sqlite: the file is missing; good in {kept.copy / 'data/portals/kon-tum/ledger.sqlite'}" in found.out
    )
    mended = kept.ask("repair", "--from", str(kept.copy), *words)
    assert (mended.status, mended.out.splitlines()[-1]) == (0, "kon-tum: sound")
    assert (content(kept.paths), kept.paths.form.read_bytes()) == (whole, form)
    assert kept.ask("verify", "--against", str(kept.copy), *words).status == 0


def test_what_stands_beside_the_portals_is_named_and_taken(kept: Kept) -> None:
    texts = {"archive.toml": "format = 1\n", "withheld.toml": ""}
    for name, text in texts.items():
        (kept.root / name).write_text(text, encoding="utf-8")
    assert kept.ask("copy", str(kept.copy)).status == 0
    for name in texts:
        (kept.root / name).unlink()
    found = kept.ask("verify", "--against", str(kept.copy))
    assert found.status == 9
    assert [line for line in found.out.splitlines() if "toml" in line] == [
        f"{name}: the file is missing; good in {kept.copy / 'data' / name}" for name in texts
    ]
    assert kept.ask("repair", "--from", str(kept.copy)).status == 0
    assert {name: (kept.root / name).read_text(encoding="utf-8") for name in texts} == texts
    assert kept.ask("verify", "--against", str(kept.copy)).status == 0


def test_where_all_portals_are_lost(kept: Kept) -> None:
    shutil.rmtree(kept.root / "portals")
    (kept.root / "archive.toml").write_text("format = 1\n", encoding="utf-8")
    assert kept.ask("verify", "--against", str(kept.copy)).status == 9
    assert kept.ask("repair", "--from", str(kept.copy)).status == 0
    assert kept.ask("verify").out.count(": sound (") == 2


def test_a_portal_that_nobody_has_is_one_line(kept: Kept) -> None:
    for verb in (("repair", "--from"), ("verify", "--against")):
        refused = kept.ask(*verb, str(kept.copy), "--portal", "kontum")
        assert (refused.status, refused.err.count("\n")) == (2, 1)
        assert "nearest: kon-tum" in refused.err


def test_what_is_offline_is_told_so_and_is_no_loss_to_be_made_good(kept: Kept, tmp_path: Path) -> None:
    [warc] = kept.paths.closed_warcs()
    index = kept.paths.index.read_bytes()
    kept.paths.warc_dir.rename(tmp_path / "elsewhere")
    found = kept.ask("verify")
    assert found.status == 3
    assert found.out.startswith(
        f"kon-tum/warc/{warc.name}: offline, 5 snapshots\nkon-tum: 1 WARC file offline, the rest sound ("
    )
    told = json.loads(kept.ask("verify", "--json").out)
    assert (told["sound"], [each["damage"] for each in told["portals"]]) == (False, [[], []])
    assert told["portals"][0]["offline"] == [{"file": f"warc/{warc.name}", "state": "offline", "snapshots": 5}]
    found = kept.ask("verify", "--against", str(kept.copy))
    assert (found.status, f"kon-tum/warc/{warc.name}: offline; good in {kept.copy}" in found.out) == (3, True)
    mended = kept.ask("repair", "--from", str(kept.copy))
    assert mended.status == 3
    assert f"kon-tum: warc/{warc.name}: offline; good in {kept.copy}" in mended.out
    assert "; left as it is\nkon-tum: sound, 1 WARC file offline\n" in mended.out
    assert (kept.paths.warc_dir.exists(), kept.paths.index.read_bytes()) == (False, index)
    copied = kept.ask("copy", str(tmp_path / "second"))
    assert (copied.status, f"{warc}: not there, so offline; not copied\n" in copied.out) == (3, True)
    assert kept.ask("copy", str(kept.copy)).status == 0  # which has it from before
    (tmp_path / "elsewhere").rename(kept.paths.warc_dir)
    assert kept.ask("verify").status == 0


def test_a_lost_folder_is_filled_once_it_is_made_again(kept: Kept) -> None:
    whole = content(kept.paths)
    shutil.rmtree(kept.paths.warc_dir)
    assert kept.ask("repair", "--from", str(kept.copy)).status == 3
    kept.paths.warc_dir.mkdir()
    assert kept.ask("repair", "--from", str(kept.copy)).status == 0
    assert content(kept.paths) == whole
