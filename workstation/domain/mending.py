"""The fix of a problem, applied to a story. Pure: the story comes back changed, or the error says why it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import Any

from workstation.domain.body import LINE_BREAK, Block, Body, Run, canonical, safe_link
from workstation.domain.problem import Fix, Place
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError

HREF = "href"
_LINES = ("headline", "insights", "region")
_PARTS_OF_IMAGE = ("alt", "caption", "credit")
_PARTS_OF_SOURCE = ("name", "of", "url")


def mended(story: Story, place: Place, fix: Fix) -> Story:
    """``story`` with ``fix`` applied at ``place``.

    In a text (a line of the story, a part of the lead image or of a source, a body) ``new`` takes the place of ``old``, at
    ``fix.start`` where it says one, else where it first stands; a whole text is replaced when ``old`` is the whole of it, as
    the slug always is.
    With the part ``href`` of a body every link to ``old`` inside of the place leads to ``new``. At the sources of a card,
    without an entry, ``new`` is the name of a source to add (one like it on another card lends its address); an entry
    without a part is taken out.

    Raises:
        InputError: the place cannot be mended in this way, or the words are gone.
    """
    if place.card is not None:
        if place.card >= len(story.signals):
            raise _gone()
        card = story.signals[place.card]
        return story.with_changed_card(_mended_card(story, card, place, fix))
    if place.field == "news":
        return replace(story, news=_mended_body(story.news, place, fix))
    if place.field == "slug" and fix.old == story.slug:
        return replace(story, slug=fix.new)
    if place.field in _LINES and place.part is None:
        line: dict[str, Any] = {place.field: _replaced(getattr(story, place.field) or "", fix)}
        return replace(story, **line)
    if place.field == "lead_image" and story.lead_image and place.part in _PARTS_OF_IMAGE:
        text: dict[str, Any] = {place.part: _replaced(getattr(story.lead_image, place.part), fix)}
        return replace(story, lead_image=replace(story.lead_image, **text))
    raise _by_hand()


def _mended_card(story: Story, card: SignalCard, place: Place, fix: Fix) -> SignalCard:
    if place.field == "headline":
        return replace(card, headline=_replaced(card.headline, fix))
    if place.field == "body":
        return replace(card, body=_mended_body(card.body, place, fix))
    if place.field == "sources":
        return replace(card, sources=_mended_sources(story, card.sources, place, fix))
    raise _by_hand()


def _mended_sources(story: Story, sources: tuple[Source, ...], place: Place, fix: Fix) -> tuple[Source, ...]:
    entry = place.entry
    if entry is None:
        return (*sources, _source_named(story, fix.new)) if fix.new else _refused()
    if entry >= len(sources) or (place.part is None and sources[entry].name != fix.old):
        raise _gone()
    if place.part is None:
        return (*sources[:entry], *sources[entry + 1 :])
    if place.part not in _PARTS_OF_SOURCE:
        raise _by_hand()
    part: dict[str, Any] = {place.part: _replaced(getattr(sources[entry], place.part) or "", fix)}
    return (*sources[:entry], replace(sources[entry], **part), *sources[entry + 1 :])


def _source_named(story: Story, name: str) -> Source:
    every = (source for card in story.signals for source in card.sources)
    return next((source for source in every if source.name == name), Source(name=name))


def _replaced(text: str, fix: Fix) -> str:
    if fix.old == text:
        return fix.new
    at = _found(text, fix)
    return text[:at] + fix.new + text[at + len(fix.old) :]


def _found(text: str, fix: Fix) -> int:
    """Where ``old`` stands: at the fix's own start while the text is as it was, else where it first stands."""
    if fix.start is not None and fix.old and text.startswith(fix.old, fix.start):
        return fix.start
    at = text.find(fix.old) if fix.old else -1
    if at < 0:
        raise _gone()
    return at


def _mended_body(body: Body, place: Place, fix: Fix) -> Body:
    if place.part == HREF:
        return _with_link(body, place, fix)
    return _with_replaced_words(body, fix)


# --- links ---------------------------------------------------------------------------------------------------------


def _with_link(body: Body, place: Place, fix: Fix) -> Body:
    """The body with its links to ``old`` leading to ``new``, inside of the place where it says a stretch."""
    address = safe_link(fix.new)
    start, until = place.at or 0, len(body.text) if place.until is None else place.until
    changed = 0

    def turned(run: Run, at: int) -> Run:
        nonlocal changed
        if run.marks.link != fix.old or not (at < until and start < at + len(run.text)):
            return run
        changed += 1
        return replace(run, marks=replace(run.marks, link=address))

    blocks = _each_run(body, turned)
    if not changed or address is None:
        raise _gone()
    return canonical(blocks)


def _each_run(body: Body, change: Callable[[Run, int], Run]) -> list[Block]:
    """The blocks with each run changed; ``change`` gets a run and the code point of the body's text where it begins."""
    blocks: list[Block] = []
    at = 0
    for block in body.blocks:
        runs: list[Run] = []
        for run in block.runs:
            runs.append(change(run, at))
            at += len(run.text)
        blocks.append(replace(block, runs=tuple(runs)))
        at += 1
    return blocks


# --- words ---------------------------------------------------------------------------------------------------------


def _with_replaced_words(body: Body, fix: Fix) -> Body:
    """The body with ``old`` replaced; new words take the marks of the first one that they replace.

    Both are lines of the body's plain text: a line never leaves its block.
    """
    at = _found(body.text, fix)
    lines, mended_lines = fix.old.split(LINE_BREAK), fix.new.split(LINE_BREAK)
    if len(lines) != len(mended_lines):
        raise _gone()
    blocks = list(body.blocks)
    end = at + len(fix.old)
    for line, mended_line in zip(reversed(lines), reversed(mended_lines), strict=True):
        if line != mended_line:
            index, start = _block_at(body, end - len(line))
            before, after = _equal_ends(line, mended_line)
            words = mended_line[before : len(mended_line) - after]
            runs = _spliced(blocks[index].runs, start + before, start + len(line) - after, words)
            blocks[index] = replace(blocks[index], runs=runs)
        end -= len(line) + 1
    return canonical(blocks)


def _equal_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points at the beginning and at the end are equal, so that marks there stay; one of ``old`` is left over."""
    before = min(_equal_beginning(old, new), len(old) - 1)
    after = min(_equal_beginning(old[before:][::-1], new[before:][::-1]), len(old) - before - 1)
    return before, after


def _equal_beginning(left: str, right: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _block_at(body: Body, at: int) -> tuple[int, int]:
    """The block that holds code point ``at`` of the body's plain text, and the code point inside it."""
    for index, block in enumerate(body.blocks):
        if at <= len(block.text):
            return index, at
        at -= len(block.text) + 1
    raise IndexError(at)


def _spliced(runs: tuple[Run, ...], start: int, end: int, new: str) -> tuple[Run, ...]:
    spliced: list[Run] = []
    position = 0
    for run in runs:
        before = run.text[: max(0, start - position)]
        after = run.text[max(0, end - position) :]
        begins_here = position <= start < position + len(run.text)
        spliced.append(replace(run, text=before + (new if begins_here else "") + after))
        position += len(run.text)
    return tuple(run for run in spliced if run.text)


def _gone() -> InputError:
    return InputError("Nothing was changed", "The words have changed meanwhile.")


def _by_hand() -> InputError:
    return InputError("Nothing was changed", "This has to be mended by hand.")


def _refused() -> tuple[Source, ...]:
    raise _by_hand()
