"""Stored pages that show what is withheld elsewhere, sought through every door; and what is no disclosure."""

from __future__ import annotations

import gzip
import html
import io
import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive import office
from archive.cli import main
from archive.disclosure import Secrets
from archive.reader import Archive, Withheld
from archive.schema import Attachment
from archive.storage.index import surt
from archive.web import replay
from archive.web.app import Reader
from archive.withheld import Rule

sys.path.append(str(Path(__file__).parent / "web"))  # for the walk that asks the reader without a client

from traced import ask

HEADLINE = "Chuyện chưa kể của một gia đình"
PERSON = "Lương Thị Kín"
SITE = "https://www.kon-tum.example"
SECRET = f"{SITE}/tin/chuyen-chua-ke-7.html"
RULE = Rule("id", "x", "r", "2026-11-23", "b")

# what a page prints of it -> the page
SHOWING = {
    "link": '<p><a href="chuyen-chua-ke-7.html?utm=1">Xem tiếp</a></p>',
    "escaped link": '<a href="../tin/./chuyen%2Dchua-ke-7.html#top"><img src="a.jpg"></a>',
    "link in a script": f'<script>var next = "{SECRET}";</script>'.replace("/", "\\/"),
    "headline": f"<h3>{HEADLINE.replace(' của', ' <b>của</b>')}</h3>",
    "headline in an attribute": f'<img alt="{HEADLINE.upper()}">',
    "headline by entities": f"<h3>{HEADLINE.replace('đ', '&#273;')}</h3>",
}
HARMLESS = {
    "another page": '<a href="/tin/chuyen-khac-8.html">Chuyện chưa kể</a>',
    "another host": '<a href="https://elsewhere.example/tin/chuyen-chua-ke-7.html">x</a>',
    "words apart": "<p>Chuyện của một gia đình chưa kể</p>",
    "a namesake": "<p>Luong Thi Kin, Lương Thị Kin</p>",
}


@pytest.mark.parametrize("page", [*SHOWING, "name"])
def test_what_shows_it(page: str) -> None:
    text = SHOWING.get(page, f"<li>Bà {PERSON}, thôn 2</li>")
    assert _secrets().shown_in(html.unescape(text), f"{SITE}/tin/danh-sach.html") == RULE


@pytest.mark.parametrize("page", HARMLESS)
def test_what_does_not(page: str) -> None:
    assert _secrets().shown_in(HARMLESS[page], f"{SITE}/tin/danh-sach.html") is None


def _secrets() -> Secrets:
    return Secrets.of({SECRET: RULE}, {HEADLINE: RULE, "Thông báo": RULE}, [(RULE, tuple(PERSON.split()))])


@dataclass(frozen=True, slots=True)
class Place:
    """An archive: the withheld article's id, and by what they show the records and addresses of other pages."""

    folder: Path
    secret: str
    neighbour: str
    pages: dict[str, tuple[str, str]]


@pytest.fixture
def place(crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path) -> Place:
    run = crawl("kon-tum")
    named = {"url": SECRET, "canonical_url": SECRET, "title": HEADLINE, "cited_documents": ()}
    secret = run.page(sample_article("kon-tum", 7, **named, body=f"Bà {PERSON}."), f"<h1>{HEADLINE}</h1>" * 9)
    neighbour = run.page(sample_article("kon-tum", 8), f'<h1>Khác</h1><aside><a href="{SECRET}">Tin liên quan</a>')
    pages = {"neighbour": (neighbour.snapshot.record_id, neighbour.url)}
    every = {**SHOWING, "nothing": "<p>Không có gì ở đây</p>"}
    for number, (name, text) in enumerate(every.items()):
        url = f"{SITE}/tin/danh-sach-{number}.html"
        ref = run.answer(url, "text/html; charset=utf-8", f"<html>{text}</html>".encode())
        run._commit(url, "list", ref)
        pages[name] = ref.record_id, url
    feed = run.answer(f"{SITE}/rss", "application/rss+xml", f"<rss><item><link>{SECRET}</link></item></rss>".encode())
    run._commit(f"{SITE}/rss", "feed", feed)
    pages["feed"] = feed.record_id, f"{SITE}/rss"
    run.close()
    return Place(tmp_path / "data", secret.id, neighbour.id, pages)


def withhold(place: Place, what: str, value: str) -> None:
    rule = f'[[withheld]]\n{what} = "{value}"\nreason = "lý do"\ndate = 2026-11-23\nby = "B"\n'
    (place.folder / "withheld.toml").write_text(rule, encoding="utf-8")


def given_away(content: bytes) -> bool:
    return any(each in content for each in (HEADLINE.encode(), b"chuyen-chua-ke-7", b"Tin li\xc3\xaan quan"))


@pytest.mark.parametrize("what", ["id", "address", "person"])
def test_no_door_shows_a_page_that_shows_it(
    place: Place, what: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    withhold(place, what, {"id": place.secret, "address": SECRET, "person": PERSON}[what])
    reader = Reader(place.folder, 8420, 8421)
    with Archive(place.folder) as archive:
        assert replay.set_up(archive, tmp_path) == ["kon-tum"]
        blocked = (tmp_path / "withheld.aclj").read_text(encoding="utf-8")
        for name, (record, url) in place.pages.items():
            free = name == "nothing"
            snapshots = {each.record_id: each for each in archive.snapshots(url)}
            if free:
                assert b"Kh" in (archive.open_snapshot(snapshots[record]).body or b"")
            else:
                with pytest.raises(Withheld, match="shows a link, headline or name"):
                    archive.open_snapshot(snapshots[record])
            for words in (["snapshot", record, "--body"], ["snapshot", record, "--json"], ["snapshot", url, "--body"]):
                status = main(["--archive", str(place.folder), *words])
                out = capfdbinary.readouterr()
                assert (status, given_away(out.out + out.err)) == (0 if free else 3, False), (name, words)
            for port, way in ((8420, f"/s/kon-tum/{record}"), (8420, f"/s/kon-tum/{record}.json"),
                              (8421, f"/kon-tum/{record}"), (8421, f"/kon-tum/{record}?download=1")):  # fmt: skip
                status, body = ask(reader, way, port)
                assert (status, given_away(body)) == (200 if free else 451, False), (name, way)
            assert (f"{surt(url)}###" in blocked) is not free, name
    assert ask(reader, f"/a/{place.neighbour}", 8420)[0] == 200  # its reading is shown
    assert ask(reader, f"/a/{place.neighbour}/evidence", 8420)[0] == 451
    reader.house.close()


def test_no_file_that_leaves_the_archive_has_it(place: Place, tmp_path: Path, capsys: Any) -> None:
    withhold(place, "id", place.secret)
    assert main(["--archive", str(place.folder), "evidence", place.neighbour, str(tmp_path / "e.wacz")]) == 3
    main(["--archive", str(place.folder), "export", str(tmp_path / "all.wacz")])
    main(["--archive", str(place.folder), "package", str(tmp_path / "set"), "--full-text", "--wacz"])
    assert "left out: the page of" in capsys.readouterr().err
    assert not (tmp_path / "e.wacz").exists()
    for path in (path for path in tmp_path.rglob("*") if path.is_file() and place.folder not in path.parents):
        assert not given_away(path.read_bytes()), path
        if path.suffix == ".wacz":
            with zipfile.ZipFile(path) as packed:
                for each in packed.namelist():
                    content = packed.read(each)
                    assert not given_away(gzip.decompress(content) if each.endswith(".gz") else content), each


def test_pages_that_show_it_are_listed(place: Place, capsys: Any) -> None:
    withhold(place, "id", place.secret)
    assert main(["--archive", str(place.folder), "--json", "withhold", "--pages"]) == 0
    told = json.loads(capsys.readouterr().out)["pages"]
    assert {each["address"] for each in told} == {url for name, (_, url) in place.pages.items() if name != "nothing"}


@pytest.mark.parametrize(("beside", "state", "status"), [(False, "offline", 3), (True, "missing", 9)])
def test_pages_that_cannot_be_read_are_told_and_held_back_by_replay(
    place: Place, capsys: Any, tmp_path: Path, beside: bool, state: str, status: int
) -> None:
    withhold(place, "id", place.secret)
    looked: replay.Looked = {}
    [warc] = (place.folder / "portals/kon-tum/warc").iterdir()
    away = warc.rename(tmp_path / warc.name)
    if beside:
        (warc.parent / "other.warc.gz").touch()
    assert main(["--archive", str(place.folder), "withhold", "--pages"]) == status
    assert f"{len(place.pages)} stored pages not looked into, in warc/{warc.name}: {state}\n" in capsys.readouterr().err
    assert main(["--archive", str(place.folder), "--json", "withhold", "--pages"]) == status
    unread = [{"portal": "kon-tum", "file": f"warc/{warc.name}", "state": state, "pages": len(place.pages)}]
    assert json.loads(capsys.readouterr().out) == {"pages": [], "unread": unread}
    for held in (len(place.pages), len(place.pages) - 1):  # of the one that shows nothing nobody can tell before
        with Archive(place.folder) as archive:
            replay.set_up(archive, tmp_path, looked)
        blocked = (tmp_path / "withheld.aclj").read_text(encoding="utf-8")
        assert sum(f"{surt(url)}###" in blocked for _, url in place.pages.values()) == held
        if not warc.exists():
            away.rename(warc)


def test_a_headline_that_is_shown_elsewhere_is_no_secret(
    place: Place, crawl: Callable[[str], Any], sample_article: Callable[..., Any]
) -> None:
    run = crawl("quang-ngai")
    run.page(sample_article("quang-ngai", 1, title=HEADLINE))
    run.close()
    withhold(place, "id", place.secret)
    with Archive(place.folder) as archive:
        _, url = place.pages["headline"]
        assert archive.open_snapshot(archive.snapshots(url)[0]).body
        with pytest.raises(Withheld):
            archive.open_snapshot(archive.snapshots(place.pages["link"][1])[0])


def test_only_new_pages_are_looked_into_again(place: Place) -> None:
    from archive.research.withhold import showing_keys

    withhold(place, "id", place.secret)
    with Archive(place.folder) as archive:
        folder = archive.folder("kon-tum")
        known = showing_keys(folder)
        folder.refuse_page = None  # type: ignore[method-assign, assignment]
        assert showing_keys(folder, *known) == known


def packed(**parts: str) -> bytes:
    """A zip of XML, as office programs make them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + (".xml.rels" if "_rels" in name else ".xml"), text)
    return made.getvalue()


RUNS = "<w:p><w:r><w:t>Bà Lương </w:t></w:r><w:r><w:t>Thị K</w:t></w:r><w:r><w:t>ín</w:t></w:r></w:p><w:p>thôn 2</w:p>"
OFFICE = [
    ({"word__document": RUNS}, "\nBà Lương Thị Kín\nthôn 2"),
    ({"xl__sharedStrings": "<si><t>Lương Thị Kín &amp; con</t></si><si>2</si>"}, "Lương Thị Kín & con\n2"),
    ({"content": f'<text:p>Xem <text:a xlink:href="{SECRET}">ở đây</text:a></text:p>'}, f"Xem ở đây\n\n{SECRET}"),
    ({"word___rels__document": f'<Relationship Target="{SECRET}"/>'}, SECRET),
    ({"elsewhere": RUNS}, None),
]


@pytest.mark.parametrize(("parts", "said"), OFFICE)
def test_office_documents_are_read(parts: dict[str, str], said: str | None) -> None:
    text = office.words(packed(**parts), 1 << 20)
    assert (text and text.strip()) == (said and said.strip())
    if text:
        assert _secrets().shown_in(text, f"{SITE}/tep/1.docx") == RULE


def test_an_office_document_that_cannot_be_opened_says_nothing() -> None:
    whole = packed(word__document=RUNS)
    assert [office.words(each, 1 << 20) for each in (whole[:-30], b"PK\x03\x04" + b"x" * 99, b"%PDF-1.7", b"")] == [
        None
    ] * 4
    bomb = office.words(packed(word__document="a" * (8 << 20)), 1 << 16)
    assert bomb is not None
    assert len(bomb) <= (1 << 16) + 1


FILES = {
    "tep/danh-sach.docx": ("application/vnd.openxmlformats", packed(word__document=RUNS), True),
    "tep/danh-sach.html": ("text/html", f"<p>Bà {PERSON}".encode(), True),
    "tep/khac.docx": ("application/vnd.openxmlformats", packed(word__document="<w:p>Bà Lương</w:p>"), False),
    "tep/khac.pdf": ("application/pdf", f"%PDF-1.7 \0 {PERSON}".encode(), False),  # not looked into, and said so
}


def test_files_that_name_a_person_leave_by_no_door(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path, capsys: Any
) -> None:
    run = crawl("kon-tum")
    records = {}
    for name, (kind, content, _) in FILES.items():
        records[name] = run.answer(f"{SITE}/{name}", kind, content)
        run._commit(f"{SITE}/{name}", "attachment", records[name])
    files = tuple(Attachment(f"{SITE}/{name}", "Danh sách", None) for name in FILES)
    kept = run.page(sample_article("kon-tum", 8, attachments=files))
    run.close()
    folder = tmp_path / "data"
    rule = f'[[withheld]]\nperson = "{PERSON}"\nreason = "r"\ndate = 2026-11-23\nby = "B"\n'
    (folder / "withheld.toml").write_text(rule, encoding="utf-8")
    reader = Reader(folder, 8420, 8421)
    assert main(["--archive", str(folder), "evidence", kept.id, str(tmp_path / "e.wacz")]) == 0
    assert main(["--archive", str(folder), "export", str(tmp_path / "a.wacz"), "--full-text"]) == 0
    for name, (_, content, named) in FILES.items():
        record = records[name].record_id
        assert main(["--archive", str(folder), "snapshot", f"{SITE}/{name}"]) == (3 if named else 0), name
        assert ask(reader, f"/kon-tum/{record}", 8421)[0] == (451 if named else 200), name
        for wacz in ("e.wacz", "a.wacz"):
            with zipfile.ZipFile(tmp_path / wacz) as made:
                held = b"".join(gzip.decompress(made.read(each)) for each in made.namelist() if each.endswith(".gz"))
            assert (content in held) is not named, (name, wacz)
    capsys.readouterr()
    assert main(["--archive", str(folder), "withhold", "--pages"]) == 0
    assert capsys.readouterr().out.count("danh-sach") == 2
    reader.house.close()
