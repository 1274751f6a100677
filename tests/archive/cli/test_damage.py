"""Damage is named with its place, what is offline is no damage, and the rest is served."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEN = "kon-tum/1e6cca0f4635cd86"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors


def test_verify_names_damage_with_file_offset_and_address(ask: Ask, archive_folder: Path, tmp_path: Path) -> None:
    sound = ask("verify")
    assert sound.status == 0
    assert [line.partition(" (")[0] for line in sound.out.splitlines()] == ["kon-tum: sound", "quang-ngai: sound"]
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (warc,) = (copy / "portals/kon-tum/warc").iterdir()
    place = json.loads(ask("snapshot", TEN, "--json").out)
    data = bytearray(warc.read_bytes())
    data[place["offset"] + place["length"] // 2] ^= 0xFF
    warc.write_bytes(data)
    answer = ask("--archive", str(copy), "verify")
    damage, verdict, other = answer.out.splitlines()
    assert answer.status == 9
    assert damage.startswith(f"kon-tum/warc/{warc.name} at {place['offset']}: ")
    assert damage.endswith("(https://www.kon-tum.example/tin/10)")
    assert verdict.startswith("kon-tum: damaged in 1 place (")
    assert other.startswith("quang-ngai: sound (")
    report = json.loads(ask("--archive", str(copy), "verify", "--json", "--portal", "kon-tum").out)
    assert (report["sound"], [each["portal"] for each in report["portals"]]) == (False, ["kon-tum"])


def test_a_damaged_portal_is_left_out_and_told(ask: Ask, archive_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (copy / "portals/kon-tum/ledger.sqlite").write_bytes(b"gone" * 5000)
    answer = ask("--archive", str(copy), "list")
    assert answer.status == 9
    assert [line.partition("\t")[0] for line in answer.out.splitlines()] == [DAY_ONLY, BARE]
    assert answer.err == (f"archive: portal kon-tum: {copy}/portals/kon-tum/ledger.sqlite: file is not a database\n")


def test_an_article_of_a_damaged_portal_is_not_called_unknown_alone(
    ask: Ask, archive_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (copy / "portals/kon-tum/ledger.sqlite").write_bytes(b"gone" * 5000)
    answer = ask("--archive", str(copy), "show", TEN)
    unknown, problem = answer.err.splitlines()
    assert answer.status == 9
    assert unknown.startswith(f"archive: {copy}: no article {TEN!r}; ")
    assert unknown.endswith("; it may be in what cannot be read")
    assert "1 of them not whole" in ask("--archive", str(copy), "reindex").out
    assert problem.endswith("kon-tum/ledger.sqlite: file is not a database")


@pytest.mark.parametrize("verb", [["snapshot", TEN], ["snapshot", TEN, "--body"]])
def test_a_warc_moved_elsewhere_is_offline_and_no_damage(
    ask: Ask, archive_folder: Path, tmp_path: Path, verb: list[str]
) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    shutil.rmtree(copy / "portals/kon-tum/warc")
    answer = ask("--archive", str(copy), *verb)
    assert (answer.status, answer.out) == (3, "")
    assert "not there, so offline" in answer.err
    assert ask("--archive", str(copy), "show", TEN).status == 0
