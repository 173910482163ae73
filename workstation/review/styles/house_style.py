"""Where a text breaks the house's style. Pure; what was found in a text once is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import regex

from workstation.domain.house_style import HouseStyle, StyleRule, StyleSheet
from workstation.domain.language_tag import language_in
from workstation.domain.spelled_words import addresses_in

PATIENCE = 0.1
"""Seconds that one pattern may take for one text."""
STRIKES = 3
"""A pattern that took longer so often is not tried again."""

_WORD = re.compile(r"\w+")
_FIRST_WORDS = re.compile(r"\w+(?: \w+)?")
_GROUP = re.compile(r"\\(\d)")
_TO_NEXT_WORD = re.compile(r"[\s“\"'‘(-]*")
_ALIKE = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "})
_BEFORE_A_SENTENCE = frozenset(".!?:…\n")
_OPENING = " \t“\"‘'([•–—-"


@dataclass(frozen=True, slots=True)
class Slip:
    """Code points ``start`` to ``end`` of a text, which break ``rule``; ``new`` is what should stand there, if it is certain."""

    rule: StyleRule
    start: int
    end: int
    new: str | None


@lru_cache(maxsize=512)
def slips_in(text: str, style: HouseStyle, language: str = "en") -> tuple[Slip, ...]:
    """Where ``text``, in the language of a BCP 47 tag, breaks ``style``: in order, each within one line and none in another."""
    found: list[Slip] = []
    at = 0
    for line in text.split("\n"):
        found += (replace(slip, start=at + slip.start, end=at + slip.end) for slip in _slips_in_line(line, style, language))
        at += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=2048)
def _slips_in_line(line: str, style: HouseStyle, language: str) -> tuple[Slip, ...]:
    """Kept by line, so that a key costs one paragraph."""
    primary = language_in(language)
    found = [
        slip
        for sheet in style.sheets
        for slip in _slips_against(line, sheet)
        if style.rules.get(slip.rule.id) is slip.rule and primary in slip.rule.languages
    ]
    return tuple(_apart(found))


def given_up(style: HouseStyle) -> Iterator[StyleRule]:
    """The rules whose pattern was lost in a text so often that it is not tried again."""
    for sheet in style.sheets:
        for pattern in _search_of(sheet).patterns:
            if pattern.is_given_up and style.rules.get(pattern.rule.id) is pattern.rule:
                yield pattern.rule


def mended_text(text: str, slips: tuple[Slip, ...]) -> str:
    """``text`` with everything put right that has a certain mend."""
    for slip in reversed(slips):
        if slip.new is not None:
            text = text[: slip.start] + slip.new + text[slip.end :]
    return text


def _apart(slips: list[Slip]) -> Iterator[Slip]:
    """Of slips that overlap the first one, or the longer of two that begin together."""
    last = -1
    for slip in sorted(slips, key=lambda slip: (slip.start, -slip.end)):
        if slip.start >= last:
            yield slip
            last = slip.end


# --- one sheet -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _slips_against(text: str, sheet: StyleSheet) -> tuple[Slip, ...]:
    """Kept by sheet, so that switching a rule off or on searches no text again."""
    search = _search_of(sheet)
    page = _page_of(text)
    slips = (*search.phrases_in(page), *search.patterns_in(page))
    return tuple(slip for slip in slips if not _is_in_address(text, slip))


def _is_in_address(text: str, slip: Slip) -> bool:
    """Whether an address holds some of the words; none goes beyond a space, so only what is around is looked at."""
    first, end = text.rfind(" ", 0, slip.start) + 1, text.find(" ", slip.end)
    around = text[first : end if end >= 0 else len(text)]
    return any(first + start < slip.end and slip.start < first + end for start, end in addresses_in(around))


@lru_cache(maxsize=64)
def _search_of(sheet: StyleSheet) -> _Search:
    return _Search(sheet.rules)


@lru_cache(maxsize=16)
def _page_of(text: str) -> _Page:
    """Several sheets are held against a text, one after the other."""
    return _Page(text)


class _Page:
    """A text as it is, with its apostrophes and spaces made alike, and that in small letters: all of the same length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.translate(_ALIKE)
        self.small = self.plain.lower()
        if len(self.small) != len(text):
            self.small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in self.plain)
        self.words = [(word[0], word.start()) for word in _WORD.finditer(self.small)]

    def begins_sentence(self, at: int) -> bool:
        """Whether a capital at ``at`` may be the sentence's own."""
        before = self.text[:at].rstrip(_OPENING) if at < 80 else self.text[at - 80 : at].rstrip(_OPENING)
        return not before or before[-1] in _BEFORE_A_SENTENCE

    def is_name(self, start: int, end: int) -> bool:
        """Whether the words are written like a name: with a capital inside of a sentence, or before another capital."""
        if not self.text[start].isupper():
            return False
        following = _TO_NEXT_WORD.match(self.text, end)
        after = following.end() if following else end
        return not self.begins_sentence(start) or self.text[after : after + 1].isupper() or self.text[start:end].isupper()


@dataclass(frozen=True, slots=True)
class _Phrase:
    rule: StyleRule
    words: str
    new: str | None
    exact: bool


class _Pattern:
    def __init__(self, rule: StyleRule) -> None:
        self.rule = rule
        self.contains = rule.contains
        self._compiled: Any = regex.compile(rule.pattern, regex.MULTILINE)
        self._strikes = 0

    @property
    def is_given_up(self) -> bool:
        return self._strikes >= STRIKES

    def matches(self, page: _Page) -> Iterator[Any]:
        if self.is_given_up or (self.contains and not any(part in page.small for part in self.contains)):
            return
        try:
            yield from self._compiled.finditer(page.plain if self.rule.case else page.small, timeout=PATIENCE)
        except TimeoutError:
            self._strikes += 1


class _Search:
    """The rules of a sheet made ready: phrases by their first word, or their first two, and patterns compiled."""

    def __init__(self, rules: tuple[StyleRule, ...]) -> None:
        self._phrases: dict[str, list[_Phrase]] = {}
        for rule in rules:
            for words, new in rule.phrases:
                plain = words.translate(_ALIKE)
                exact = rule.case or plain != plain.lower()
                self._phrases.setdefault(_first_words(plain.lower()), []).append(_Phrase(rule, plain, new, exact))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))
        self.patterns = [_Pattern(rule) for rule in rules if rule.pattern]

    def phrases_in(self, page: _Page) -> Iterator[Slip]:
        for (word, start), (following, _) in zip_longest(page.words, page.words[1:], fillvalue=("", 0)):
            for phrase in (*self._phrases.get(f"{word} {following}", ()), *self._phrases.get(word, ())):
                slip = _phrase_at(page, start, phrase)
                if slip is not None:
                    yield slip
                    break

    def patterns_in(self, page: _Page) -> Iterator[Slip]:
        for pattern in self.patterns:
            rule = pattern.rule
            for match in pattern.matches(page):
                start, end = match.span()
                if start < end and (rule.names or not page.is_name(start, end)):
                    yield _slip(page, rule, start, end, _filled(rule, match, page.text))


def _first_words(words: str) -> str:
    """The first two words, where only a space stands between them and the second is whole, else the first one."""
    found = _FIRST_WORDS.match(words)
    return found[0] if found else words


def _phrase_at(page: _Page, start: int, phrase: _Phrase) -> Slip | None:
    end = start + len(phrase.words)
    if not (page.plain if phrase.exact else page.small).startswith(phrase.words, start):
        return None
    if phrase.words[-1].isalnum() and page.text[end : end + 1].isalnum():
        return None
    if not (phrase.exact or phrase.rule.names) and page.is_name(start, end):
        return None
    return _slip(page, phrase.rule, start, end, phrase.new)


def _filled(rule: StyleRule, match: Any, text: str) -> str | None:
    """The suggestion with its groups as the text itself has them, or as the rule turns them."""
    if rule.suggestion is None:
        return None
    turn = dict(rule.turn)

    def group(found: re.Match[str]) -> str:
        start, end = match.span(int(found[1]))
        words = text[start:end] if start >= 0 else ""
        return turn.get(words, words)

    return _GROUP.sub(group, rule.suggestion)


# --- what should stand there -----------------------------------------------------------------------------------------


def _slip(page: _Page, rule: StyleRule, start: int, end: int, new: str | None) -> Slip:
    """A slip whose mend keeps the capital; words that are taken out go with a space."""
    if new == "":
        return _taken_out(page.text, rule, start, end)
    return Slip(rule, start, end, _as_written(page.text[start:end], new) if new and not rule.case else new)


def _taken_out(text: str, rule: StyleRule, start: int, end: int) -> Slip:
    had_capital = text[start].isupper()
    if text[end : end + 1] == " ":
        end += 1
    elif text[start - 1 : start] == " ":
        start -= 1
    following = text[end : end + 1]
    if had_capital and following.islower():
        return Slip(rule, start, end + 1, following.upper())
    return Slip(rule, start, end, "")


def _as_written(old: str, new: str) -> str:
    """``new`` with the capital, or the capitals, of ``old``."""
    if not old[:1].isupper() or new[:1].isupper():
        return new
    return new.upper() if len(old) > 2 and old.isupper() else new[:1].upper() + new[1:]
