"""Verify names every damage by file, offset and address, and nothing that is whole."""

import dataclasses
import hashlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.schema import Article, Extraction
from archive.storage.away import Away
from archive.storage.entries import Found, Outcome
from archive.storage.members import iter_members
from archive.storage.paths import PortalPaths
from archive.storage.store import Form, PortalArchive
from archive.storage.verify import Counts, Damage, verify_portal

AT = "2026-11-23T08:00:00Z"
FORM = Form("kon-tum", "sha256:" + hashlib.sha256(b"name = 'x'\n").hexdigest(), "name = 'x'\n")


@pytest.fixture
def run(folder, exchange) -> Callable[[], PortalArchive]:
    """A run that keeps four pages, two of them revisits, an article of each, and two addresses that fail."""

    def begin() -> PortalArchive:
        store = PortalArchive(folder, FORM, "r1", {"software": "tests"})
        for number in range(4):
            url = f"http://h.example/{number}"
            row = store.record(exchange(url=url, body=b"<p>%d</p>" % (number // 2) * 300), url)
            article = Article(
                id=f"kon-tum/{number}", kind="text", portal="kon-tum", url=url, canonical_url=url, cause="new",
                title=f"Tin {number}", fetched_at=AT, revision=f"sha256:{number}", snapshot=row.ref,
                extraction=Extraction("1", "generic", "family", None),
            )  # fmt: skip
            store.ledger.begin_run("r1", AT, [Found(url, url, "h.example", "article")], full=False)
            store.commit(
                [Outcome(url, "done", AT, "r1", snapshot=row.record_id, article=article.id, revisions=(article,))]
            )
        store.record(exchange(url="http://h.example/silent", head=b"", body=b"", error="Timeout"), "silent")
        store.record(exchange(url="http://h.example/unsent", head=b"", body=b"", request=b"", error="DNS"), "unsent")
        return store

    return begin


@pytest.fixture
def kept(run, folder) -> PortalPaths:
    """The folder after that run."""
    run().close()
    return folder


def warc_of(paths: PortalPaths) -> Path:
    (path,) = paths.closed_warcs()
    return path


def found(paths: PortalPaths) -> list[Damage]:
    return list(verify_portal(paths))


def execute(paths: PortalPaths, *statements: str) -> None:
    base = sqlite3.connect(paths.ledger)
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()


def test_a_whole_folder_has_no_damage(kept):
    counts = Counts()
    assert list(verify_portal(kept, counts)) == []
    size = warc_of(kept).stat().st_size
    assert counts == Counts(files=1, bytes=size, records=16, exchanges=6, snapshots=6, articles=4)


def test_an_empty_folder_has_nothing_to_lose(folder):
    assert found(folder) == [Damage("ledger.sqlite", "no ledger there")]


def test_a_running_crawl_is_not_damaged(run, folder):
    store = run()
    counts = Counts()
    assert list(verify_portal(folder, counts)) == []
    assert (counts.unfinished, counts.articles) == (1, 4)
    (path,) = folder.open_warcs()
    with path.open("ab") as file:
        file.write(b"half a rec")  # on its way
    assert found(folder) == []
    data = bytearray(path.read_bytes())
    data[450] ^= 1  # but this the ledger has acknowledged
    path.write_bytes(data)
    assert [(each.file, each.url) for each in found(folder)] == [(f"warc/{path.name}", "http://h.example/0")]
    store.close()


def test_a_flipped_bit_is_named_by_file_offset_and_address(kept):
    path = warc_of(kept)
    members = list(iter_members(path))
    second = members[4]
    data = bytearray(path.read_bytes())
    data[second.offset + second.length // 2] ^= 1
    path.write_bytes(data)
    (damage,) = found(kept)
    assert (damage.file, damage.offset, damage.url) == (f"warc/{path.name}", second.offset, "http://h.example/1")
    assert damage.what.startswith("gzip: ")
    assert str(damage) == f"warc/{path.name} at {second.offset}: {damage.what} (http://h.example/1)"


def test_whatever_record_of_an_exchange_is_damaged_its_address_is_named(kept):
    path = warc_of(kept)
    whole = path.read_bytes()
    address = None
    for member in list(iter_members(path))[1:]:
        assert member.record is not None
        address = member.record.url or address
        data = bytearray(whole)
        data[member.offset + member.length // 2] ^= 1
        path.write_bytes(data)
        assert [(damage.offset, damage.url) for damage in found(kept)] == [(member.offset, address)], member


def test_a_warcinfo_record_stands_first_and_alone(kept):
    path = warc_of(kept)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: next(iter_members(path)).end])
    (damage,) = found(kept)
    assert (damage.offset, damage.what) == (len(whole), "a second warcinfo record")


@pytest.mark.parametrize("seed", range(8))
def test_any_flips_cuts_zeroes_and_dropped_stretches_are_found(kept, seed):
    path = warc_of(kept)
    whole = path.read_bytes()
    chance = random.Random(seed)
    for _ in range(12):
        at = chance.randrange(len(whole))
        long = chance.randrange(1, 600)
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        zeroed = whole[:at] + bytes(len(whole[at : at + long])) + whole[at + long :]
        for data in (bytes(flipped), whole[:at], zeroed, whole[:at] + whole[at + long :], whole + b"\0" * long):
            path.write_bytes(data)
            assert data == whole or found(kept), (at, long)


def test_dropped_records_are_missed_wherever_they_stood(kept):
    path = warc_of(kept)
    whole = path.read_bytes()
    for member in iter_members(path):
        path.write_bytes(whole[: member.offset] + whole[member.end :])
        assert found(kept), member
        path.write_bytes(whole)


def test_two_damages_are_two(kept):
    path = warc_of(kept)
    members = list(iter_members(path))
    data = bytearray(path.read_bytes())
    for place in (1, 7):
        data[members[place].offset + 40] ^= 1
    path.write_bytes(data)
    assert [(each.offset, each.url) for each in found(kept)] == [
        (members[1].offset, "http://h.example/0"),
        (members[7].offset, "http://h.example/2"),
    ]


LEDGERS = [
    ("UPDATE snapshots SET offset = offset + 1 WHERE id = 1", "its offset is {offset}, in the ledger {more}"),
    ("UPDATE snapshots SET date = '2020' WHERE id = 1", "its date is {date}, in the ledger 2020"),
    ("UPDATE snapshots SET url = 'http://x/' WHERE id = 1", "its address is http://h.example/0, in the ledger http://x/"),
    ("UPDATE snapshots SET kind = 'request' WHERE id = 3", "its kind is response, in the ledger request"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "what"), LEDGERS)
def test_the_ledger_disagrees(kept, statement, what):
    first = list(iter_members(warc_of(kept)))[1]
    execute(kept, statement)
    expected = what.format(offset=first.offset, more=first.offset + 1, date=first.record.date)
    assert expected in [each.what for each in found(kept)]


def test_a_record_the_ledger_does_not_know(kept):
    execute(kept, "PRAGMA foreign_keys = OFF", "DELETE FROM snapshots WHERE id = 4")
    path = warc_of(kept)
    member = list(iter_members(path))[10]
    assert Damage(f"warc/{path.name}", "the ledger does not know it", member.offset, "http://h.example/3") in found(
        kept
    )


def test_a_file_that_is_missing_beside_others(kept, run):
    path = warc_of(kept)
    run().close()
    path.unlink()
    counts = Counts()
    why = "missing, 6 snapshots, while other WARCs are there: lost, or moved elsewhere"
    assert list(verify_portal(kept, counts)) == [Damage(f"warc/{path.name}", why)]
    assert (counts.missing, counts.offline, counts.files, counts.articles) == (1, [], 1, 8)


def emptied(paths: PortalPaths) -> None:
    for path in paths.closed_warcs():
        path.rename(paths.root.parent / path.name)


def linked(paths: PortalPaths) -> None:
    paths.warc_dir.rename(paths.root.parent / "elsewhere")
    paths.warc_dir.symlink_to(paths.root / "not-mounted")


def linked_alone(paths: PortalPaths) -> None:
    path = paths.closed_warcs()[0]
    path.unlink()
    path.symlink_to("/nowhere/at/all.warc.gz")


OFFLINE = {
    "the folder is away": (lambda paths: paths.warc_dir.rename(paths.root.parent / "elsewhere"), 2),
    "the folder is empty, as where a disk is not mounted": (emptied, 2),
    "a link leads to no folder": (linked, 2),
    "a link leads to no file": (linked_alone, 1),
}


@pytest.mark.parametrize("manner", OFFLINE)
def test_what_is_kept_elsewhere_is_offline_and_no_damage(kept, run, manner):
    run().close()
    names = [path.name for path in kept.closed_warcs()]
    away, files = OFFLINE[manner]
    away(kept)
    counts = Counts()
    assert list(verify_portal(kept, counts)) == []
    assert counts.offline == [Away(f"warc/{name}", "offline", 6) for name in names[:files]]
    assert (counts.missing, counts.files, counts.articles) == (0, 2 - files, 8)


def test_what_else_is_damaged_is_found_while_all_is_offline(kept):
    kept.warc_dir.rename(kept.root.parent / "elsewhere")
    kept.articles.write_bytes(b"")
    assert {each.what for each in found(kept)} == {"its line is missing"}


def test_a_renamed_file_knows_its_name(kept):
    path = warc_of(kept)
    path.rename(path.with_name("kon-tum-1-00000-vm.warc.gz"))
    assert Damage("warc/kon-tum-1-00000-vm.warc.gz", f"is the file {path.name}", 0) in found(kept)


def test_lines_of_articles(kept):
    whole = kept.articles.read_bytes()
    lines = whole.splitlines(keepends=True)
    second = len(lines[0])
    cases = {
        whole.replace(b"Tin 1", b"Tin X"): Damage(
            "articles.jsonl", "the line is not the ledger's", second, "kon-tum/1"
        ),
        b"".join(lines[:3]): Damage("articles.jsonl", "its line is missing", len(b"".join(lines[:3])), "kon-tum/3"),
        whole + lines[0]: Damage("articles.jsonl", "more lines than the ledger has revisions", len(whole)),
        whole[:-1]: Damage("articles.jsonl", "the line is not the ledger's", len(b"".join(lines[:3])), "kon-tum/3"),
    }
    for damaged, damage in cases.items():
        kept.articles.write_bytes(damaged)
        assert found(kept) == [damage]
    kept.articles.write_bytes(lines[0] + lines[1].rstrip(b"\n") + lines[2] + bytes(20) + lines[3])
    assert len(found(kept)) == 3  # joined, zeroed, short of one


def test_an_item_names_the_snapshot_the_ledger_has(kept):
    execute(
        kept,
        "UPDATE revisions SET snapshot = 2 WHERE serial = 1",
        "UPDATE revisions SET snapshot = NULL WHERE serial = 2",
    )
    assert [(each.file, each.url) for each in found(kept)] == [
        ("articles.jsonl", "kon-tum/0"),
        ("articles.jsonl", "kon-tum/1"),
    ]
    execute(kept, "UPDATE revisions SET item = json_set(item, '$.snapshot', NULL) WHERE serial = 3")
    assert "the item names no snapshot" in [each.what for each in found(kept)]


def test_a_revisit_refers_to_its_own_payload(kept):
    execute(kept, "UPDATE snapshots SET refers_to = 3 WHERE kind = 'revisit' AND id = 2")
    (damage,) = (each for each in found(kept) if "refers" in each.what)
    assert damage.what.startswith("row 2 of snapshots refers to another payload than its own: sha256:")
    assert damage.url == "http://h.example/1"


# one row that cannot be -> what is said of it
ROWS = {
    "addresses SET state = 'dune' WHERE id = 2": "row 2 of addresses has an unknown state: dune",
    "addresses SET kind = 'Article' WHERE id = 2": "row 2 of addresses has an unknown kind: Article",
    "addresses SET article = 'kon-tum/7' WHERE id = 2":
        "row 2 of addresses holds an article of which there is no reading: kon-tum/7",
    "addresses SET last_seen = '2026-11-23T0x:00:00Z' WHERE id = 2":
        "row 2 of addresses has what is no time: 2026-11-23T0x:00:00Z",
    "addresses SET due_at = '2026-91-23T08:00:00Z' WHERE id = 2":
        "row 2 of addresses has what is no time: 2026-91-23T08:00:00Z",
    "addresses SET etag = CAST(x'61ff' AS TEXT) WHERE id = 2": "addresses: Could not decode to UTF-8",
    "revisions SET recorded_at = '2026-11-23 08:00' WHERE serial = 1":
        "row 1 of revisions has what is no time: 2026-11-23 08:00",
    "revisions SET cause = 'pagE' WHERE serial = 1": "row 1 of revisions has another cause than its item: pagE",
    "revisions SET revision = 'x' WHERE serial = 1": "row 1 of revisions has another revision than its item: x",
    "revisions SET article = 'kon-tum/4' WHERE serial = 1":
        "row 1 of revisions has another article than its item: kon-tum/4",
    "revisions SET item = '{' WHERE serial = 1": "an item of it is no JSON: ",
    "snapshots SET status = 202 WHERE id = 1": "its status is 200, in the ledger 202",
    "snapshots SET media_type = 'text/html0' WHERE id = 1": "its media type is text/html, in the ledger text/html0",
    "snapshots SET truncated = 'time' WHERE id = 1": "its truncation is None, in the ledger time",
    "snapshots SET date = '2026-11-23T08:00:01.123457Z' WHERE id = 1": "its date is 2026-11-23T08:00:01.123456Z, ",
}  # fmt: skip


@pytest.mark.parametrize("change", ROWS)
def test_a_changed_row_is_found_where_it_cannot_be(kept, change):
    """SQLite keeps no sum of its pages; these a flipped bit leaves whole."""
    execute(kept, f"UPDATE {change}")
    assert [each.what for each in found(kept) if each.what.startswith(ROWS[change])]


def test_an_event_of_no_kind_is_found(kept):
    execute(kept, "INSERT INTO events VALUES (1, 'kon-tum/1', 'gonf', '2026-11-23T08:00:00Z', 'r1', NULL)")
    assert found(kept) == [Damage("ledger.sqlite", "row 1 of events is of an unknown kind: gonf", None, "kon-tum/1")]


def test_the_index_says_what_the_warcs_say(kept):
    whole = kept.index.read_bytes()
    wrong = Damage("index.cdxj", "does not say what the WARCs hold; it can be made anew from them")
    for damaged in (b"", whole.replace(b"200", b"201", 1), whole.splitlines(keepends=True)[0]):
        kept.index.write_bytes(damaged)
        assert found(kept) == [wrong]
    kept.index.write_bytes(b"".join(reversed(whole.splitlines(keepends=True))))
    assert [each.what for each in found(kept)] == ["not in order"]


def test_a_broken_ledger_does_not_keep_the_files_from_being_read(kept):
    kept.ledger.write_bytes(b"no database at all, this" * 100)
    path = warc_of(kept)
    data = bytearray(path.read_bytes())
    data[900] ^= 1
    path.write_bytes(data)
    damages = found(kept)
    assert [each.file for each in damages] == ["ledger.sqlite", f"warc/{path.name}"]


def test_what_recovery_mended_is_whole(run, folder):
    store = run()
    (path,) = folder.open_warcs()
    data = path.read_bytes()
    members = list(iter_members(path))
    store.close()
    for cut in (members[-3].offset + 30, members[-2].offset, members[-1].offset + 5):
        execute(folder, f"DELETE FROM snapshots WHERE offset >= {members[12].end}")
        for closed in folder.warc_dir.iterdir():
            closed.unlink()
        folder.index.unlink()
        path.write_bytes(data[:cut])
        PortalArchive(folder, FORM, "r2", {}).close()
        assert found(folder) == []


def test_damage_compares_by_value():
    assert dataclasses.astuple(Damage("f", "w")) == ("f", "w", None, None)
    assert str(Damage("f", "w")) == "f: w"
