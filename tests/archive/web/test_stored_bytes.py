"""What the second origin serves: pages with stored images and styles, files to be saved, nothing by a false name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = '<link rel=stylesheet href=/kieu.css><img src=/anh.png><img src=/khac.png><p>Tin</p><a href="/tep.pdf">Tệp</a>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
FILES = {
    "/kieu.css": ("text/css", b"p { color: red }", "requisite"),
    "/anh.png": ("image/png", PNG, "image"),
    "/tep.pdf": ("text/html", b"%PDF-1.7 ", "attachment"),  # what a portal calls it is not what it is
    "/ma.js": ("text/javascript", b"alert(1)", "requisite"),
    "/hinh.svg": ("image/svg+xml", b"<svg onload='alert(1)'></svg>", "image"),
}


@pytest.fixture
def kept(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path
) -> tuple[Path, dict[str, str]]:
    """An archive of one page with what it needs, and where each is served."""
    run = crawl("kon-tum")
    found = {}
    for path, (media_type, body, kind) in FILES.items():
        url = f"https://www.kon-tum.example{path}"
        ref = run.answer(url, media_type, body)
        run._commit(url, kind, ref)
        found[path] = f"/kon-tum/{ref.record_id}"
    page = run.page(sample_article("kon-tum", 1), PAGE)
    found["page"] = f"/kon-tum/{page.snapshot.record_id}"
    run.close()
    return tmp_path / "data", found


def test_a_page_has_its_stored_images_and_styles(kept: tuple[Path, dict[str, str]], opened: Any) -> None:
    folder, found = kept
    _, stored = opened(folder)
    answer = stored.get(found["page"])
    assert answer.text == (
        f'<!doctype html>\n<link rel="stylesheet" href="{found["/kieu.css"]}?style"><img src="{found["/anh.png"]}">'
        '<img><p>Tin</p><a title="https://www.kon-tum.example/tep.pdf">Tệp</a>'
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    style = stored.get(f"{found['/kieu.css']}?style")
    assert (style.text, style.headers["content-type"]) == ("p { color: red }", "text/css; charset=utf-8")
    image = stored.get(found["/anh.png"])
    assert (image.content, image.headers["content-type"]) == (PNG, "image/png")


@pytest.mark.parametrize(
    ("path", "media_type", "saved"),
    [
        ("/tep.pdf", "application/pdf", 'filename="tep.pdf"'),
        ("/ma.js", "text/html; charset=utf-8", ""),  # its text, as text
        ("/hinh.svg", "application/octet-stream", 'filename="hinh.svg"'),
        ("/kieu.css", "text/html; charset=utf-8", ""),
    ],
)
def test_nothing_is_served_under_a_name_by_which_it_could_run(
    kept: tuple[Path, dict[str, str]], opened: Any, path: str, media_type: str, saved: str
) -> None:
    folder, found = kept
    answer = opened(folder)[1].get(found[path])
    assert answer.headers["content-type"] == media_type
    assert saved in answer.headers.get("content-disposition", "")
    assert ("content-disposition" in answer.headers) == bool(saved)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert opened(folder)[1].get(f"{found[path]}?style").headers["content-type"].startswith("text/css") == (
        path == "/kieu.css"
    )
    whole = opened(folder)[1].get(f"{found[path]}?download")
    assert (whole.content, whole.headers["content-disposition"][:10]) == (FILES[path][1], "attachment")
