"""When a story is kept as a version by itself: the state that a session began with, one a minute, and before long text goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from workstation.domain.body import Body
from workstation.domain.story import Story

EVERY_SECONDS = 60.0
LONG = 200
"""A text of so many characters is long: it is not replaced by a much shorter one without a version of it."""
MUCH_SHORTER = 0.5

_ALL = "all"
"""The place of all texts together: many short cards may go where none is long."""


@dataclass(slots=True)
class VersionWatch:
    """Looks on while one story is written, and says which states of it are versions to be kept with the next saving.

    A state that gives way to a much shorter one is kept in the very transaction that keeps the shorter one: at no moment does
    the store have only that. It does not matter in how many steps a text becomes shorter: each is held against the longest that
    it was since it was last kept so.
    """

    changed: bool = False
    """Whether the story changed since its last version."""
    _pending: list[Story] = field(default_factory=list)
    _began: bool = False
    _last: float | None = None
    _measured: dict[str, tuple[Body | str, int]] = field(default_factory=dict)
    _longest: dict[str, tuple[int, Story]] = field(default_factory=dict)

    def notice(self, old: Story, new: Story) -> None:
        """``new`` is about to take the place of ``old``."""
        if not self._began:
            self._began = True
            self._pending += [old] if _says_something(old) else []
            self._grow(old, self._lengths(old))
        for story in self._given_up(new):
            if all(story is not kept for kept in self._pending):
                self._pending.append(story)
        if old.lead_image is not None and new.lead_image is None and all(old is not kept for kept in self._pending):
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

    def _given_up(self, story: Story) -> list[Story]:
        """The states with the longest texts that ``story`` no longer has, or has only a much shorter one of."""
        lengths = self._lengths(story)
        gone = [
            place
            for place, (length, _) in self._longest.items()
            if length >= LONG and lengths.get(place, 0) < MUCH_SHORTER * length
        ]
        found = [self._longest.pop(place)[1] for place in gone]
        self._grow(story, lengths)
        return found

    def _grow(self, story: Story, lengths: dict[str, int]) -> None:
        for place, length in lengths.items():
            if place not in self._longest or length >= self._longest[place][0]:
                self._longest[place] = (length, story)

    def _lengths(self, story: Story) -> dict[str, int]:
        """The characters of every text of a story; one that is the same object as before is not counted again at every key."""
        texts = _texts(story)
        known = self._measured
        self._measured = {
            place: known[place] if place in known and known[place][0] is text else (text, _length(text))
            for place, text in texts.items()
        }
        lengths = {place: length for place, (_, length) in self._measured.items()}
        return {**lengths, _ALL: sum(lengths.values())}


def _texts(story: Story) -> dict[str, Body | str]:
    """The texts of a story by what tells them apart; a card that is parked is not gone."""
    texts: dict[str, Body | str] = {"news": story.news, "headline": story.headline, "notes": story.notes}
    if story.corrections:
        texts["corrections"] = "".join(note.text for note in story.corrections)
    for card in (*story.signals, *story.parked):
        texts[f"{card.key} headline"] = card.headline
        texts[card.key] = card.body
    return texts


def _length(text: Body | str) -> int:
    """The characters of a text, without joining its runs: this is asked at every key."""
    return len(text) if isinstance(text, str) else sum(len(run.text) for block in text.blocks for run in block.runs)


def _says_something(story: Story) -> bool:
    return any(body.strip() if isinstance(body, str) else body for body in _texts(story).values())
