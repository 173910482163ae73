"""Find and replace over a whole story. Pure: a story and what is looked for give places, or the story with them replaced.

The ``regex`` library searches, because a search of it can be stopped: an expression that an editor types may take for ever.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from time import monotonic
from typing import Any

import regex

from workstation.domain.body import Block, Body, Marks, Run, canonical
from workstation.domain.common_ends import common_head, common_tail
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, LeadImage, SignalCard, Story
from workstation.errors import InputError

SECONDS = 2.0
LONGEST = 1000
"""How long a search may take, and how long what is looked for may be (characters)."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Words are found whatever quotation marks and spaces they were set with; an expression is exact."""

    words: str
    case: bool = False
    whole: bool = False
    expression: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a story: ``headline insights alt caption credit news``, or ``headline``/``body`` of the card with a key."""

    name: str
    card: str | None = None
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Code points ``start`` to ``end`` of a field's text, in its block ``block`` where it is a body."""

    field: Field
    start: int
    end: int
    block: int = 0
    is_quoted: bool = False
    """It touches words that are tied to a quote: these are never replaced."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The story after a replacement, how many places were replaced, and how many were left because they are quoted."""

    story: Story
    count: int
    left: int


# --- finding -------------------------------------------------------------------------------------------------------


def find(story: Story, query: Query, *, seconds: float = SECONDS) -> list[Match]:
    """Every place of ``query`` in ``story``, in the order of the page, parked cards last.

    Raises:
        InputError: the expression is broken, or it took longer than ``seconds``.
    """
    search = _Search(query, seconds)
    return [match for field, text in _texts(story) for match in _matches(field, text, search)]


def fields(story: Story) -> list[Field]:
    """The texts that are searched, in the order of the page, parked cards last."""
    return [field for field, _ in _texts(story)]


def _matches(field: Field, text: str | Body, search: _Search) -> Iterator[Match]:
    if isinstance(text, str):
        yield from (Match(field, found.start(), found.end()) for found in search.all_in(text))
        return
    for index, block in enumerate(text.blocks):
        for found in search.all_in(block.text):
            start, end = found.span()
            yield Match(field, start, end, index, _is_quoted(block, start, end))


def _texts(story: Story) -> Iterator[tuple[Field, str | Body]]:
    yield Field("headline"), story.headline
    if story.insights not in (INSIGHTS_AUTO, INSIGHTS_NONE):
        yield Field("insights"), story.insights
    if story.lead_image is not None:
        for name in _IMAGE_FIELDS:
            yield Field(name), getattr(story.lead_image, name)
    yield Field("news"), story.news
    for cards, parked in ((story.signals, False), (story.parked, True)):
        for card in cards:
            yield Field("headline", card.key, parked), card.headline
            yield Field("body", card.key, parked), card.body


_IMAGE_FIELDS = ("alt", "caption", "credit")


class _Search:
    """A compiled query with a deadline over all the texts it goes through."""

    def __init__(self, query: Query, seconds: float) -> None:
        self._query = query
        self._pattern = _compiled(query) if query.words else None
        self._seconds = seconds
        self._until = monotonic() + seconds

    def all_in(self, text: str) -> Iterator[Any]:
        """The matches in one text; those of no length are none."""
        if self._pattern is None:
            return
        left = self._until - monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            for found in self._pattern.finditer(text, timeout=left, concurrent=True):
                if found.end() > found.start():
                    yield found
        except TimeoutError as error:
            raise InputError(
                "The expression takes too long",
                f"It was stopped after {self._seconds:g} seconds. Repeated parts inside repeated parts do that: (a+)+",
            ) from error


def _compiled(query: Query) -> Any:
    if len(query.words) > LONGEST:
        raise InputError("Too long to look for", f"At most {LONGEST} characters can be looked for.")
    flags = regex.MULTILINE | (0 if query.case else regex.IGNORECASE)
    pattern = query.words if query.expression else _literal(query.words)
    try:
        regex.compile(pattern, flags)
        whole = rf"(?<!\w)(?:{pattern})(?!\w)" if query.whole else pattern
        return regex.compile(whole, flags)
    except (regex.error, OverflowError, RecursionError, ValueError, IndexError) as error:
        raise InputError("The expression is broken", f"{error}".capitalize() + ".") from error


_ALIKE = {"'": "['’‘‚ʼ]", '"': '["“”„«»]', " ": "[ \u00a0\u202f]"}
"""What is typed in the find bar, and every form that typing in the story gives it."""


def _literal(words: str) -> str:
    return "".join(_ALIKE.get(character) or regex.escape(character) for character in unicodedata.normalize("NFC", words))


# --- replacing -----------------------------------------------------------------------------------------------------


def replace_all(story: Story, query: Query, replacement: str, *, seconds: float = SECONDS) -> Replaced:
    r"""``story`` with every place of ``query`` replaced, but those in words that are tied to a quote.

    In an expression ``\1`` and ``\g<name>`` of the replacement stand for its groups.

    Raises:
        InputError: the expression or the replacement is broken, or it took longer than ``seconds``.
    """
    return _replaced(story, query, replacement, lambda _: True, seconds)


def replace_one(story: Story, query: Query, match: Match, replacement: str, *, seconds: float = SECONDS) -> Replaced:
    """``story`` with the place ``match`` of ``query`` replaced; nothing is replaced where it is not found any more.

    Raises:
        InputError: see :func:`replace_all`.
    """
    return _replaced(story, query, replacement, lambda other: other == match, seconds)


def _replaced(story: Story, query: Query, replacement: str, wanted: Callable[[Match], bool], seconds: float) -> Replaced:
    search = _Search(query, seconds)
    change = _Change(search, query, replacement, wanted)
    image = story.lead_image
    changed: dict[str, Any] = {
        "headline": change.line(Field("headline"), story.headline),
        "insights": change.line(Field("insights"), story.insights) if _is_worded(story) else story.insights,
        "lead_image": image and change.image(image),
        "news": change.body(Field("news"), story.news),
        "signals": tuple(change.card(card, parked=False) for card in story.signals),
        "parked": tuple(change.card(card, parked=True) for card in story.parked),
    }
    return Replaced(replace(story, **changed), change.count, change.left)


def _is_worded(story: Story) -> bool:
    return story.insights not in (INSIGHTS_AUTO, INSIGHTS_NONE)


class _Change:
    """Replaces the wanted places text by text, and counts."""

    def __init__(self, search: _Search, query: Query, replacement: str, wanted: Callable[[Match], bool]) -> None:
        self._search, self._query, self._replacement, self._wanted = search, query, replacement, wanted
        self.count = self.left = 0

    def card(self, card: SignalCard, *, parked: bool) -> SignalCard:
        headline = self.line(Field("headline", card.key, parked), card.headline)
        body = self.body(Field("body", card.key, parked), card.body)
        return card if (headline, body) == (card.headline, card.body) else replace(card, headline=headline, body=body)

    def image(self, image: LeadImage) -> LeadImage:
        alt, caption, credit = (self.line(Field(name), getattr(image, name)) for name in _IMAGE_FIELDS)
        return replace(image, alt=alt, caption=caption, credit=credit)

    def line(self, field: Field, text: str) -> str:
        edits = [
            (found.start(), found.end(), self._put(found))
            for found in self._search.all_in(text)
            if self._wanted(Match(field, found.start(), found.end()))
        ]
        self.count += len(edits)
        made = text
        for start, end, put in reversed(edits):
            made = made[:start] + put + made[end:]
        return text if made == text else _LINE_SPACES.sub(" ", made).strip(" ")

    def body(self, field: Field, body: Body) -> Body:
        blocks = [self._block(field, index, block) for index, block in enumerate(body.blocks)]
        return body if all(new is old for new, old in zip(blocks, body.blocks, strict=True)) else canonical(blocks)

    def _block(self, field: Field, index: int, block: Block) -> Block:
        text = block.text
        edits = []
        for found in self._search.all_in(text):
            start, end = found.span()
            quoted = _is_quoted(block, start, end)
            if self._wanted(Match(field, start, end, index, quoted)):
                self.left += quoted
                edits += [] if quoted else [(start, end, self._put(found))]
        self.count += len(edits)
        edits = [edit for edit in edits if text[edit[0] : edit[1]] != edit[2]]
        return replace(block, runs=_runs_after(block, edits)) if edits else block

    def _put(self, found: Any) -> str:
        if not self._query.expression:
            return self._replacement
        try:
            return str(found.expand(self._replacement))
        except (regex.error, IndexError, KeyError, ValueError) as error:
            raise InputError("The replacement is broken", f"{error}".capitalize() + ".") from error


_LINE_SPACES = regex.compile(r"[ \t\r\n\f\v]+")


def _is_quoted(block: Block, start: int, end: int) -> bool:
    at = 0
    for run in block.runs:
        if run.marks.quote and at < end and start < at + len(run.text):
            return True
        at += len(run.text)
    return False


def _runs_after(block: Block, edits: Sequence[tuple[int, int, str]]) -> tuple[Run, ...]:
    """The runs with the edits made.

    What stays the same at the edges of an edit keeps its marks; the new words take those of the words whose place they take.
    """
    letters = [(character, run.marks) for run in block.runs for character in run.text]
    for start, end, put in reversed(edits):
        old = "".join(character for character, _ in letters[start:end])
        head = common_head(old, put)
        tail = common_tail(old, put, min(len(old), len(put)) - head)
        middle = put[head : len(put) - tail]
        marks = letters[min(start + head, end - 1)][1]
        letters[start + head : end - tail] = [(character, marks) for character in middle]
    return tuple(_runs(letters))


def _runs(letters: Sequence[tuple[str, Marks]]) -> Iterator[Run]:
    for marks, group in groupby(letters, key=lambda letter: letter[1]):
        yield Run("".join(character for character, _ in group), marks)
