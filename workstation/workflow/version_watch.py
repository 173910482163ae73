"""When a story is kept as a version by itself: the state that a session began with, one a minute, and before long text goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from workstation.domain.body import Body
from workstation.domain.story import Story

EVERY_SECONDS = 60.0
LONG = 200
"""A text of so many characters is long: it is not replaced by a much shorter one without a version of it."""
MUCH_SHORTER = 0.5


@dataclass(slots=True)
class VersionWatch:
    """Looks on while one story is written, and says which states of it are versions to be kept with the next saving.

    A state that gives way to a much shorter one is kept in the very transaction that keeps the shorter one: at no moment does
    the store have only that.
    """

    changed: bool = False
    """Whether the story changed since its last version."""
    _pending: list[Story] = field(default_factory=list)
    _began: bool = False
    _last: float | None = None

    def notice(self, old: Story, new: Story) -> None:
        """``new`` is about to take the place of ``old``."""
        is_first, self._began = not self._began, True
        if (is_first and _says_something(old)) or loses_long_text(old, new):
            self._pending.append(old)
        self.changed = True

    def due(self, story: Story, now: float) -> list[Story]:
        """The states to keep as versions with the saving of ``story`` at ``now`` (seconds of a clock that only goes forward)."""
        pending, self._pending = self._pending, []
        if self._last is None:
            self._last = now
        elif self.changed and now - self._last >= EVERY_SECONDS:
            self._last, self.changed = now, False
            pending.append(story)
        return pending

    def put_back(self, states: list[Story]) -> None:
        """The saving failed; its versions are kept with the next one."""
        self._pending[:0] = states

    def settled(self, now: float) -> None:
        """A version of the story as it is was kept for another reason."""
        self._last, self.changed = now, False


def loses_long_text(old: Story, new: Story) -> bool:
    """Whether a long text of ``old`` is gone from ``new``, or is a much shorter one there."""
    after = _bodies(new)
    return any(
        length >= LONG and _length(after.get(place)) < MUCH_SHORTER * length
        for place, body in _bodies(old).items()
        if body is not after.get(place) and (length := _length(body))
    )


def _bodies(story: Story) -> dict[str, Body]:
    """The texts of a story by what tells them apart; a card that is parked is not gone."""
    return {"": story.news, **{card.key: card.body for card in (*story.signals, *story.parked)}}


def _length(body: Body | None) -> int:
    """The characters of a body, without joining them: this is asked at every key."""
    return sum(len(run.text) for block in body.blocks for run in block.runs) if body else 0


def _says_something(story: Story) -> bool:
    return bool(story.headline.strip() or any(_bodies(story).values()))
