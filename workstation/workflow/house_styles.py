"""House styles: which one a story is held to, and which of its rules are switched off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.changes import NOTHING, Changes, stories_changed
from workstation.domain.house_style import HouseStyle, StyleRule
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import Story
from workstation.errors import WorkstationError
from workstation.store import Store
from workstation.workflow.publications import Publications, Reloaded
from workstation.workflow.style_files import StyleFiles
from workstation.workflow.writing import Writing

NO_STYLE = "none"
AMERICAN, BRITISH = "american", "british"
CHOSEN = "house style"
OFF = "house style off"
"""Notes of the desk: the style for publications that name none, and a list of the rules that are off in every style."""

_AMERICAN_REGIONS = frozenset({"US", "PR", "PH", "LR"})
_MIXED_REGIONS = frozenset({"CA"})


@dataclass(frozen=True, slots=True)
class Held:
    """The names of the styles that a story may be held to, and the publication that says so, if one does."""

    names: tuple[str, ...]
    house: str | None = None


class HouseStyles:
    """The verbs of the house styles. They read files and the store: call them beside the window's thread."""

    def __init__(self, store: Store, writing: Writing, houses: Publications, folder: Path) -> None:
        self._store = store
        self._writing = writing
        self._houses = houses
        self._notes: dict[str, str] | None = None
        self.files = StyleFiles(folder)

    # --- what a story is held to -------------------------------------------------------------------------------------

    def held(self, story: Story | None = None) -> Held:
        """To which styles a story is held: as its publication says, else as chosen for the desk, else as its language is written.

        A language without a region has two candidates: the one that the story breaks least is meant.
        """
        house = self._houses.of(story)
        if house.house_style is not None:
            return Held(() if house.house_style == NO_STYLE else (house.house_style,), house.name)
        if self.chosen is not None:
            return Held(() if self.chosen == NO_STYLE else (self.chosen,))
        return Held(_styles_of_language((story.language if story else None) or house.language))

    def of(self, story: Story | None = None) -> tuple[HouseStyle, ...]:
        """The styles that a story may be held to, without the rules that are off; none where its style is not here."""
        off = self.off | self.off_by_house(story)
        try:
            return tuple(self.files.style(name, off) for name in self.held(story).names)
        except WorkstationError:
            return ()

    def off_by_house(self, story: Story | None = None) -> frozenset[str]:
        """The ids of the rules that the publication of a story does not keep."""
        return frozenset(self._houses.of(story).house_style_off)

    def problems(self, story: Story) -> list[Problem]:
        """What a review has to say where the style that the story is held to is not here, or holds up the review."""
        from workstation.review.styles.house_style import given_up  # noqa: PLC0415 - the window is painted before a story is checked

        held = self.held(story)
        try:
            for name in held.names:
                self.files.style(name)
        except WorkstationError as error:
            mend = "Choose another one in Story › House style…" if held.house is None else f"Mend house_style in {held.house}."
            told = f"{error.title}: {error.detail} {mend}"
            return [Problem("house-style", Severity.WARNING, Place("publication"), told, story.publication or "")]
        return [_given_up(rule) for rule in dict.fromkeys(rule for style in self.of(story) for rule in given_up(style))]

    # --- choosing ----------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str | None:
        """The style for publications that name none; None: as the language of the story is written."""
        return self._note(CHOSEN) or None

    def choose(self, name: str | None) -> Changes:
        """Hold every story whose publication names no style to this one; ``none``: to no style, None: as it is written.

        Raises:
            NotFoundError: no style has this name.
        """
        if name not in (None, NO_STYLE):
            self.files.style(str(name))
        self._keep(CHOSEN, name or "")
        return self._every_story()

    @property
    def off(self) -> frozenset[str]:
        """The ids of the rules that the editor switched off."""
        return frozenset(json.loads(self._note(OFF) or "[]"))

    def switch(self, rule: str, on: bool) -> Changes:
        """Switch a rule of style off, or on again; ``rule`` is its id, or the rule of a problem (``style/…``)."""
        rule = rule.removeprefix("style/")
        return self.switch_all([rule], on)

    def switch_all(self, rules: list[str], on: bool) -> Changes:
        """Switch several rules off, or on again."""
        off = self.off - set(rules) if on else self.off | set(rules)
        if off == self.off:
            return NOTHING
        self._keep(OFF, json.dumps(sorted(off)))
        return self._every_story()

    # --- files -------------------------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """The titles of the styles that can be chosen, by name; every file is known from now on."""
        return self.files.titles()

    def reload(self) -> Reloaded:
        """Look at the editor's own files again."""
        news = self.files.reload()
        now = [(each.before, each.now) for each in news if each.now is not None]
        return Reloaded(
            changes=self._every_story() if news else NOTHING,
            faults=tuple(file.fault for _, file in now if file.fault is not None),
            mended=tuple(file.title for before, file in now if before and before.fault and not file.fault),
            renewed=tuple(file.title for before, file in now if not (before and before.fault) and not file.fault),
        )

    def watched(self) -> list[Path]:
        """The files and folders whose change may change a style."""
        return self.files.watched()

    def _every_story(self) -> Changes:
        return stories_changed(*(entry.id for entry in self._writing.entries()))

    def _note(self, key: str) -> str:
        """A note of the desk; read from the store once, since every review asks."""
        if self._notes is None:
            self._notes = {each: self._store.notes.get(each) or "" for each in (CHOSEN, OFF)}
        return self._notes[key]

    def _keep(self, key: str, value: str) -> None:
        self._note(key)
        self._store.notes.set(key, value)
        self._notes = {**(self._notes or {}), key: value}


def _given_up(rule: StyleRule) -> Problem:
    told = f"The pattern of the rule “{rule.id}” takes too long and is tried no more. Mend its file, or switch the rule off."
    return Problem("house-style", Severity.WARNING, Place("publication"), told, rule.id)


def _styles_of_language(language: str) -> tuple[str, ...]:
    parts = language.upper().split("-")
    region = next((part for part in parts[1:] if len(part) == 2), None)
    if parts[0] != "EN" or region is None or region in _MIXED_REGIONS:
        return AMERICAN, BRITISH
    return (AMERICAN,) if region in _AMERICAN_REGIONS else (BRITISH,)
