"""The examples of docs/ are what they say: their command parses, and their statuses are those of the program."""

import configparser
import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from archive.cli import main
from archive.exits import Exit
from crawler.plan import ARGUMENTS

DOCS = Path(__file__).parents[1] / "docs"
ORDINARY = {Exit.FAILURES, Exit.NOTHING, Exit.INTERRUPTED, Exit.BUDGET}


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read_string((DOCS / name).read_text(encoding="utf-8"))
    return parser


def crontab_line(number: int = 0) -> str:
    lines = (DOCS / "crontab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]][number]


def command_of(text: str) -> list[str]:
    words = shlex.split(text[text.index("scrapy crawl") :].partition(" >>")[0])
    return words


@pytest.mark.parametrize("text", [unit("province-archive.service")["Service"]["ExecStart"], crontab_line()])
def test_the_command_is_one_that_the_crawl_takes(text):
    words = command_of(text)
    assert words[:3] == ["scrapy", "crawl", "province_news"]
    arguments = [word.partition("=")[0] for flag, word in pairwise(words) if flag == "-a"]
    assert arguments
    assert set(arguments) <= set(ARGUMENTS)


def test_an_ordinary_night_is_no_red_unit():
    service = unit("province-archive.service")["Service"]
    assert {Exit(int(status)) for status in service["SuccessExitStatus"].split()} == ORDINARY
    quiet = re.search(r"case \$status in ([\d|]+)\)", crontab_line())
    assert quiet is not None
    assert {Exit(int(status)) for status in quiet[1].split("|")} == ORDINARY | {Exit.DONE}


@pytest.mark.parametrize(("status", "mail"), [(0, False), (3, False), (6, False), (4, False), (7, True), (9, True)])
def test_cron_s_mail_comes_only_when_somebody_must_look(tmp_path, status, mail):
    line = crontab_line().split(maxsplit=5)[5]
    line = line.replace("/opt/province-archive", str(tmp_path)).replace("/srv/province-archive", str(tmp_path))
    line = re.sub(r"uv run .*? >>", f"(exit {status}) >>", line)
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (bool(done.stdout), done.stderr) == (mail, "")


@pytest.mark.parametrize(("status", "mail"), [(0, ""), (3, "kon-tum\tfailures\n")])
def test_the_morning_s_mail_is_what_health_says(tmp_path, status, mail):
    line = crontab_line(1).split(maxsplit=5)[5]
    line = line.replace("/opt/province-archive", str(tmp_path))
    line = re.sub(r"uv run .*\)", f"printf 'kon-tum\\\\tfailures\\\\n'; exit {status})", line)
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (mail, "")


def test_the_health_line_is_one_that_the_verb_takes(tmp_path, capsys):
    words = shlex.split(re.search(r"archive --archive .* health[^)]*", crontab_line(1))[0])
    assert main([*words[1:2], str(tmp_path), *words[3:]]) == Exit.BAD_INPUT
    assert "no archive" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
@pytest.mark.parametrize("name", ["province-archive.service", "province-archive.timer"])
def test_systemd_takes_the_units(name):
    done = subprocess.run(["systemd-analyze", "verify", str(DOCS / name)], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if name in line and "is not executable" not in line]
    assert complaints == []
