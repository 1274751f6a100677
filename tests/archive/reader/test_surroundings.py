"""The reader where it runs: beside a crawl that writes, as a user who may not, on the standard library alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.schema import Article


def test_what_is_committed_is_seen_while_a_crawl_writes(
    crawl: Callable[[str], Any], tmp_path: Path, sample_article: Callable[..., Article]
) -> None:
    run = crawl("kon-tum")
    with Archive(tmp_path / "data") as archive:
        assert list(archive.articles()) == []
        for number in range(1, 4):
            run.page(sample_article("kon-tum", number))
            seen = [view.article.title for view in archive.articles(newest_first=False)]
            assert seen == [f"Hội nghị lần thứ {each}" for each in range(1, number + 1)]
            assert archive.open_snapshot(archive.article(run.newest)).body == "<h1>Hội nghị</h1>".encode() * 100


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the user who may not write")
@pytest.mark.parametrize("beside", [(), ("-wal",), ("-wal", "-shm")])
def test_a_disk_that_cannot_be_written_to(
    crawl: Callable[[str], Any], tmp_path: Path, sample_article: Callable[..., Article], beside: tuple[str, ...]
) -> None:
    """With a write-ahead log that a crash left, what it holds is read too; nothing is written beside the ledger."""
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1))
    if not beside:
        run.close()
    names = ["ledger.sqlite", "portal.toml", *(f"ledger.sqlite{ending}" for ending in beside)]
    kept = tmp_path / "kept" / "kon-tum"
    kept.mkdir(parents=True)
    for name in names:
        shutil.copy(tmp_path / "data/portals/kon-tum" / name, kept)
    for path in (*tmp_path.parents[:2], tmp_path, kept.parent, kept):
        path.chmod(0o755)
    assert _as_nobody(lambda: [view.article.title for view in Archive(kept).articles()]) == "['Hội nghị lần thứ 1']"
    assert sorted(path.name for path in kept.iterdir()) == sorted(names)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the user who may not read")
def test_a_folder_that_may_not_be_read_is_named_and_no_damage(copy: Path) -> None:
    for path in (copy, *copy.parents[:3], *copy.rglob("*")):
        path.chmod(0o755)
    (copy / "portals/kon-tum").chmod(0o700)
    (copy / "portals/quang-ngai/ledger.sqlite").chmod(0o600)

    def look() -> object:
        with Archive(copy) as archive:
            return list(archive.articles()), list(archive.readable()), [each.damaged for each in archive.problems]

    assert _as_nobody(look) == "([], [], [False, False])"


def _as_nobody(work: Callable[[], object]) -> str:
    """What `work` gives in a process of a user who owns nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setuid(65534)
            said = str(work())
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read()


def test_the_standard_library_is_enough_to_read(archive_folder: Path) -> None:
    code = (
        "import sys\n"
        "from archive.reader import Archive\n"
        f"titles = [view.article.title for view in Archive({str(archive_folder)!r}).articles(province='kon-tum')]\n"
        "assert len(titles) == 3\n"
        "extern = {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names\n"
        "print(sorted(name for name in extern if not name.startswith('_')))\n"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.stdout, run.stderr) == ("['archive']\n", "")
