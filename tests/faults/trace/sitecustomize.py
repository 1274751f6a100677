"""Loaded into a crawl by PYTHONPATH: notes every fsync (FAULT_TRACE), or sets its clock (FAULT_CLOCK).

`power.py` says from the notes what a power cut would leave.
One line of JSON per fsync, written after it returned, with one unbuffered write that a kill cannot take back: of a file
its inode and length, of a folder the names in it and their inodes. A hard link keeps every synced inode's bytes. Of the
ledger, whose syncs are SQLite's own, every commit that has returned, by the generation (salt) of its log.
"""

import contextlib
import json
import os
import sqlite3
import stat

_into = os.environ.get("FAULT_TRACE")
if _into:
    _log = os.open(os.path.join(_into, "log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)  # noqa: PTH118
    _fsync = os.fsync

    def fsync(file):
        fd = file if isinstance(file, int) else file.fileno()
        before = os.fstat(fd)  # the size that is durable is at least the one before the sync
        _fsync(fd)
        path = os.readlink(f"/proc/self/fd/{fd}")  # noqa: PTH115
        if stat.S_ISDIR(before.st_mode):
            names = {}
            for each in os.scandir(fd):
                names[each.name] = each.inode()
            note = {"folder": path, "names": names}
        else:
            with contextlib.suppress(FileExistsError, FileNotFoundError):
                os.link(path, os.path.join(_into, str(before.st_ino)))  # noqa: PTH118
            note = {"inode": before.st_ino, "size": before.st_size}
        os.write(_log, json.dumps(note).encode() + b"\n")

    os.fsync = fsync

    _connect = sqlite3.connect

    class Ledger(sqlite3.Connection):
        """Notes its commits once they are durable."""

        _changes = 0

        def execute(self, sql, *values):
            done = super().execute(sql, *values)
            if sql == "COMMIT":
                self._note()
            return done

        def executescript(self, script):
            done = super().executescript(script)
            self._changes -= 1  # a schema is no change of rows
            self._note()
            return done

        def _note(self):
            if self._changes != self.total_changes:
                self._changes = self.total_changes
                with open(self._wal, "rb") as log:  # noqa: PTH123
                    salt = log.read(32)[16:24].hex()
                os.write(_log, json.dumps({"commit": salt}).encode() + b"\n")

    def connect(path, *args, **kwargs):
        if not str(path).endswith("ledger.sqlite"):
            return _connect(path, *args, **kwargs)
        base = _connect(path, *args, factory=Ledger, **kwargs)
        base._wal = f"{path}-wal"
        return base

    sqlite3.connect = connect


def _set_clock(plan):
    """The wall clock, off by what `plan` says: `seconds since the start:seconds off` and so on, `0:86400,3:-86400`."""
    import datetime
    import time

    steps = [tuple(map(float, each.split(":"))) for each in plan.split(",")]
    began, true_time = time.monotonic(), time.time

    def off():
        return [by for at, by in steps if time.monotonic() - began >= at][-1]

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + datetime.timedelta(seconds=off())

    datetime.datetime = Clock
    time.time = lambda: true_time() + off()


if os.environ.get("FAULT_CLOCK"):
    _set_clock(os.environ["FAULT_CLOCK"])
