"""Erased is erased everywhere, a tombstone says so, nothing else moves, and verify finds the folder sound."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from archive.reader import Archive
from archive.research.tombstones import Erasing
from archive.schema import json_schema
from archive.storage.members import iter_members
from archive.storage.store import hold

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
TITLE, PAGE = "Hội nghị lần thứ tám", "<h1>Hội nghị lần thứ tám</h1>"
FILE = "https://www.kon-tum.example/tep/111.pdf"

Tell = Callable[..., tuple[int, str, str]]


def withhold(tell: Tell, *named: str) -> None:
    assert tell("withhold", *named, "--reason", "theo yêu cầu", "--by", "B")[0] == 0


def plain(folder: Path) -> dict[str, bytes]:
    """Every file of the archive, WARCs unpacked."""
    files = {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    return {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items()}


def places(folder: Path) -> set[tuple[str, int, str]]:
    """File, offset and id of every record."""
    return {
        (path.name, member.offset, member.record.record_id)
        for path in (folder / "portals" / "kon-tum" / "warc").iterdir()
        for member in iter_members(path)
        if member.record is not None
    }


def test_nothing_of_it_is_left_and_the_rest_is_where_it_was(tell: Tell, folder: Path) -> None:
    tell("search", "hội")  # makes the catalog, which must forget it too
    with Archive(folder) as archive:
        old = archive.snapshots(EIGHT)
    before = places(folder)
    withhold(tell, "--id", EIGHT)
    status, out, _ = tell("erase", "--id", EIGHT)
    assert (status, out.splitlines()[0]) == (0, "kon-tum: 2 exchanges would be erased; --yes does it")
    assert any(TITLE.encode() in data for data in plain(folder).values())
    status, out, err = tell("erase", "--id", EIGHT, "--yes")
    assert status == 0
    assert out.startswith("kon-tum: erased 2 exchanges, ")
    assert "www.kon-tum.example/tin/10 has or had the same bytes" in err
    assert not [name for name, data in plain(folder).items() if TITLE.encode() in data or PAGE.encode() in data]
    assert places(folder) < before
    assert ", erased: 2" in tell("verify")[1]
    warcs = b"".join(data for name, data in plain(folder).items() if name.endswith(".gz"))
    for each in old:
        assert f"Payload-Digest: {each.payload_digest}".encode() in warcs
        assert f"WARC-Record-ID: <{each.record_id}>".encode() in warcs
    assert "erased: " in warcs.decode(errors="replace")
    assert "reason: theo yêu cầu" in warcs.decode(errors="replace")


def test_what_is_left_of_it_is_an_item_that_says_so(tell: Tell, folder: Path) -> None:
    withhold(tell, "--id", EIGHT)
    tell("erase", "--id", EIGHT, "--yes")
    assert tell("show", EIGHT)[0] == 3  # still withheld, with its reason
    tell("withhold", "--id", EIGHT, "--release")
    items = [json.loads(line) for line in tell("list", "--json")[1].splitlines()]
    for each in items:
        jsonschema.validate(each, json_schema())
    (item,) = [each for each in items if each["id"] == EIGHT]
    assert (item["id"], item["title"], item["body"], item["flags"]) == (EIGHT, None, "", ["erased"])
    assert item["url"] == "https://www.kon-tum.example/tin/8"
    assert f"{EIGHT}\t\t(erased)\t" in tell("list")[1]
    assert "payload" not in tell("cite", EIGHT)[1]
    assert json.loads(tell("snapshot", EIGHT, "--json")[1])["error"].startswith("erased ")
    ledger = sqlite3.connect(folder / "portals" / "kon-tum" / "ledger.sqlite")
    asked = ledger.execute("SELECT state, reason, due_at FROM addresses WHERE url = ?", (item["url"],)).fetchall()
    assert asked == [("refused", "erased", None)]  # so that no crawl brings it back
    ledger.close()


def test_a_file_is_erased_by_its_address(tell: Tell, folder: Path) -> None:
    withhold(tell, "--address", FILE)
    assert tell("erase", "--address", FILE, "--yes", "--json")[0] == 0
    assert not [name for name, data in plain(folder).items() if b"%PDF" in data]
    assert tell("verify")[0] == 0
    assert tell("show", TEN)[0] == 0


def test_the_record_that_others_refer_to(tell: Tell, folder: Path) -> None:
    """Other pages had the very same bytes: their own heads stay, the bytes are gone."""
    withhold(tell, "--id", TEN)
    status, _, err = tell("erase", "--id", TEN, "--yes")
    assert status == 0
    assert "tin/9 has or had the same bytes" in err
    assert tell("verify")[0] == 0
    with Archive(folder) as archive:
        assert archive.open_snapshot(archive.article(NINE)).body is None


def test_an_interrupt_half_way_is_made_good_by_the_next(
    tell: Tell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold(tell, "--id", EIGHT)
    bury, done = Erasing.bury, []

    def once(self: Erasing, why: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(self)
        bury(self, why)  # type: ignore[arg-type]

    monkeypatch.setattr(Erasing, "bury", once)
    assert tell("erase", "--id", EIGHT, "--yes")[0] == 5
    monkeypatch.undo()
    assert tell("erase", "--id", EIGHT, "--yes")[0] == 0
    assert tell("verify")[0] == 0
    assert not [name for name, data in plain(folder).items() if TITLE.encode() in data]


BAD = [
    ([], 2, "nothing named"),
    (["--id", TEN, "--address", FILE], 2, "both named"),
    (["--id", TEN], 2, "is not withheld; allowed: what `archive withhold` lists"),
]


@pytest.mark.parametrize(("words", "status", "said"), BAD)
def test_bad_input_is_one_line(tell: Tell, words: list[str], status: int, said: str) -> None:
    told, out, err = tell("erase", *words)
    assert (told, out, err.count("\n")) == (status, "", 1)
    assert said in err


def test_nothing_is_changed_where_not_all_can_be(tell: Tell, folder: Path) -> None:
    withhold(tell, "--id", EIGHT)
    warcs = folder / "portals" / "kon-tum" / "warc"
    warcs.rename(folder / "away")
    warcs.mkdir()
    before = (folder / "portals" / "kon-tum" / "articles.jsonl").read_bytes()
    status, out, err = tell("erase", "--id", EIGHT, "--yes")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "offline; bring it back first" in err
    assert (folder / "portals" / "kon-tum" / "articles.jsonl").read_bytes() == before


def test_not_while_a_crawl_writes(tell: Tell, folder: Path) -> None:
    withhold(tell, "--id", EIGHT)
    lock = hold(folder / "portals" / "kon-tum" / "lock")
    try:
        assert tell("erase", "--id", EIGHT, "--yes")[0] == 8
    finally:
        os.close(lock)
