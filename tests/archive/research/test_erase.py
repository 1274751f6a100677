"""Erased is erased everywhere, a tombstone says so, nothing else moves, and verify finds the folder sound."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archive.reader import Archive
from archive.research.erase import erase
from archive.research.tables import remove
from archive.research.tombstones import Erasing
from archive.schema import json_schema
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths
from archive.storage.store import hold
from archive.web.hidden import withheld_keys
from archive.withheld import Withheld, made, save

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
    lines = (folder / "portals/kon-tum/articles.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    for each in items:
        jsonschema.validate(each, json_schema())
    item = next(each for each in items if each["id"] == EIGHT)
    assert (item["title"], item["body"], item["flags"]) == (None, "", ["erased"])
    assert item["url"] == "https://www.kon-tum.example/tin/8"
    ledger = sqlite3.connect(folder / "portals" / "kon-tum" / "ledger.sqlite")
    asked = ledger.execute("SELECT state, reason, due_at FROM addresses WHERE url = ?", (item["url"],)).fetchall()
    assert asked == [("refused", "erased", None)]  # so that no crawl brings it back
    ledger.close()


@pytest.mark.parametrize("released", [False, True])
def test_what_was_erased_is_counted_as_such_and_held_nowhere(tell: Tell, folder: Path, released: bool) -> None:
    with Archive(folder) as archive:
        record = archive.snapshots(EIGHT)[0].record_id
    withhold(tell, "--id", EIGHT)
    tell("erase", "--id", EIGHT, "--yes")
    if released:
        tell("withhold", "--id", EIGHT, "--release")
    url, ways = (
        "https://www.kon-tum.example/tin/8",
        ("show", "history", "diff", "cite", "reprints", "evidence", "snapshot"),
    )
    for words in (*((way, EIGHT) for way in ways), ("show", url), ("snapshot", record), ("snapshot", url)):
        status, out, err = tell(*words)
        assert (status, out) == (3, ""), words
        assert "erased on " in err or (not released and "withheld since" in err), words
        assert "by B: theo yêu cầu" in err, words
    for words, n in (
        (("list",), 4),
        (("search",), 4),
        (("list", "--portal", "kon-tum"), 2),
        (("list", "--since", "2019-01-01"), 3),
    ):
        status, out, err = tell(*words)
        assert (status, len(out.splitlines())) == (0, n), words
        assert (EIGHT not in out, "1 erased" in err, "withheld" in err) == (True, "--since" not in words, False), words
    told = {each["portal"]: each for each in json.loads(tell("stats", "--json")[1])["portals"]}["kon-tum"]
    assert (told["articles"], told["withheld"], told["erased"], told["filled"]["title"]) == (2, 0, 1, 1.0)
    assert json.loads(tell("export", str(folder / "x.csv"), "--json")[1])["erased"] == 1
    assert EIGHT not in (folder / "x.csv").read_text(encoding="utf-8")
    tell("package", str(folder / "set"))
    assert "0 articles are withheld, 1 were erased." in (folder / "set" / "README.md").read_text(encoding="utf-8")
    assert EIGHT not in tell("changes", "--since", "2026-01-01", "--what", "new,edited")[1]
    assert json.loads(tell("health", "--no-remember", "--json")[1])["portals"][0]["articles"] == 2
    assert tell("verify")[0] == 0
    if not released:
        assert "nothing in this archive" not in tell("withhold")[2]


def test_of_one_portals_folder_the_words_leave_the_archives_catalog_too(tell: Tell, folder: Path) -> None:
    assert tell("search", "tám")[1]
    withhold(tell, "--id", EIGHT)
    assert tell("--archive", str(folder / "portals/kon-tum"), "erase", "--id", EIGHT, "--yes")[0] == 0
    assert not (folder / "catalog.sqlite").exists()


def test_a_catalog_made_before_is_made_anew(tell: Tell, folder: Path) -> None:
    """A portal's folder may be erased in elsewhere, and copied back."""
    tell("search", "hội")
    old = (folder / "catalog.sqlite").read_bytes()
    withhold(tell, "--id", EIGHT)
    tell("erase", "--id", EIGHT, "--yes")
    tell("withhold", "--id", EIGHT, "--release")
    remove(folder / "catalog.sqlite")
    (folder / "catalog.sqlite").write_bytes(old)
    assert EIGHT not in tell("search", "hội")[1]


def test_pages_that_link_to_what_was_erased_stay_held_back(
    crawl: Callable[[str], Any], sample_article: Any, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    kept = run.page(sample_article("kon-tum", 5))
    run.answer("https://www.kon-tum.example/", "text/html", f'<a href="{kept.url}">Hội nghị lần thứ 5</a>'.encode())
    run.close()
    rule = made("id", kept.id, "r", "2026-11-23", "B")
    save(tmp_path / "data/withheld.toml", [rule])
    erase(ArchivePaths(tmp_path / "data").portal("kon-tum"), rule, "2026-11-24")
    with Archive(tmp_path / "data") as archive:
        [home] = archive.snapshots("https://www.kon-tum.example/")
        with pytest.raises(Withheld, match="shows a link"):
            archive.open_snapshot(home)


def test_a_file_is_erased_by_its_address(tell: Tell, folder: Path) -> None:
    withhold(tell, "--address", FILE)
    assert tell("erase", "--address", FILE, "--yes", "--json")[0] == 0
    assert not [name for name, data in plain(folder).items() if b"%PDF" in data]
    assert tell("verify")[0] == 0
    assert tell("show", TEN)[0] == 0


def test_a_file_that_an_erased_page_named_is_named_and_stays_dark(tell: Tell, folder: Path) -> None:
    ledger = sqlite3.connect(folder / "portals" / "kon-tum" / "ledger.sqlite")
    ledger.execute("UPDATE addresses SET via = 'https://www.kon-tum.example/tin/10' WHERE url = ?", (FILE,))
    ledger.execute("UPDATE snapshots SET media_type = 'text/plain' WHERE url = ?", (FILE,))  # such are looked into
    ledger.commit()
    ledger.close()
    withhold(tell, "--id", TEN)
    assert tell("snapshot", FILE)[0] == 3
    status, _, err = tell("erase", "--id", TEN, "--yes")
    assert (status, f"{FILE} is a file or an image of it, and stays" in err) == (0, True)
    tell("withhold", "--id", TEN, "--release")
    status, out, err = tell("snapshot", FILE)
    assert (status, out, f"{FILE}: a file of a page that was: erased on " in err) == (3, "", True)
    with Archive(folder) as archive:
        assert FILE in set(withheld_keys(archive, archive.folder("kon-tum")))
    withhold(tell, "--id", EIGHT)
    assert tell("withhold", "--pages")[0] == 0  # it is no hindrance to looking into all others


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


def test_sums_name_what_is_withheld_and_erased(tell: Tell) -> None:
    assert all(tell(verb)[2] == "" for verb in ("stats", "usage"))
    withhold(tell, "--id", EIGHT)
    tell("erase", "--id", EIGHT, "--yes")
    withhold(tell, "--id", NINE)
    for words in (("stats",), ("usage", "--articles"), ("stats", "--portal", "kon-tum")):
        assert tell(*words)[2] == "archive: 1 withheld, 1 erased\n"
    assert tell("usage")[2] == "archive: 1 withheld, 1 erased; the bytes of what is withheld are counted\n"
    assert tell("usage", "--portal", "quang-ngai")[2] == ""
