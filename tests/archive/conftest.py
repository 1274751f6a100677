"""A small archive made through the doors a crawl uses: two portals, an edited article, a gone one, an attachment."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.schema import Article, Attachment, Author, Citation, Exchange, Extraction, SnapshotRef
from archive.storage.entries import Found, Outcome
from archive.storage.paths import ArchivePaths
from archive.storage.store import Form, PortalArchive

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BODY = "Chủ tịch UBND tỉnh có Công văn số 2623/UBND-NCXDPL ngày 09/10/2019.\nThực hiện Kế hoạch số 111-KH/TU."
FORM = """name = "Cổng thông tin điện tử tỉnh {name}"
province = "{slug}"
publisher = "government"
hosts = ["www.{slug}.example"]
"""


def article_id(portal: str, url: str) -> str:
    """The id an article of that canonical address has."""
    return f"{portal}/{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def citations() -> tuple[Citation, ...]:
    """The two documents that BODY cites."""
    first, second = "Công văn số 2623/UBND-NCXDPL", "Kế hoạch số 111-KH/TU"
    return (
        Citation(
            kind="numbered", text=first, start=BODY.index(first), end=BODY.index(first) + len(first), type="CV",
            type_text="Công văn", number="2623", symbol="UBND-NCXDPL", norm="2623/UBND-NCXDPL", year=2019,
            issuer_text="Chủ tịch UBND tỉnh", level="province", date="2019-10-09", date_basis="stated",
            relation="implements", relation_text="Thực hiện", cid="vn/kon-tum/UBND/CV/2019/2623",
        ),
        Citation(
            kind="numbered", text=second, start=BODY.index(second), end=BODY.index(second) + len(second), type="KH",
            type_text="Kế hoạch", number="111", symbol="KH/TU", norm="111-KH/TU", level="province",
        ),
    )  # fmt: skip


def sample(portal: str, number: int, **values: object) -> Article:
    """An article of a portal; `values` in place of what it would say."""
    url = f"https://www.{portal}.example/tin/{number}"
    given: dict[str, object] = {
        "id": article_id(portal, url), "kind": "text", "portal": portal, "url": url, "canonical_url": url,
        "title": f"Hội nghị lần thứ {number}", "fetched_at": "2026-11-23T08:00:00Z", "publisher": "government",
        "extraction": Extraction("1", "kontum", "family", None), "province": portal, "section": "Tin trong tỉnh",
        "language": "vi", "lead": "Sáng nay, tại Hội trường.", "body": BODY, "posted_on": f"2019-10-{number:02d}",
        "posted_at": f"2019-10-{number:02d}T20:21:00+07:00", "posted_precision": "minute",
        "posted_text": f"{number:02d}/10/2019 20:21", "posted_basis": "kontum.posted",
        "authors": (Author("Thái Ninh"),), "byline_text": "Thái Ninh", "authors_basis": "kontum.last_line",
        "title_basis": "kontum.title", "body_basis": "kontum.body", "cited_documents": citations(),
        "cause": "new", "revision": f"{hashlib.sha256(f'{portal}{number}'.encode()).hexdigest()}",
    }  # fmt: skip
    return dataclasses.replace(Article(**{**given, **values}))  # type: ignore[arg-type]


class Crawl:
    """One run's writing to a portal's folder."""

    def __init__(self, root: Path, slug: str, name: str) -> None:
        form = FORM.format(slug=slug, name=name)
        digest = f"sha256:{hashlib.sha256(form.encode()).hexdigest()}"
        self.slug = slug
        self.clock = START
        self.newest = ""
        self._closed = False
        paths = ArchivePaths(root).portal(slug)
        paths.make()
        self.store = PortalArchive(paths, Form(slug, digest, form), "run-1", {"software": "tests"})

    def close(self) -> None:
        """End the run; a second time does nothing."""
        if not self._closed:
            self.store.close()
        self._closed = True

    def page(self, article: Article, html: str = "<h1>Hội nghị</h1>" * 100) -> Article:
        """Record the article's page and commit the article, with its snapshot."""
        ref = self.answer(article.url, "text/html; charset=utf-8", html.encode())
        kept = dataclasses.replace(article, snapshot=ref)
        self._commit(article.url, "article", ref, article=article.id, revisions=(kept,))
        self.newest = article.id
        return kept

    def attachment(self, url: str, content: bytes) -> SnapshotRef:
        """Record a file."""
        ref = self.answer(url, "application/pdf", content)
        self._commit(url, "attachment", ref)
        return ref

    def event(self, article: Article, event: str, detail: str | None = None) -> None:
        """Note what happened to an article's page."""
        self._commit(article.url, "article", None, article=article.id, event=(event, detail))

    def answer(self, url: str, media_type: str, body: bytes) -> SnapshotRef:
        """Record one exchange of a page sent in chunks."""
        self.clock += timedelta(seconds=1)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        message = head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        request = f"GET {url} HTTP/1.1\r\nHost: example\r\n\r\n".encode()
        exchange = Exchange(
            url, self.clock, request, io.BytesIO(message), size=len(message), head_length=len(head), status=200
        )
        return self.store.record(exchange, url).ref

    def _commit(self, url: str, kind: str, ref: SnapshotRef | None, **values: object) -> None:
        at = self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.store.ledger.begin_run("run-1", at, [Found(url, url, "www.example", kind)], full=False)
        outcome = Outcome(url, "done", at, "run-1", status=200, snapshot=ref and ref.record_id, **values)  # type: ignore[arg-type]
        self.store.commit([outcome])


def fill(root: Path) -> None:
    """Kon Tum: three articles, of which one was edited and one is gone; Quảng Ngãi: one without a time, one bare."""
    crawl = Crawl(root, "kon-tum", "Kon Tum")
    file = "https://www.kon-tum.example/tep/111.pdf"
    crawl.attachment(file, b"%PDF-1.7 " + b"x" * 2000)
    lost = "https://www.kon-tum.example/tep/mat.doc"
    files = (Attachment(file, "Kế hoạch 111", "application/pdf"), Attachment(lost, None, "application/msword"))
    crawl.page(sample("kon-tum", 10, attachments=files))
    crawl.page(sample("kon-tum", 8))
    edited = sample("kon-tum", 8, title="Hội nghị lần thứ tám", cause="page", revision="8" * 64)
    crawl.page(edited, "<h1>Hội nghị lần thứ tám</h1>" * 90)
    gone = crawl.page(sample("kon-tum", 9, title="Bài đã gỡ", authors=(), byline_text=None, authors_basis=None))
    crawl.event(gone, "missing", "404")
    crawl.event(gone, "gone", "404 three times")
    crawl.close()
    crawl = Crawl(root, "quang-ngai", "Quảng Ngãi")
    crawl.page(sample("quang-ngai", 9, posted_at=None, posted_precision="day", section="Thời sự", cited_documents=()))
    bare = {"title": None, "lead": None, "body": "", "posted_on": None, "posted_at": None, "posted_text": None}
    crawl.page(sample("quang-ngai", 1, cited_documents=(), posted_precision="none", posted_basis=None, **bare))
    crawl.close()


@pytest.fixture(scope="session")
def archive_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive to read; tests that change it take a copy."""
    root = tmp_path_factory.mktemp("archive") / "data"
    fill(root)
    return root


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Callable[[str], Crawl]]:
    """Begins a run on a portal of an archive in `tmp_path / "data"`."""
    begun: list[Crawl] = []

    def begin(slug: str) -> Crawl:
        begun.append(Crawl(tmp_path / "data", slug, slug))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


@pytest.fixture
def sample_article() -> Callable[..., Article]:
    """Makes articles: portal, number, and what differs from the usual."""
    return sample
