"""`scrapy portal`: what each verb prints and saves; bad input is one line and status 2; no private address is asked."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy.settings import Settings

from archive.exits import Exit
from crawler.commands.portal import Command
from crawler.form import FORM, SELECTORS
from crawler.portal import BadPortalFile, Section, portal_from_toml
from crawler.probe import ProbeFailed, fetch

ROOT = Path(__file__).resolve().parents[2]

ARTICLE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Khánh thành cầu mẫu</title></head><body>
<h1 class="title">Khánh thành cầu treo thôn mẫu</h1><div class="date">Ngày đăng: 12/05/2025 14:30</div>
<div class="body"><p>Sáng nay, Ủy ban nhân dân xã tổ chức lễ khánh thành cầu treo dân sinh nối hai bờ suối của thôn.</p>
<p>Cầu dài sáu mươi mét, do bà con góp công và huyện hỗ trợ kinh phí, giúp học sinh đến trường an toàn hơn.</p>
<p>Phát biểu tại buổi lễ, lãnh đạo xã cảm ơn các đơn vị đã đồng hành cùng địa phương trong suốt thời gian qua.</p>
<p style="text-align:right"><strong>Y Mẫu</strong></p></div></body></html>"""
HOME = """<!doctype html><html><head><meta charset="utf-8"><title>Cổng mẫu</title></head><body>
<nav><ul class="menu"><li><a href="/tin-tuc">Tin tức - Sự kiện</a></li>
<li><a href="/thong-bao">Thông báo</a></li></ul></nav>
<h1>Cổng thông tin mẫu</h1></body></html>"""
PAGES = {"/": HOME, "/tin/khanh-thanh-cau-1234.html": ARTICLE}


class Site(http.server.BaseHTTPRequestHandler):
    """Two pages, a redirect to another address of this machine, one to a file, one 404."""

    def do_GET(self) -> None:
        if self.path in ("/elsewhere", "/file"):
            self.send_response(302)
            to = "file:///etc/hostname" if self.path == "/file" else "http://127.0.0.2:9/"
            self.send_header("Location", to)
            self.end_headers()
            return
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGES.get(self.path, "<h1>404</h1>").encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def forms(tmp_path: Path, host: str) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    lines = ['name = "Cổng mẫu"', 'province = "kon-tum"', 'publisher = "government"', f'hosts = ["{host}"]']
    lines += ["active = false", "loopback = true", "[network]", "delay = 0"]
    (folder / "mau.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(forms: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*words: str) -> tuple[int, str, str]:
        command = Command()
        command.settings = Settings({"PORTALS_DIR": str(forms), "USER_AGENT": "test"})
        parser = ArgumentParser()
        command.add_options(parser)
        opts, args = parser.parse_known_args(list(words))
        command.process_options(args, opts)
        command.run(args, opts)
        out, err = capsys.readouterr()
        return command.exitcode, out, err

    return run


def test_list(call: Call, host: str) -> None:
    status, out, err = call("list")
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in out.splitlines()}
    assert (status, err) == (Exit.DONE, "")
    assert rows["mau"] == [
        "kon-tum", host, "-", "when named", "never", "yours; on this machine; part of quang-ngai since 2025-07-01",
    ]  # fmt: skip
    assert rows["quang-ngai"] == ["quang-ngai", "quangngai.gov.vn", "-", "yes", "never", "shipped"]
    assert rows["ha-noi"] == [
        "ha-noi", "hanoi.gov.vn", "-", "when named", "never",
        "no form, host from the registry (subdomain-confirmed)",
    ]  # fmt: skip
    assert len(set(rows) - {"mau", "demo"}) == 63


def test_a_form_of_the_user_is_said_to_replace(call: Call, forms: Path) -> None:
    (forms / "kon-tum.toml").write_bytes((forms / "mau.toml").read_bytes())
    assert "yours, replaces the shipped form" in next(
        line for line in call("list")[1].splitlines() if line.startswith("kon-tum\t")
    )


def test_check_names_every_mistake(call: Call, forms: Path) -> None:
    assert call("check", "mau") == (Exit.DONE, "1 form is valid\n", "")
    (forms / "a.toml").write_text('nam = "A"', encoding="utf-8")
    (forms / "b.toml").write_text('name = "B"\nprovince = "kon-tun"', encoding="utf-8")
    (forms / "c.toml").write_bytes((forms / "mau.toml").read_bytes())
    status, out, err = call("check")
    assert (status, out) == (Exit.BAD_INPUT, "")
    first, second, third = err.splitlines()
    assert first.startswith(f"{forms / 'a.toml'}: nam: unknown key; nearest: name")
    assert second.startswith(f"{forms / 'b.toml'}: province: no province is called 'kon-tun'; nearest: kon-tum")
    assert "is a host of c already" in third


@pytest.mark.parametrize("key", ["checked_on", "relaunched_on"])
def test_a_day_to_come_is_a_slip(call: Call, forms: Path, key: str) -> None:
    text = f'name = "Một"\nprovince = "kon-tum"\nhosts = ["a.example.org"]\n{key} = 2926-11-20\n'
    (forms / "mot.toml").write_text(text, encoding="utf-8")
    assert call("check") == (Exit.BAD_INPUT, "", f"{forms / 'mot.toml'}: {key}: 2926-11-20 is still to come\n")


def test_www_makes_no_other_host(call: Call, forms: Path) -> None:
    head = 'province = "kon-tum"\nhosts = '
    (forms / "mot.toml").write_text(f'name = "Một"\n{head}["a.example.org"]', encoding="utf-8")
    (forms / "nam.toml").write_text(f'name = "Năm"\n{head}["www.a.example.org"]', encoding="utf-8")
    status, _, err = call("check")
    assert (status, err) == (
        Exit.BAD_INPUT,
        f"{forms / 'nam.toml'}: hosts: 'www.a.example.org' is a host of mot already\n",
    )


def test_check_live(call: Call, host: str) -> None:
    status, out, err = call("check", "mau", "--live")
    assert (status, out, err) == (Exit.DONE, f"1 form is valid\nmau 200 http://{host}/\n", "")


def test_try_an_article(call: Call, host: str) -> None:
    status, out, err = call("try", f"http://{host}/tin/khanh-thanh-cau-1234.html")
    assert (status, err) == (Exit.DONE, "")
    assert out.startswith(f"http://{host}/tin/khanh-thanh-cau-1234.html: 200, ")
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in out.splitlines()}
    assert rows["title"][0] == "Khánh thành cầu treo thôn mẫu"
    assert rows["posted"][0] == "2025-05-12T14:30:00+07:00"
    assert "12/05/2025 14:30" in rows["posted"][1]
    assert rows["authors"][0].startswith("Y Mẫu")


def test_try_a_slug_shows_its_form_with_the_sections_found(call: Call, host: str) -> None:
    status, out, _ = call("try", "mau")
    form = portal_from_toml(out[out.index("# mau.toml, as it stands") :], "mau")
    assert (status, form.name, form.hosts, form.loopback) == (Exit.DONE, "Cổng mẫu", (host,), True)
    assert Section("Tin tức - Sự kiện", f"http://{host}/tin-tuc") in form.sections
    assert "article\tno\t" in out


def test_try_a_list_shows_the_postback_to_its_next_page(call: Call, tmp_path: Path) -> None:
    rows = "".join(f"<li><a href='/tin-tuc/ban-tin-so-{i}-88{i}.html'>Bản tin số {i} của ngành</a></li>" for i in "123")
    pager = "<a href=\"javascript:__doPostBack('ctl00$pager','2')\">Trang sau</a>"
    form = f"<form method='post' action='list.aspx'><input type='hidden' name='__VIEWSTATE' value='x'>{pager}</form>"
    saved = tmp_path / "saved.html"
    saved.write_text(f"<html><body><ul>{rows}</ul>{form}</body></html>", encoding="utf-8")
    _, out, _ = call("try", "--file", str(saved), "--url", "https://www.hanoi.gov.vn/tin-tuc/")
    told = "https://www.hanoi.gov.vn/tin-tuc/list.aspx\tpostback: __doPostBack('ctl00$pager','2')"
    assert f"next page\t{told}" in out


def test_try_a_saved_page_of_a_host_in_the_registry(call: Call, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(HOME, encoding="utf-8")
    status, out, _ = call("try", "--file", str(saved), "--url", "https://www.hanoi.gov.vn/")
    form = portal_from_toml(out[out.index("# ha-noi.toml: a draft") :], "ha-noi")
    assert (status, form.province, form.hosts) == (Exit.DONE, "ha-noi", ("www.hanoi.gov.vn", "hanoi.gov.vn"))


def test_a_draft_for_an_unknown_host_says_what_is_missing(call: Call, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(HOME, encoding="utf-8")
    status, out, _ = call("try", "--file", str(saved), "--url", "https://tin.example.org/")
    assert status == Exit.DONE
    assert 'name      = "Cổng mẫu"' in out
    with pytest.raises(BadPortalFile, match="province"):
        portal_from_toml(out[out.index("# tin-example-org.toml") :], "tin-example-org")


def test_record_saves_the_page_and_its_item(call: Call, host: str, tmp_path: Path) -> None:
    address = f"http://{host}/tin/khanh-thanh-cau-1234.html"
    status, _, err = call("record", "mau", address, "--into", str(tmp_path / "cases"))
    name = "2025-05-12-khanh-thanh-cau-treo-thon-mau"
    page, case = (tmp_path / "cases" / "mau" / f"{name}{ending}" for ending in (".html", ".json"))
    assert (status, err) == (Exit.DONE, "")
    assert page.read_text(encoding="utf-8") == ARTICLE
    expected = json.loads(case.read_text(encoding="utf-8"))
    assert (expected["portal"], expected["url"]) == ("mau", address)
    assert expected["headers"] == {"content-type": "text/html; charset=utf-8"}
    assert expected["item"]["title"] == "Khánh thành cầu treo thôn mẫu"
    assert expected["item"]["extraction"].keys() == {"family", "layout"}
    # nothing is written over
    status, _, err = call("record", "mau", address, "--into", str(tmp_path / "cases"))
    assert (status, err.count("\n")) == (Exit.BAD_INPUT, 1)
    assert "is there already" in err


def test_a_second_page_of_a_name_gets_a_number(call: Call, host: str, tmp_path: Path) -> None:
    saved = tmp_path / "lost.html"
    saved.write_text("<title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>", encoding="utf-8")
    names = []
    for path in ("a", "b", "a"):
        status, _, err = call(
            "record", "mau", f"http://{host}/{path}", "--file", str(saved), "--into", str(tmp_path / "cases")
        )
        names.append((status, "is there already" in err))
    assert names == [(Exit.DONE, False), (Exit.DONE, False), (Exit.BAD_INPUT, True)]
    assert sorted(path.name for path in (tmp_path / "cases" / "mau").iterdir()) == [
        f"no-article-soft_404{more}{ending}" for more in ("-2", "") for ending in (".html", ".json")
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"%PDF-1.7 <</Type/Page>>", "is no text"),
        (b"<\x00\x07\xfe\x80", "is no text"),
        (b"tin", "is no HTML"),
    ],
)
def test_a_file_that_is_no_page(call: Call, host: str, tmp_path: Path, body: bytes, problem: str) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(body)
    for words in (("try", "--url"), ("record", "mau", "--into", str(tmp_path / "cases"), "--url")):
        status, out, err = call(*words, f"http://{host}/x", "--file", str(saved))
        assert (status, out, err.count("\n")) == (Exit.BAD_INPUT, "", 1)
        assert err.startswith(f"{saved}: {problem} (allowed: ")
    assert not (tmp_path / "cases").exists()


BAD_INPUT = [
    *(
        (("try", "--file", "x.html", "--url", url), f"--url {url}: not an address (allowed: http://host/path or")
        for url in (
            "https://[::1/x",
            "hanam.gov.vn/x",
            "ftp://hanam.gov.vn/x",
            "https://",
            "https:///x",
            "https://a.vn:99999/x",
            "https://a.vn:abc/",
            "https://a.vn/x y",
        )
    ),
    (("check", "--file", "x"), "--file: no option of check (allowed: --live)"),
    (("check", "--into", "x"), "--into: no option of check (allowed: --live)"),
    (("list", "--live"), "--live: no option of list (allowed: none)"),
    (("try", "demo", "--live"), "--live: no option of try (allowed: --file, --url)"),
    (("check", "ha-noi"), "no form is called 'ha-noi': that portal is known by its host in the registry alone"),
    ((), "a verb is missing (allowed: list, try, record, check)"),
    (("lst",), "lst: no such verb; nearest: list"),
    (("list", "x"), "list takes no arguments, not 'x'"),
    (("check", "--liv"), "--liv: no such option"),
    (("check", "kon-tun"), "no form is called 'kon-tun'; nearest: kon-tum"),
    (("try",), "try takes one address or slug"),
    (("try", "dmo"), "no portal is called 'dmo'; nearest: demo"),
    (("try", "demo", "--url", "https://a.vn/"), "try takes one address or slug"),
    (("try", "--file", "x.html"), "try --file SAVED needs --url ADDRESS"),
    (("try", "--file", "/nowhere/x.html", "--url", "https://a.vn/"), "/nowhere/x.html: No such file"),
    (("try", "--file", "x.html", "--url", "demo"), "--url demo: not an address"),
    (("try", "ftp://a.vn/x"), "only addresses that begin with http://"),
    (("try", "file:///etc/hostname"), "only addresses that begin with http://"),
    (("try", "http://127.0.0.1:9/"), "127.0.0.1 is a loopback address"),
    (("try", "http://[::1]:9/"), "::1 is a loopback address"),
    (("try", "http://2130706433:9/"), "127.0.0.1 is a loopback address"),
    (("try", "http://169.254.169.254/latest/"), "169.254.169.254 is a link-local address"),
    (("try", "http://10.0.0.1/"), "10.0.0.1 is a private address"),
    (("try", "http://[::1/"), "Invalid IPv6 URL"),
    (("try", "https://"), "https://: names no host"),
    (("try", "https:///tin"), "https:///tin: names no host"),
    (("record", "demo"), "record takes a slug and one address"),
    (("record", "demo", "demo"), "record takes a slug and one address"),
    (("record", "demo", "https://a.vn/x"), "on none of the hosts of demo"),
]


@pytest.mark.parametrize(("words", "message"), BAD_INPUT)
def test_bad_input_is_one_line_and_status_2(call: Call, words: tuple[str, ...], message: str) -> None:
    status, out, err = call(*words)
    assert (status, out, err.count("\n")) == (Exit.BAD_INPUT, "", 1)
    assert message in err


def test_a_folder_of_forms_that_is_none(call: Call, forms: Path) -> None:
    for verb in ("list", "check"):
        status, _, err = call(verb, "-s", f"PORTALS_DIR={forms}/nowhere")
        assert (status, err) == (Exit.BAD_INPUT, f"{forms}/nowhere: no such folder of portal forms\n")


@pytest.mark.parametrize("path", ["/elsewhere", "/file"])
def test_a_redirect_is_judged_as_the_first_address_was(host: str, path: str) -> None:
    with pytest.raises(ProbeFailed, match=r"127\.0\.0\.2 is a loopback|redirects to file:"):
        fetch(f"http://{host}{path}", "test", loopback=[host])


def test_a_portal_that_does_not_answer(call: Call, forms: Path) -> None:
    form = (forms / "mau.toml").read_text(encoding="utf-8")
    (forms / "stumm.toml").write_text(form.replace("127.0.0.1:", "127.0.0.1:1 #", 1).replace(" #", '"] #', 1), "utf-8")
    status, out, err = call("try", "stumm")
    assert (status, out, err.count("\n")) == (Exit.NOTHING, "", 1)
    assert "refused" in err


def test_the_command_is_found_by_scrapy() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "portal", "check", "demo"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 form is valid\n", "")


@pytest.mark.parametrize("word", [*FORM, *SELECTORS, "articles_per_run", "filled", "delay", "tls", "until", "url"])
def test_contributing_knows_every_key(word: str) -> None:
    english, vietnamese = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n# Đóng góp\n")
    for part in (english, vietnamese):
        assert f"`{word}`" in part or f"`[{word}]`" in part or f"`[[{word}]]`" in part or f"`{word} = " in part


def test_contributing_knows_every_verb() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert all(f"scrapy portal {verb}" in text for verb in ("list", "try", "record", "check"))
