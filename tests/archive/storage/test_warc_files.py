"""Files roll over, get their names when they are durable, and outlive a disk that refuses."""

import errno
import os
import random
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from archive.schema import Exchange
from archive.storage import exchanges, warc
from archive.storage.warc import ArchiveDiskError


def test_files_roll_over_by_size_and_get_their_names_one_sync_after_their_rows(folder, exchange, writer, types):
    out = writer(max_bytes=3000)
    for number in range(7):
        out.write(exchange(url=f"http://h/{number}"))
    rolled = len(folder.open_warcs())
    assert rolled >= 3
    closed = []
    for _ in range(3):
        out.sync()
        closed.append(len(folder.closed_warcs()))
    assert closed == [0, 0, rolled - 1]
    out.close()
    assert [types(path)[0] for path in folder.closed_warcs()] == [("warcinfo", None)] * rolled
    assert [path.name[23:28] for path in folder.closed_warcs()] == [f"{number:05d}" for number in range(rolled)]


def test_files_roll_over_by_age(folder, exchange, writer):
    clock = [datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)]
    out = writer(max_age=timedelta(hours=1), now=lambda: clock[0])
    out.write(exchange())
    clock[0] += timedelta(minutes=59)
    out.write(exchange())
    assert len(folder.open_warcs()) == 1
    clock[0] += timedelta(minutes=1)
    out.write(exchange())
    assert len(folder.open_warcs()) == 2
    out.close()


def test_no_file_is_ever_overwritten(folder, exchange, writer):
    taken = folder.warc_dir / "kon-tum-20261123080000-00000-vm.warc.gz"
    taken.write_bytes(b"precious")
    other = folder.warc_dir / "kon-tum-20261123080000-00001-vm.warc.gz.open"
    other.write_bytes(b"another run's")
    out = writer()
    out.write(exchange())
    out.close()
    assert (taken.read_bytes(), other.read_bytes()) == (b"precious", b"another run's")
    assert (folder.warc_dir / "kon-tum-20261123080000-00002-vm.warc.gz").exists()


def test_nothing_written_leaves_nothing(folder, writer):
    out = writer()
    assert out.sync() is None
    out.close()
    out.close()
    assert list(folder.warc_dir.iterdir()) == []


def test_sync_says_how_far_the_file_is_durable(folder, exchange, writer):
    out = writer()
    out.write(exchange())
    durable = out.sync()
    assert durable == warc.Durable("kon-tum-20261123080000-00000-vm.warc.gz", folder.open_warcs()[0].stat().st_size)
    out.close()


@pytest.mark.parametrize("body", [b"<h1>Tin</h1>" * 200, random.Random(2).randbytes(2 << 20)], ids=["small", "spooled"])
def test_an_exchange_is_one_write(exchange, monkeypatch, body, writer):
    out = writer()
    out.write(exchange())
    sizes = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: sizes.append(len(data)) or write(descriptor, data))
    written = out.write(exchange(body=body))
    assert sizes == [written.size]
    out.close()


def test_short_writes_are_carried_on(folder, exchange, monkeypatch, writer, only_file, types):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:700]))
    out = writer()
    written = out.write(exchange())
    out.close()
    assert [problem for _, problem in types(only_file())] == [None] * 4
    assert warc.read_exchange(folder, written.snapshot).decode().body == b"<h1>Tin</h1>" * 200


def full_disk(monkeypatch, room):
    """A disk that takes `room` more bytes."""
    write = os.write
    left = [room]

    def some(descriptor, data):
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = write(descriptor, data[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", some)


@pytest.mark.parametrize("room", [0, 1, 300, 900])
def test_a_full_disk_costs_one_exchange_and_no_more(folder, exchange, monkeypatch, room, writer, only_file, types):
    out = writer()
    first = out.write(exchange())
    with monkeypatch.context() as patched:
        full_disk(patched, room)
        with pytest.raises(ArchiveDiskError, match="No space left"):
            out.write(exchange())
    third = out.write(exchange(url="http://h/3"))
    assert third.snapshot.offset == first.snapshot.offset + first.size
    out.close()
    assert [problem for _, problem in types(only_file())] == [None] * 7
    assert len(folder.index.read_text().splitlines()) == 2


def test_a_disk_full_from_the_start_leaves_no_file(folder, exchange, monkeypatch, writer):
    full_disk(monkeypatch, 10)
    out = writer()
    with pytest.raises(ArchiveDiskError):
        out.write(exchange())
    out.close()
    assert list(folder.warc_dir.iterdir()) == []


def test_after_a_failed_fsync_nothing_is_acknowledged_again(folder, exchange, monkeypatch, writer):
    out = writer()
    out.write(exchange())

    def broken(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(ArchiveDiskError):
            out.sync()
    for act in (out.sync, out.close, lambda: out.write(exchange())):
        with pytest.raises(ArchiveDiskError):
            act()
    assert len(folder.open_warcs()) == 1


def test_syncing_in_another_thread_while_writing(folder, exchange, writer):
    out = writer(max_bytes=20_000)
    done = threading.Event()
    errors = []

    def keep_syncing():
        while not done.is_set():
            try:
                out.sync()
            except Exception as error:
                errors.append(error)

    thread = threading.Thread(target=keep_syncing)
    thread.start()
    refs = [out.write(exchange(url=f"http://h/{number}")).snapshot for number in range(200)]
    done.set()
    thread.join(10)
    out.close()
    assert errors == []
    assert [warc.read_exchange(folder, ref).head.status for ref in refs] == [200] * 200
    assert len(folder.index.read_text().splitlines()) == 200


def test_a_spooled_body_stays_out_of_memory(exchange, tmp_path, writer):
    big = tmp_path / "body"
    with big.open("wb") as file:
        file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
        for _ in range(48):
            file.write(os.urandom(1 << 20))
    out = writer()
    with big.open("rb") as file:
        each = Exchange(
            "http://h/pdf", datetime(2026, 11, 23, tzinfo=UTC), b"GET", file, size=big.stat().st_size, status=200
        )
        tracemalloc.start()
        written = out.write(each)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    out.close()
    assert written.payload_length == 48 << 20
    assert peak < exchanges.SPOOL * 4
