"""The rules that a story is held to, as a list shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workstation.domain.house_style import HouseStyle, StyleRule
from workstation.domain.story import Story
from workstation.errors import WorkstationError
from workstation.workflow.house_styles import HouseStyles


@dataclass(frozen=True, slots=True)
class StyleRow:
    """A rule with its message, filled in from its first example, and that example; ``sheet`` is the file it stands in."""

    id: str
    category: str
    sheet: str
    message: str
    wrong: str
    mended: str | None
    on: bool


@dataclass(frozen=True, slots=True)
class StyleList:
    """The rules of the styles that a story may be held to, what can be chosen, and what is wrong with own files.

    ``house`` is the publication that says which style, ``off_there`` the rules that it does not keep.
    """

    rows: tuple[StyleRow, ...]
    titles: Mapping[str, str]
    names: tuple[str, ...]
    chosen: str | None
    house: str | None
    off_there: frozenset[str]
    faults: tuple[str, ...]


def list_rules(styles: HouseStyles, story: Story | None, off_there: frozenset[str]) -> StyleList:
    """What there is for ``story``, or for a new one. Reads files: call it beside the window's thread."""
    held = styles.held(story)
    rows: dict[tuple[str, str], StyleRow] = {}
    faults = [fault.detail for fault in styles.files.faults()]
    for name in held.names:
        try:
            style = styles.files.style(name)
        except WorkstationError as error:
            faults.append(f"{error.title}: {error.detail}")
            continue
        for row in _rows(style, styles.off):
            rows.setdefault((row.sheet, row.id), row)
    ordered = sorted(rows.values(), key=lambda row: row.category)
    return StyleList(tuple(ordered), styles.names(), held.names, styles.chosen, held.house, off_there, tuple(faults))


def _rows(style: HouseStyle, off: frozenset[str]) -> Iterator[StyleRow]:
    titles = {id(rule): sheet.title for sheet in style.sheets for rule in sheet.rules}
    for key, rule in style.every_rule.items():
        example = rule.wrong[0] if rule.wrong else None
        wrong, mended = (example.text, example.mended) if example else (_first_phrase(rule), None)
        yield StyleRow(key, rule.category, titles[id(rule)], _message(rule, style, wrong), wrong, mended, key not in off)


def _first_phrase(rule: StyleRule) -> str:
    return rule.phrases[0][0] if rule.phrases else rule.pattern


def _message(rule: StyleRule, style: HouseStyle, wrong: str) -> str:
    """The message about the first thing that is wrong in an example."""
    from workstation.review.styles.house_style import slips_in  # noqa: PLC0415 - the window is painted before a story is checked

    language = next(iter(rule.languages))
    slip = next((slip for slip in slips_in(wrong, style, language) if slip.rule is rule), None)
    return rule.told(wrong[slip.start : slip.end], slip.new) if slip else rule.message
