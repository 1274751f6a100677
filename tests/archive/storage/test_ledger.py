"""The ledger: what is offered, settled, asked again and kept."""

import sqlite3
from pathlib import Path

import pytest

from archive.schema import Article, Extraction
from archive.storage.entries import Address, Found, Outcome, Snapshot
from archive.storage.ledger import FAILED, RANKS, RECHECK, Ledger
from archive.storage.tables import FORMAT, LedgerError, connect

NOW = "2026-11-20T08:00:00Z"
LATER = "2026-11-21T08:00:00Z"


@pytest.fixture
def ledger(tmp_path: Path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    yield ledger
    ledger.close()


def found(key: str, kind: str = "article", **more) -> Found:
    return Found(key=key, url=f"http://h/{key}", host="h", kind=kind, **more)


def settled(key: str, state: str = "done", run: str = "r1", at: str = NOW, **more) -> Outcome:
    return Outcome(key=key, state=state, at=at, run=run, **more)


def article(revision: str, number: str = "0") -> Article:
    return Article(
        id=f"p/{number}", kind="text", portal="p", url="u", canonical_url="u", title="Tiêu đề", fetched_at=NOW,
        extraction=Extraction("1", "generic", "generic", None), revision=revision, cause="new",
    )  # fmt: skip


def handed_out(ledger: Ledger, **more) -> list[str]:
    keys = []
    while address := ledger.next_due("h", LATER, **more):
        keys.append(address.key)
        ledger.commit([], [settled(address.key)])
    return keys


def test_new_before_deep_before_recheck(ledger):
    ledger.begin_run(
        "r1", NOW, [found("list", "list"), found("image", "image"), found("a"), found("home", "home")], full=False
    )
    assert handed_out(ledger) == ["home", "a", "image", "list"]


def test_an_address_is_kept_once_and_asked_again_only_by_another_run(ledger):
    ledger.begin_run("r1", NOW, [found("s", "section", again=True)], full=False)
    outcome = settled("s", found=(found("a"), found("a"), found("s", "section", again=True)))
    ledger.commit([], [outcome])
    assert outcome.new == ["a"]
    assert handed_out(ledger) == ["a"]
    ledger.begin_run("r2", LATER, [found("s", "section", again=True)], full=False)
    assert handed_out(ledger) == ["s"]


def test_a_postponed_address_waits_for_its_time(ledger):
    ledger.begin_run("r1", NOW, [found("a")], full=False)
    ledger.commit([], [settled("a", "due", answered=False, due_at=LATER)])
    assert ledger.next_due("h", NOW) is None
    assert ledger.next_due_at("h") == LATER
    address = ledger.next_due("h", LATER)
    assert isinstance(address, Address)
    assert address.tries == 1


@pytest.mark.parametrize(
    ("full", "asked"),
    [
        (False, ["begun", "ripe", "failed"]),  # only what is ripe
        (True, ["begun", "ripe", "unripe", "failed"]),  # every known article
    ],
)
def test_what_a_later_run_asks_for_again(ledger, full, asked):
    ledger.begin_run(
        "r1", NOW, [found("ripe"), found("unripe"), found("failed"), found("never"), found("begun")], full=False
    )
    ledger.commit(
        [],
        [
            # the last run came to it in its fifth hour, and this one begins at the same hour of the night
            settled("ripe", article="p/1", due_at="2026-11-21T13:00:00Z"),
            settled("unripe", article="p/2", due_at="2027-01-01T00:00:00Z"),
            settled("failed", "failed", due_at=LATER),
            settled("never", reason="not an article: list"),
            settled("begun", "due", due_at=NOW),
        ],
    )
    ledger.begin_run("r2", LATER, [], full=full)
    ranks = {key: ledger.address(key).rank for key in ("begun", "ripe", "failed")}
    assert ranks == {"begun": RANKS["article"], "ripe": RECHECK, "failed": FAILED}
    assert handed_out(ledger) == asked


def test_what_kept_a_host_waiting_comes_last_in_the_next_run(ledger):
    """Five dead pages close a host: were they first every night, nothing behind them would ever be asked for."""
    ledger.begin_run("r1", NOW, [found("dead"), found("well"), found("lists", kind="list")], full=False)
    ledger.commit([], [settled(key, "due", answered=False, reason="timeout") for key in ("dead", "lists")])
    ledger.begin_run("r2", LATER, [], full=False)
    assert handed_out(ledger) == ["well", "lists", "dead"]


def test_revisions_are_the_lines_in_order_and_name_their_snapshot(ledger):
    ledger.begin_run("r1", NOW, [found("a")], full=False)
    row = Snapshot(
        "a", "http://h/a", NOW, "response", 200, "text/html", "w", 0, 9, "urn:1", "sha256:x", 5, None, None, None, "r1"
    )
    first, second = article("one"), article("two")
    lines = ledger.commit([row], [settled("a", snapshot="urn:1", article="p/0", revisions=(first, second))])
    assert [serial for serial, _ in lines] == [1, 2]
    assert list(ledger.lines(after=1)) == lines[1:]
    assert Article.from_dict(ledger.last_revision("p/0")) == second
    address = ledger.address("a")
    assert ledger.snapshot(address.snapshot) == row
    assert (address.article, address.changed_at) == ("p/0", NOW)


def test_validators_are_those_of_the_newest_capture(ledger):
    """A capture without validators must not keep the former's: a 304 would vouch for other bytes."""
    ledger.begin_run("r1", NOW, [found("a")], full=False)

    def row(number: str) -> Snapshot:
        return Snapshot(
            "a", "http://h/a", NOW, "response", 200, None, "w", 0, 9, number, None, 5, None, None, None, "r1"
        )

    ledger.commit([row("urn:1")], [settled("a", snapshot="urn:1", etag='"one"', last_modified="then")])
    ledger.commit([], [settled("a")])
    assert (ledger.address("a").etag, ledger.address("a").last_modified) == ('"one"', "then")
    ledger.commit([row("urn:2")], [settled("a", snapshot="urn:2")])
    assert (ledger.address("a").etag, ledger.address("a").last_modified) == (None, None)


def test_a_failed_transaction_leaves_nothing(ledger):
    ledger.begin_run("r1", NOW, [found("a")], full=False)
    bad = settled("a", found=(found("b"), Found("c", "u", "h", "no such kind")))
    with pytest.raises(KeyError):
        ledger.commit([], [bad])
    assert ledger.counts() == {"due": 1}


def test_events_and_known_keys(ledger):
    ledger.begin_run("r1", NOW, [found("a"), found("b")], full=False)
    ledger.commit([], [settled("a", article="p/0", event=("missing", "HTTP 404"))])
    assert ledger.last_event("p/0") == ("missing", "r1")
    assert ledger.known(["a", "x", "b"]) == {"a", "b"}


def test_a_newer_format_is_refused(tmp_path):
    path = tmp_path / "ledger.sqlite"
    base = connect(path, write=True)
    base.execute(f"PRAGMA user_version = {FORMAT + 1}")
    base.close()
    with pytest.raises(LedgerError, match="newer"):
        Ledger(path)


def test_no_ledger_and_no_database(tmp_path):
    with pytest.raises(LedgerError, match="no ledger"):
        connect(tmp_path / "none.sqlite", write=False)
    (tmp_path / "text").write_text("nothing of the kind, and long enough to be read as a header" * 9)
    with pytest.raises(LedgerError):
        connect(tmp_path / "text", write=False)


@pytest.mark.parametrize("write", [False, True])
def test_a_schema_that_is_no_text_is_a_damaged_ledger(tmp_path, write):
    """Python then fails to read SQLite's own words about it."""
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE addresses", b"CREATE TABLE\xa0addresses"))
    with pytest.raises(LedgerError, match="malformed database schema"):
        connect(path, write=write)


def test_a_ledger_without_a_newer_index_gains_it_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    connect(path, write=True).close()
    old = sqlite3.connect(path)
    old.execute("DROP INDEX runs")
    old.close()
    for write, plan in ((False, "SCAN"), (True, "INDEX runs"), (False, "INDEX runs")):
        base = connect(path, write=write)
        told = base.execute("EXPLAIN QUERY PLAN SELECT count(*) FROM snapshots WHERE run = 'r1'").fetchone()[3]
        assert plan in told
        assert base.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        base.close()
