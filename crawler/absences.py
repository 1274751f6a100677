"""Known articles that a run no longer found: taken down, or is it the portal that has changed?

A redesign to a page of scripts, a wall, or every address led to the home page takes away hundreds of articles in one
night; no editor does. Such a night is no word on any single article: nothing is entered, the run tells it as drift.
Only a form that says on which day the portal was relaunched makes such a night one of deletions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from archive.storage.entries import Outcome

FEW = 5  # fewer in one run may well be an editor's doing
SHARE = 0.5  # of the known articles asked for: where half of them went at once, the portal went


class Absences:
    """What a run was told of known articles; judged when it ends. `since`: when the form says the portal relaunched."""

    def __init__(self, since: str | None = None) -> None:
        self._since = since or ""
        self._held: dict[str, tuple[Outcome, str, str | None]] = {}
        self._known = self._any = self._new = 0

    def present(self, *, known: bool, first_seen: str) -> None:
        """An article answered as one."""
        self._known += known
        self._any += 1
        self._new += first_seen >= self._since

    def hold(self, outcome: Outcome, otherwise: str, *, missed: bool, first_seen: str) -> None:
        """Keep an absence until the run ends; `otherwise`: when to ask again where it is not believed.

        `missed`: a former run missed the article too.
        """
        expected = "missed" if missed else "relaunched" if first_seen < self._since else None
        self._held[outcome.key] = outcome, otherwise, expected

    def _sudden(self) -> bool:
        """Whether so many articles are missed for the first time that it is not they who went.

        Those from before a relaunch may all be missed, as long as an article of the new portal answers.
        """
        reasons = ("missed", "relaunched") if self._new else ("missed",)
        fresh = sum(expected not in reasons for _, _, expected in self._held.values())
        return fresh >= FEW and fresh >= SHARE * (fresh + self._known)

    def _believed(self, outcome: Outcome) -> bool:
        """A status that says so is believed; a page that holds no article only where other articles still answer."""
        return not self._sudden() and (outcome.status in (404, 410) or self._any > 0)

    def outcomes(self) -> list[Outcome]:
        """What to enter: the events that are believed; where they are not, only when to ask again."""
        return [
            outcome if self._believed(outcome) else replace(outcome, event=None, due_at=otherwise)
            for outcome, otherwise, _ in self._held.values()
        ]

    def drift(self) -> dict[str, object] | None:
        """What the report says where the portal has changed, not its articles; None where it has not."""
        doubted = [outcome for outcome, _, _ in self._held.values() if not self._believed(outcome)]
        if len(doubted) < FEW:
            return None
        reasons = ", ".join(reason for reason, _ in Counter(each.reason or "" for each in doubted).most_common(3))
        why = f"known articles no longer answer as articles ({reasons}): a relaunch or a wall?"
        asked = len(self._held) + self._known
        return {"of": "known_articles", "expected": asked, "found": asked - len(doubted), "why": why}
