"""The one thread that makes things durable: it fsyncs and commits for all portals, as soon as the disk is free.

No timer: while one fsync runs, those who want to be durable gather, and the next fsync serves them all (measured: a
50 ms timer costs 95 % of the pages per second of a fast host, this costs 17 %).
"""

from __future__ import annotations

import threading
from concurrent.futures import Future

from archive.storage.entries import Outcome
from archive.storage.store import PortalArchive

Waiting = tuple[PortalArchive, Outcome, "Future[Outcome]"]


class Committer:
    """Commits outcomes in the order they were given; `submit` may be called from any thread."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="committer")
        self._thread.start()

    def submit(self, archive: PortalArchive, outcome: Outcome) -> Future[Outcome]:
        """A future that is done when the outcome is durable, or holds the error that prevented it."""
        future: Future[Outcome] = Future()
        with self._wake:
            if self._closed:
                raise RuntimeError("the committer is closed")
            self._waiting.append((archive, outcome, future))
            self._wake.notify()
        return future

    def close(self) -> None:
        """Commit what waits and end the thread."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._closed)
                batch, self._waiting = self._waiting, []
            if not batch:
                return
            for archive in dict.fromkeys(archive for archive, _, _ in batch):
                self._commit(archive, [(outcome, future) for owner, outcome, future in batch if owner is archive])

    @staticmethod
    def _commit(archive: PortalArchive, batch: list[tuple[Outcome, Future[Outcome]]]) -> None:
        try:
            archive.commit([outcome for outcome, _ in batch])
        except Exception as error:
            for _, future in batch:
                future.set_exception(error)
        else:
            for outcome, future in batch:
                future.set_result(outcome)
