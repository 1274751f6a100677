"""A WACZ holds the very records, says where each lies, leaves out what is withheld; a stranger checks the evidence."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive.reader import Archive
from archive.storage.members import read_record

TEN, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/c083172e72b424ec"
FILE = "https://www.kon-tum.example/tep/111.pdf"

Tell = Callable[..., tuple[int, str, str]]


def described(path: Path) -> dict[str, bytes]:
    """The files of a WACZ, each as its description says it is."""
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    said = json.loads(files["datapackage.json"])
    assert said["wacz_version"] == "1.1.1"
    assert {each["path"] for each in said["resources"]} == files.keys() - {
        "datapackage.json",
        "datapackage-digest.json",
    }
    for each in said["resources"]:
        digest = hashlib.sha256(files[each["path"]]).hexdigest()
        assert (each["hash"], each["bytes"]) == (f"sha256:{digest}", len(files[each["path"]]))
    digest = hashlib.sha256(files["datapackage.json"]).hexdigest()
    assert json.loads(files["datapackage-digest.json"]) == {"path": "datapackage.json", "hash": f"sha256:{digest}"}
    return files


def indexed(files: dict[str, bytes], tmp_path: Path) -> dict[str, str]:
    """Address -> digest of its record's bytes, read where the index says."""
    found = {}
    lines = files["indexes/index.cdx"].splitlines()
    assert lines == sorted(lines)
    for line in lines:
        said = json.loads(line.split(b" ", 2)[2])
        path = tmp_path / said["filename"]
        path.write_bytes(files[f"archive/{said['filename']}"])
        record = read_record(path, int(said["offset"]), int(said["length"]))
        assert record.headers.url == said["url"]
        found[said["url"]] = record.headers.get("WARC-Payload-Digest") or ""
    return found


def test_pages_with_their_files_and_nothing_else(tell: Tell, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    status, out, err = tell("export", str(path), "--author", "Thái Ninh", "--portal", "kon-tum", "--full-text")
    assert (status, out) == (0, "")
    assert err.startswith(f"archive: {path}: 2 articles\n")
    files = described(path)
    header, *pages = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]
    assert header["format"] == "json-pages-1.0"
    assert [each["title"] for each in pages] == ["Hội nghị lần thứ 10", "Hội nghị lần thứ tám"]
    assert set(indexed(files, tmp_path)) == {*(each["url"] for each in pages), FILE}
    assert "rights/RIGHTS.md" in files


def test_whole_pages_go_out_only_where_that_was_asked_for(tell: Tell, tmp_path: Path) -> None:
    for words in (["export", str(tmp_path / "a.wacz")], ["package", str(tmp_path / "set"), "--wacz"]):
        status, out, err = tell(*words)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "--full-text" in err
    assert tell("package", str(tmp_path / "set"), "--wacz", "--full-text")[0] == 0
    assert indexed(described(tmp_path / "set" / "pages.wacz"), tmp_path)


def test_what_is_withheld_is_in_no_wacz(tell: Tell, tmp_path: Path) -> None:
    for name, value in (("--id", EIGHT), ("--address", FILE)):
        tell("withhold", name, value, "--reason", "r", "--by", "b")
    assert tell("export", str(tmp_path / "a.wacz"), "--full-text")[0] == 0
    addresses = set(indexed(described(tmp_path / "a.wacz"), tmp_path))
    assert FILE not in addresses
    assert not {each for each in addresses if each.endswith("/tin/8")}
    assert tell("evidence", EIGHT, str(tmp_path / "e.wacz"))[0] == 3
    assert not (tmp_path / "e.wacz").exists()


def test_evidence_is_checked_with_what_every_machine_has(tell: Tell, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "e 1.wacz"
    status, out, err = tell("evidence", EIGHT, str(path), "--revision", "1")
    assert (status, out) == (0, "")
    assert "evidence/STEPS.md" in err
    files = described(path)
    with Archive(folder) as archive:
        view = archive.article(EIGHT, 1)
    assert json.loads(files["evidence/item.jsonl"]) == view.item
    steps = files["evidence/STEPS.md"].decode()
    assert view.item["revision"] in steps
    assert "urn:pwid:province-archive:" in steps
    if not shutil.which("unzip"):
        pytest.skip("no unzip here")
    script = "\n".join(re.findall(r"```sh\n(.*?)```", steps, re.DOTALL))
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "evidence/item.jsonl: OK" in ran.stdout
    stated = {name: re.findall(rf"WARC-{name}-Digest: (\S+)", ran.stdout) for name in ("Block", "Payload")}
    computed = {name: re.findall(rf"computed {name.lower()} digest: +(\S+)", ran.stdout) for name in stated}
    assert computed["Block"] == stated["Block"]
    assert len(stated["Block"]) == 2  # the page had been captured before: a revisit, and the record it stands for
    assert computed["Payload"] == [view.item["snapshot"]["payload_digest"]] == stated["Payload"][1:]


def test_a_warc_moved_elsewhere_is_named(tell: Tell, folder: Path, tmp_path: Path) -> None:
    for path in (folder / "portals" / "kon-tum" / "warc").iterdir():
        path.rename(tmp_path / path.name)
    status, out, err = tell("evidence", TEN, str(tmp_path / "e.wacz"))
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert "offline" in err
    status, _, err = tell("export", str(tmp_path / "a.wacz"), "--full-text")
    assert status == 3
    assert "offline, 3 exchanges" not in err or "left out" in err


def test_a_warc_that_is_missing_is_damage(tell: Tell, folder: Path, tmp_path: Path) -> None:
    [warc] = (folder / "portals" / "kon-tum" / "warc").iterdir()
    warc.with_name("another.warc.gz").touch()
    warc.rename(tmp_path / warc.name)
    for number, words in enumerate((["evidence", TEN], ["snapshot", TEN], ["snapshot", TEN, "--body"])):
        to = [str(tmp_path / f"{number}.wacz")] if words[0] == "evidence" else []
        status, out, err = tell(*words, *to)
        assert (status, out, "missing, while other WARCs are there" in err) == (9, "", True), words
    for words in (["export", str(tmp_path / "a.wacz")], ["package", str(tmp_path / "p"), "--wacz"]):
        status, _, err = tell(*words, "--full-text")
        assert (status, f"left out: {warc.name}: missing, " in err) == (9, True), words


def kept_of(folder: Path) -> tuple[Path, list[tuple[int, int, str]]]:
    """The WARC of Kon Tum, and of its snapshots offset, length and record id, in order."""
    [warc] = (folder / "portals/kon-tum/warc").iterdir()
    with closing(sqlite3.connect(folder / "portals/kon-tum/ledger.sqlite")) as ledger:
        return warc, list(ledger.execute("SELECT offset, length, record_id FROM snapshots ORDER BY offset"))


def records_in(path: Path) -> set[str]:
    """The answers that a WACZ holds of Kon Tum."""
    with zipfile.ZipFile(path) as package, package.open(next(n for n in package.namelist() if "kon-tum" in n)) as file:
        held = gzip.decompress(file.read())
    return {bare.decode() for bare in re.findall(rb"WARC-Record-ID: <(urn:uuid:[^>]+)>", held)}


@pytest.mark.parametrize("whole", [0, 1, 3])
@pytest.mark.parametrize("inside", [False, True])
def test_what_lies_behind_the_end_of_a_cut_warc_is_counted(
    tell: Tell, folder: Path, tmp_path: Path, whole: int, inside: bool
) -> None:
    warc, snapshots = kept_of(folder)
    assert tell("export", str(tmp_path / "sound.wacz"), "--portal", "kon-tum", "--full-text")[0] == 0
    chosen = [each for each in snapshots if each[2] in records_in(tmp_path / "sound.wacz")]
    offset, length, _ = chosen[whole]
    os.truncate(warc, (offset + length // 2) if inside else offset if whole else 0)
    behind = len(chosen) - whole - inside
    size, many = warc.stat().st_size, "s" * (behind > 1)
    lost = f"archive: left out: {warc.name}: cut, {behind} exchange{many} would lie behind its end at {size}"
    torn = f"archive: left out: {warc.name} at {offset}: cut: the file ends inside a record"
    told = [lost] * (behind > 0) + [torn] * inside
    for words, made in ((["export"], "a.wacz"), (["package", "--wacz"], "p")):
        status, _, err = tell(*words, str(tmp_path / made), "--portal", "kon-tum", "--full-text")
        assert (status, [line for line in err.splitlines() if "left out" in line]) == (9, told)
    for path in (tmp_path / "a.wacz", tmp_path / "p/pages.wacz"):
        described(path)
        assert records_in(path) & {each[2] for each in snapshots} == {each[2] for each in chosen[:whole]}


def spoil(folder: Path, record_id: str, how: str) -> None:
    """Flip four bytes in a record, cut it, or cut all."""
    warc, snapshots = kept_of(folder)
    offset, length = next(each[:2] for each in snapshots if each[2] == record_id)
    if how == "flipped":
        data = bytearray(warc.read_bytes())
        data[offset + length // 2 : offset + length // 2 + 4] = bytes(
            b ^ 0xFF for b in data[offset + length // 2 :][:4]
        )
        warc.write_bytes(data)
    else:
        os.truncate(warc, {"behind": offset, "inside": offset + length // 2, "empty": 0}[how])


@pytest.mark.parametrize("how", ["flipped", "behind", "inside", "empty"])
@pytest.mark.parametrize("which", ["record_id", "refers_to"])
def test_there_is_no_evidence_without_its_record(
    tell: Tell, folder: Path, tmp_path: Path, how: str, which: str
) -> None:
    with Archive(folder) as archive:
        page = archive.article(EIGHT, 1).snapshot
    assert page
    spoil(folder, getattr(page, which), how)
    path = tmp_path / "e.wacz"
    for words in (["evidence", EIGHT, str(path)], ["snapshot", page.record_id]):
        status, out, err = tell(*words, *(["--revision", "1"] * (words[0] == "evidence")))
        assert (status, out, err.count("\n")) == (9, "", 1), words
        assert re.search(r"\.warc\.gz at \d+: ", err), words
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_evidence_says_what_of_the_page_it_lacks(tell: Tell, folder: Path, tmp_path: Path) -> None:
    with Archive(folder) as archive:
        [file] = archive.snapshots(FILE)
    spoil(folder, file.record_id, "flipped")
    status, _, err = tell("evidence", TEN, str(tmp_path / "e.wacz"))
    steps = described(tmp_path / "e.wacz")["evidence/STEPS.md"].decode()
    lacks = f"{file.warc} at {file.offset}: "
    assert (status, f"left out: {lacks}" in err, f"\n- {lacks}" in steps) == (9, True, True)


def test_another_record_in_its_place_is_not_taken_for_it(tell: Tell, folder: Path, tmp_path: Path) -> None:
    warc, snapshots = kept_of(folder)
    tell("export", str(tmp_path / "sound.wacz"), "--portal", "kon-tum", "--full-text")
    first, second, *_ = (each for each in snapshots if each[2] in records_in(tmp_path / "sound.wacz"))
    with closing(sqlite3.connect(folder / "portals/kon-tum/ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE snapshots SET offset = ? WHERE record_id = ?", (second[0], first[2]))
    status, _, err = tell("export", str(tmp_path / "a.wacz"), "--portal", "kon-tum", "--full-text")
    assert (status, f"left out: {warc.name} at {second[0]}: {second[2]}, not {first[2]}\n" in err) == (9, True)
    assert first[2] not in records_in(tmp_path / "a.wacz")


def test_a_page_whose_record_is_offline_is_no_page_of_the_export(tell: Tell, folder: Path, tmp_path: Path) -> None:
    (folder / "portals/kon-tum/warc").rename(tmp_path / "elsewhere")
    status, _, err = tell("export", str(tmp_path / "o.wacz"), "--full-text")
    assert (status, "offline" in err, "o.wacz: 2 articles" in err) == (3, True, True)
    with zipfile.ZipFile(tmp_path / "o.wacz") as made:
        pages = [json.loads(line) for line in made.read("pages/pages.jsonl").splitlines()[1:]]
    assert [each["url"].split("/")[2] for each in pages] == ["www.quang-ngai.example"] * 2
    assert tell("package", str(tmp_path / "p"), "--full-text", "--wacz")[0] == 3


def test_no_export_makes_a_folder_on_its_way(tell: Tell, tmp_path: Path) -> None:
    status, _, err = tell("export", str(tmp_path / "nodir" / "x.csv"))
    assert (status, f"no folder {tmp_path / 'nodir'}" in err, list(tmp_path.glob("nodir"))) == (2, True, [])
    status, _, err = tell("evidence", TEN, str(tmp_path / "nodir" / "x.wacz"))
    assert (status, f"no folder {tmp_path / 'nodir'}" in err, list(tmp_path.glob("nodir"))) == (2, True, [])


def test_a_full_disk_leaves_nothing(tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = tell("export", str(tmp_path / "a.wacz"), "--full-text")
    assert status == 7
    assert err == f"archive: {tmp_path / 'a.wacz'}: No space left on device\n"
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    status, _, err = tell("evidence", TEN, str(tmp_path / "e.wacz"))
    assert (status, err) == (7, f"archive: {tmp_path / 'e.wacz'}: No space left on device\n")


BAD = [
    (["evidence", TEN, "e.zip"], "a name that ends in .wacz"),
    (["evidence", "kon-tum/ffff"], "no article"),
    (["evidence", TEN, "--revision", "9"], "no revision"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_input_is_one_line(tell: Tell, words: list[str], said: str) -> None:
    status, out, err = tell(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_the_makers_of_the_format_find_it_valid(tell: Tell, tmp_path: Path) -> None:
    program = pytest.importorskip("wacz.main", reason="the Python package wacz is not installed")
    tell("export", str(tmp_path / "a.wacz"), "--full-text")
    tell("evidence", TEN, str(tmp_path / "e.wacz"))
    for name in ("a", "e"):
        assert program.main(["validate", "-f", str(tmp_path / f"{name}.wacz")]) == 0
