"""The demo portal keeps its word: the same bytes every time, and on every page the facts that its truth states."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
import tomllib
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.vietnam.documents import parse_number
from crawler.demo.answer import answer
from crawler.demo.content import DAY, LAST_EDITION, PORT, SECTIONS, stories
from crawler.demo.files import file_bytes, jpeg, png
from crawler.demo.site import COOKIE
from crawler.demo.traps import TRAPS
from crawler.demo.truth import behind_wall, citations, expected, moves, not_articles, truth, url

EDITIONS = range(1, LAST_EDITION + 1)
WALL = {"cookie": f"D1N={COOKIE}"}


def get(
    address: str, headers: dict[str, str] | None = None, edition: int = 1, day: date = DAY
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(address)
    status, sent, body = answer(parts.path, parts.query, headers, edition, day)
    return status, dict(sent), body


def words(page: bytes) -> str:
    """The visible text of a page, in NFC, its white space squeezed."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", page.decode(), flags=re.S)
    return " ".join(unicodedata.normalize("NFC", unescape(re.sub(r"<[^>]+>", "", text))).split())


def reachable(edition: int) -> dict[str, tuple[int, bytes]]:
    """Every page within the portal, found by following links from its home page as a browser would."""
    found: dict[str, tuple[int, bytes]] = {}
    queue = ["/", "/sitemap.xml"]
    while queue and len(found) < 1500:
        at = queue.pop()
        status, headers, body = get(at, WALL, edition)
        found[at] = (status, body)
        if headers.get("content-type", "").startswith("text/html"):
            for href in re.findall(r'(?:href|src)="(/[^"]*)"', body.decode()):
                link = unescape(href)
                deep = re.search(r"(/(vi|en)){2,}$|thang=(?!2026-1[12])|trang=\d\d", link)
                if link not in found and link not in queue and not deep:
                    queue.append(link)
    return found


class TestContent:
    def test_is_as_large_as_promised(self) -> None:
        told = [story for story in stories(1) if story.fate is None]
        assert len(told) >= 60
        for section in SECTIONS:
            assert sum(story.section == section for story in told) > 10  # three pages of five at least

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_addresses_and_numbers_are_unique(self, edition: int) -> None:
        told = stories(edition)
        assert len({story.key for story in told}) == len({story.id for story in told}) == len(told)

    @pytest.mark.parametrize("story", stories(LAST_EDITION), ids=lambda story: f"{story.section}-{story.id}")
    def test_every_document_number_is_in_the_truth(self, story) -> None:  # type: ignore[no-untyped-def]
        """A number with a type or body behind it that `cites` does not name is a fact forgotten."""
        item = expected(story)
        if story.kind == "document":
            return
        titles = [file.get("title") for file in item.get("attachments", [])]
        text = "\n".join(filter(None, (item["title"], item["lead"], item["body"], *titles)))
        said = [cite["text"] for cite in citations(story, item)]
        for number in re.findall(r"\d+[a-z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐ][\w&.]*(?:\s?[-/]\s?[A-ZĐ][\w&]*)*", text):
            assert any(number in each for each in said) or number in NO_CITATIONS, number

    def test_every_document_has_the_identity_of_its_number(self) -> None:
        cites = [cite for story in stories(LAST_EDITION) for cite in (*story.cites, *filter(None, [story.document]))]
        for cite in cites:
            if number := cite.get("norm", cite.get("number")):
                if cite.get("kind") == "short":
                    continue
                read = parse_number(number)
                assert read is not None
                assert read.norm == number
                assert cite.get("issuer") in (read.issuer, None)
            if cid := cite.get("cid"):
                named = parse_number(cid)
                day = cite["date"]
                assert named is not None
                assert read is not None
                assert (named.type, named.year, named.number) == (cite["type"], day.year, read.number), cid
                assert (named.issuer or cite["issuer"]) == cite["issuer"]


# Look like a document's number and are none.
NO_CITATIONS: frozenset[str] = frozenset()


class TestTruth:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_covers_every_article_shown(self, edition: int) -> None:
        assert set(truth(edition)) == {url(story) for story in stories(edition) if story.fate is None}

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_every_page_says_it(self, edition: int) -> None:
        for address, item in truth(edition).items():
            status, _, page = get(address, WALL, edition)
            text, source = words(page), unescape(page.decode())
            assert status == 200, address
            assert item["title"] in text, address
            for paragraph in filter(None, [item.get("lead"), *item.get("body", "").split("\n")]):
                assert paragraph in text, (address, paragraph)
            for author in item["authors"]:
                assert author["name"].casefold() in text.casefold(), address
            for file in item.get("attachments", []):
                link = urlsplit(file["url"])
                assert link.path in source, address
                assert file.get("title", "") in text, address
                assert get(file["url"])[0] == 200
            for image in item.get("images", []):
                assert get(image["url"])[0] == 200
            for key in ("number", "signer", "title"):
                assert (item.get("document") or {}).get(key, "") in text

    def test_editions_move_what_they_say(self) -> None:
        for edition in EDITIONS[1:]:
            said, before, now = moves(edition), truth(edition - 1), truth(edition)
            assert said["new"] == sorted(set(now) - set(before) - set(said["back"]))
            assert said["gone"] == sorted(set(before) - set(now))
            assert said["edited"] == sorted(a for a in set(before) & set(now) if before[a] != now[a])
        assert all(moves(2)[name] for name in ("new", "edited", "gone"))
        assert moves(3)["back"]

    def test_the_manners_of_going(self) -> None:
        fates = {story.fate: get(url(story), edition=2) for story in stories(2) if story.fate}
        assert {fate: answered[0] for fate, answered in fates.items()} == {
            "404": 404,
            "410": 410,
            "soft": 200,
            "home": 302,
        }
        assert fates["home"][1]["location"] == "/"


class TestAnswer:
    def test_bytes_follow_from_day_and_edition_alone(self) -> None:
        for address in [*truth(), *not_articles(), "/", "/robots.txt", "/sitemap.xml", SECTIONS["own"].home]:
            assert get(address) == get(address)

    def test_a_fresh_process_sends_the_same_bytes(self) -> None:
        program = (
            "import hashlib; from crawler.demo.answer import answer; from crawler.demo.content import stories;"
            "print(hashlib.sha256(b''.join(answer(*s.key.partition('?')[::2])[2] for s in stories(1))).hexdigest())"
        )
        runs = {
            subprocess.run(
                [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2")
        }
        assert len(runs) == 1

    def test_the_day_shows_in_the_header_and_not_in_the_validator(self) -> None:
        key = next(story.key for story in stories(1) if story.section == "kontum")
        one, other = get(key), get(key, day=date(2026, 12, 1))
        assert b"20/11/2026" in one[2]
        assert b"01/12/2026" in other[2]
        assert one[1]["etag"] == other[1]["etag"]

    def test_an_edit_shows_in_both_validators(self) -> None:
        for address in moves(2)["edited"]:
            one, two = get(address)[1], get(address, edition=2)[1]
            assert one["etag"] != two["etag"]
            assert one["last-modified"] != two["last-modified"]

    def test_untouched_articles_keep_their_validators(self) -> None:
        moved = {each for addresses in moves(2).values() for each in addresses}
        for address in set(truth(1)) - moved:
            assert get(address, WALL)[1].get("etag") == get(address, WALL, edition=2)[1].get("etag"), address

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({"if-none-match": "{etag}"}, 304),
            ({"if-none-match": '"another", {etag}'}, 304),
            ({"if-none-match": "*"}, 304),
            ({"if-none-match": '"another"'}, 200),
            ({"if-modified-since": "{last-modified}"}, 304),
            ({"if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 200),
            ({"if-modified-since": "not a day"}, 200),
            # If-None-Match decides where both are sent
            ({"if-none-match": '"another"', "if-modified-since": "{last-modified}"}, 200),
        ],
    )
    def test_conditions(self, sent: dict[str, str], status: int) -> None:
        key = stories(1)[0].key
        first = get(key)[1]
        values = {
            name: value.replace("{etag}", first["etag"]).replace("{last-modified}", first["last-modified"])
            for name, value in sent.items()
        }
        assert get(key, values)[0] == status

    @pytest.mark.parametrize(
        ("accepted", "coded"),
        [("gzip, deflate, br", True), ("*", True), ("gzip;q=0", False), ("identity", False), ("", False)],
    )
    def test_gzip_where_it_is_accepted(self, accepted: str, coded: bool) -> None:
        key = stories(1)[0].key
        _, headers, body = get(key, {"accept-encoding": accepted})
        assert (headers.get("content-encoding") == "gzip") is coded
        assert (gzip.decompress(body) if coded else body) == get(key)[2]

    def test_links_name_the_port_that_was_asked(self) -> None:
        assert b"http://127.0.0.1:9999/" in get("/sitemap-own.xml", {"host": "localhost:9999"})[2]
        assert (
            get("/sitemap-own.xml", {"host": "localhost:9999"})[2]
            == get("/sitemap-own.xml", {"host": "127.0.0.1:9999"})[2]
        )


class TestLists:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_every_article_is_linked_from_its_list(self, edition: int) -> None:
        for name, section in SECTIONS.items():
            pages = [get(page_of(name, n), edition=edition)[2].decode() for n in range(1, 9)]
            for story in stories(edition):
                if story.section == name:
                    shown = any(f'"{story.key}' in unescape(page) for page in pages)
                    assert shown is (story.fate is None), story.key
            assert section.home in pages[0]

    def test_past_the_end(self) -> None:
        last = {name: -(-sum(s.section == name for s in stories(1)) // 5) for name in SECTIONS}
        assert b'class="item"' not in get(page_of("kontum", last["kontum"] + 1))[2]
        assert get(page_of("nukeviet", last["nukeviet"] + 1))[0] == 404
        assert get(page_of("liferay", 99))[2] == get(page_of("liferay", last["liferay"]))[2]
        assert rows(get(page_of("own", 99))[2]) == rows(get(page_of("own", last["own"]))[2])
        assert f'?trang={last["own"] + 1}">Tiếp' in get(page_of("own", last["own"]))[2].decode()

    def test_traps_are_linked(self) -> None:
        for trap in TRAPS:
            assert trap.key in unescape(get(page_of(trap.section, trap.page))[2].decode())

    def test_no_link_but_the_trap_is_dead(self) -> None:
        dead = {at for at, (status, _) in reachable(1).items() if status == 404}
        assert dead == {trap.key for trap in TRAPS if trap.reason == "status_404"}

    def test_language_twins_answer_lists_and_go_deeper(self) -> None:
        story = next(story for story in stories(1) if story.section == "liferay")
        for tail in ("/vi", "/en", "/vi/vi/en"):
            status, _, page = get(story.key + tail)
            assert status == 200
            assert f'{story.key}{tail}/en"' in page.decode()
            assert b"normal-news" in page

    def test_session_ids_lead_to_the_same_page(self) -> None:
        page = get(SECTIONS["liferay"].home)[2].decode()
        link = re.search(r'href="([^"]*);jsessionid=[0-9A-F]{32}"', page)
        assert link
        assert get(f"{link[1]};jsessionid=ABC")[2] == get(link[1])[2]


def page_of(section: str, number: int) -> str:
    home = SECTIONS[section].home
    return {
        "kontum": f"{home}?page={number}",
        "nukeviet": f"{home}page-{number}/",
        "liferay": f"{home}?p_p_id=101&_101_cur={number}",
        "own": f"{home}?trang={number}",
    }[section]


def rows(page: bytes) -> list[str]:
    return re.findall(r'<tr class="dong">.*?</tr>', page.decode())


class TestTraps:
    @pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.reason)
    def test_answers(self, trap) -> None:  # type: ignore[no-untyped-def]
        status, headers, _ = get(trap.key)
        want = {"status_404": 404, "redirect_known": 301, "redirect_offsite": 302}.get(trap.reason, 200)
        assert (status, headers.get("location")) == (want, trap.to)
        if trap.reason == "redirect_known":
            assert f"http://127.0.0.1:{PORT}{trap.to}" in truth(1)

    def test_the_wall_opens_to_its_cookie(self) -> None:
        (address,) = behind_wall()
        closed, opened = get(address)[2], get(address, WALL)[2]
        assert len(closed) < 400
        assert f"D1N={COOKIE}".encode() in closed
        assert truth()[address]["title"] in words(opened)

    def test_one_page_is_decomposed(self) -> None:
        story = next(story for story in stories(1) if "nfd" in story.traps)
        page = get(story.key)[2].decode()
        assert page == unicodedata.normalize("NFD", page) != unicodedata.normalize("NFC", page)


class TestFeedsAndFiles:
    def test_robots(self) -> None:
        from urllib.robotparser import RobotFileParser

        robots = RobotFileParser()
        robots.parse(get("/robots.txt")[2].decode().splitlines())
        barred = [trap.key for trap in TRAPS if trap.reason == "robots"]
        assert barred
        assert not any(robots.can_fetch("archive", address) for address in barred)
        assert all(robots.can_fetch("archive", address) for address in truth())
        assert robots.site_maps() == [f"http://127.0.0.1:{PORT}/sitemap.xml"]

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_sitemaps_name_every_article(self, edition: int) -> None:
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        index = ET.fromstring(get("/sitemap.xml", edition=edition)[2])
        named = [
            entry.text
            for loc in index.iter(f"{space}loc")
            for entry in ET.fromstring(get(loc.text or "", edition=edition)[2]).iter(f"{space}loc")
        ]
        assert sorted(filter(None, named)) == sorted(truth(edition))

    @pytest.mark.parametrize("address", ["/rss/tin-trong-tinh.rss", "/vi/news/rss/kinh-te-dau-tu/"])
    def test_feeds(self, address: str) -> None:
        links = [item.findtext("link") for item in ET.fromstring(get(address)[2]).iter("item")]
        assert len(links) == 10
        assert set(links) <= set(truth())

    def test_pdfs_are_sound(self) -> None:
        files = [file for story in stories(LAST_EDITION) for file in story.files if file.path.endswith(".pdf")]
        assert any(file.size > 1_500_000 for file in files)
        for file in files:
            body = file_bytes(file.path, file.title or "", file.size)
            assert body.startswith(b"%PDF-1.")
            assert body.endswith(b"%%EOF\n")
            assert len(body) > file.size
            start = int(body.rsplit(b"startxref\n", 1)[1].split()[0])
            table = body[start:].split(b"trailer")[0].split(b"\n")[3:-1]
            for number, row in enumerate(table, 1):
                assert body[int(row[:10]) :].startswith(b"%d 0 obj\n" % number)

    def test_pictures_are_sound(self) -> None:
        assert png("a").startswith(b"\x89PNG\r\n\x1a\n")
        assert png("a") != png("b")
        assert jpeg("a").startswith(b"\xff\xd8\xff\xe0")
        assert jpeg("a").endswith(b"\xff\xd9")

    def test_the_form_names_the_sections_as_they_are(self) -> None:
        import crawler.portals

        form = tomllib.loads((Path(crawler.portals.__path__[0]) / "demo.toml").read_text(encoding="utf-8"))
        assert form["hosts"] == [f"127.0.0.1:{PORT}", f"localhost:{PORT}"]
        assert form["loopback"] is True
        assert [(s["title"], s["url"]) for s in form["sections"]] == [
            (s.title, f"http://127.0.0.1:{PORT}{s.home}") for s in SECTIONS.values()
        ]


@pytest.fixture(scope="module")
def served() -> Iterator[int]:
    """The demo in a process of its own, on a port that was free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.demo", "--port", str(port)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        assert str(port) in process.stdout.readline()
        yield port
    finally:
        process.terminate()
        process.wait(10)


class TestServer:
    def test_304_over_a_socket(self, served: int) -> None:
        key = stories(1)[0].key
        connection = http.client.HTTPConnection("127.0.0.1", served, timeout=10)
        connection.request("GET", key)
        first = connection.getresponse()
        assert first.status == 200
        assert first.headers.get_all("Date") == ["Fri, 20 Nov 2026 01:00:00 GMT"]
        assert first.read() == get(key, {"host": f"127.0.0.1:{served}"})[2]
        connection.request("GET", key, headers={"If-None-Match": first.headers["ETag"]})
        second = connection.getresponse()
        assert (second.status, second.read()) == (304, b"")
        connection.request("HEAD", key)
        assert connection.getresponse().read() == b""

    def test_some_pages_are_streamed(self, served: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served, timeout=10)
        ways = set()
        for story in stories(1)[:20]:
            connection.request("GET", story.key)
            response = connection.getresponse()
            assert response.read() == get(story.key, {"host": f"127.0.0.1:{served}"})[2]
            ways.add(response.headers.get("Transfer-Encoding", "length"))
        assert ways == {"chunked", "length"}

    def test_a_busy_port_is_one_clear_line(self, served: int) -> None:
        again = subprocess.run(
            [sys.executable, "-m", "crawler.demo", "--port", str(served)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert again.returncode == 2
        assert again.stdout == ""
        assert again.stderr.count("\n") == 1
        assert f"port {served} of 127.0.0.1 is not free" in again.stderr
