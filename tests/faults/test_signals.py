"""Two of the ways to be told to stop; all of them with `python tests/faults/signals.py`."""

from __future__ import annotations

from pathlib import Path
from signal import SIGINT, SIGTERM

from signals import stop


def test_a_transfer_in_flight_is_kept_as_cut_and_asked_for_again(tmp_path: Path) -> None:
    ended = stop(tmp_path, "body", (SIGTERM,))
    assert (ended.status, ended.state, ended.problems, ended.complete) == (5, "due", [], True)
    assert ended.seconds < 10
    assert [cut for cut, _ in ended.truncated] == ["unspecified"]


def test_twice_ends_at_once_and_leaves_a_valid_archive(tmp_path: Path) -> None:
    ended = stop(tmp_path, "silent", (SIGINT, SIGINT))
    assert (ended.status, ended.state, ended.problems, ended.complete) == (5, "due", [], True)
    assert ended.seconds < 4
