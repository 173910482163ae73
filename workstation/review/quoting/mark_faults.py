"""What is wrong with the quotation marks of a text, and the mend where it is certain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from workstation.domain.typography import style_of
from workstation.review.names.english_words import is_common_word
from workstation.review.quoting.double_marks import Marked, Pair, Stretch, is_unopened
from workstation.review.quoting.findings import Edit
from workstation.review.quoting.marks import is_opening_shape, is_pair, opener_for, opens_in, partner_of, side_of
from workstation.review.quoting.said_by import said_until


class FaultKind(Enum):
    """What is wrong with a mark."""

    UNCLOSED = "opens and never closes"
    UNOPENED = "closes what nothing opened"
    WRONG_OPENING = "opens with a mark that its closing mark does not fit"
    WRONG_CLOSING = "closes with a mark that its opening mark does not fit"


@dataclass(frozen=True, slots=True)
class MarkFault:
    """A wrong mark at code point ``at`` of a text; ``mend`` puts the right mark there or the missing one in its place.

    ``other`` is the mark at the other end of the quotation, where there is one.
    """

    kind: FaultKind
    at: int
    mend: Edit | None = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The faults of a text, in order, and the further spans whose words are clearly quoted: start and end, without marks."""

    faults: tuple[MarkFault, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def judged_marks(text: str, stretches: Sequence[Stretch], doubles: Marked, singles: Marked, language: str) -> Judged:
    """What is wrong with the marks of ``text`` in ``language`` ("" where it is not known: any language's pairs are right)."""
    pairs = (*doubles.pairs, *singles.pairs)
    if not (doubles.lonely or singles.lonely) and all(_is_right(text, pair, language) for pair in pairs):
        return Judged()
    judge = _Judge(text, stretches, doubles, singles, language)
    faults = sorted(judge.faults(), key=lambda fault: fault.at)
    return Judged(tuple(faults), tuple(judge.spans))


def _is_right(text: str, pair: Pair, language: str) -> bool:
    return is_pair(text[pair.opening], text[pair.closing], language)


_STRAIGHT = "\"'＂"
_INNER_SPACES = "\u00a0\u202f "
_FIRST_WORDS = re.compile(
    r"(?:A|After|All|An|And|Any|Are|As|At|Be|Because|But|By|Can|Could|Do|Don|Even|Every|Everyone|For|From|Give|Have|He|Her|Here|His|How"
    r"|I|If|In|Is|It|Just|Let|Maybe|More|Most|Must|My|Never|No|Nobody|Not|Nothing|Now|Of|On|One|Only|Our|People|Please|She|Should|So"
    r"|Some|Such|That|The|Their|There|These|They|This|Those|To|Today|Too|Was|We|Well|What|When|Where|Who|Why|Will|With|Without|Yes"
    r"|You|Your|we|they|it|this|the|that|there|no|not|a|an|our|my|never|very|each|in|and|if|on|of|or|by|all|any|every|only|even|who|what|when"
    r"|to|is|at|Each|Once)(?=\s|,|['’][a-z])|[CcDdJjLlNnQqSs]’[^\W_]"
)
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’)]*\s+(?=[^\s\W]|[“‘\"'])")
_SENTENCE_END = ".!?…"
_COMMA_OUTSIDE, _COMMA_INSIDE = re.compile('[”’"],'), re.compile(',[”’"]')
_WHOLE_WORD = re.compile(r"[^\W\d_]{5,}(?![\w’'-])")
_VOWELS = "aeiouāēīōūáéíóúâêîôûyʻ"
_ATTRIBUTION = 60
_DIRECTLY = 2
_INTRODUCED = re.compile(r"[:,]\s$|^\s*$|\n$")


class _Judge:
    def __init__(self, text: str, stretches: Sequence[Stretch], doubles: Marked, singles: Marked, language: str) -> None:
        self.spans: list[tuple[int, int]] = []
        self._text = text
        self._stretches = stretches
        self._ends = [stretch.end for stretch in stretches]
        self._starts = [stretch.start for stretch in stretches]
        pairs = [mark for pair in doubles.pairs for mark in (pair.opening, pair.closing)]
        self._all_doubles = sorted((*pairs, *doubles.lonely))
        self._doubles = doubles
        self._singles = singles
        self._language = language
        self._commas_stand_outside = bool(_COMMA_OUTSIDE.search(text)) and not _COMMA_INSIDE.search(text)
        straight = [text[pair.opening] in _STRAIGHT and text[pair.closing] in _STRAIGHT for pair in doubles.pairs]
        right = [_is_right(text, pair, language) for pair in doubles.pairs]
        self._straight_house = any(straight) and not any(r and not s for r, s in zip(right, straight, strict=True))

    def faults(self) -> Iterator[MarkFault]:
        for pair in (*self._doubles.pairs, *self._singles.pairs):
            if not _is_right(self._text, pair, self._language):
                yield from self._wrong_pair(pair.opening, pair.closing)
        openers, closers = self._lonely_doubles()
        single_openers, single_closers = self._lonely_singles()
        crossed = [*self._crossed(openers, sorted((*single_closers, *self._singles.spare)))]
        crossed += self._crossed(single_openers, closers)
        for pair in crossed:
            self.spans.append((pair.opening + 1, pair.closing))
            yield from self._wrong_pair(pair.opening, pair.closing)
        done = {at for pair in crossed for at in (pair.opening, pair.closing)}
        yield from (self._unclosed(at) for at in openers if at not in done)
        yield from (self._unopened(at) for at in (*closers, *single_closers) if at not in done)
        yield from (self._unclosed(at) for at in single_openers if at not in done and self._surely_quotes(at))

    # --- pairs that do not fit -------------------------------------------------------------------------------------

    def _wrong_pair(self, opening: int, closing: int) -> Iterator[MarkFault]:
        first, last = self._text[opening], self._text[closing]
        new_first, new_last = self._right_pair(first, last)
        if new_first != first:
            yield MarkFault(FaultKind.WRONG_OPENING, opening, self._put(opening, new_first), last)
        if new_last != last or new_first == first:
            yield MarkFault(FaultKind.WRONG_CLOSING, closing, self._put(closing, new_last, opening), first)

    def _right_pair(self, first: str, last: str) -> tuple[str, str]:
        """The two marks as they should be; an empty one where that is not certain."""
        language = self._language
        if first in _STRAIGHT:
            if is_opening_shape(last) or self._straight_house or last in _STRAIGHT:
                return first, first
            return opener_for(last, language), last
        if first in "”’»›" and not opens_in(first, language):
            first = opener_for(first, language)
        elif first == last == "“" and style_of(language).double == ("„", "“"):
            return "„", last
        if is_pair(first, last, language):
            return first, last
        return first, partner_of(first, language)

    def _put(self, at: int, mark: str, opening: int | None = None) -> Edit | None:
        if not mark:
            return None
        spaced = opening is not None and mark == "»" and self._text[at - 1] not in _INNER_SPACES
        space = self._space_after(opening) if spaced and opening is not None else ""
        return Edit(at, at + 1, space + mark)

    def _space_after(self, opening: int) -> str:
        after = self._text[opening + 1 : opening + 2]
        return after if after and after in _INNER_SPACES else ""

    # --- marks without a partner -----------------------------------------------------------------------------------

    def _lonely_doubles(self) -> tuple[list[int], list[int]]:
        """Those that open, and those that close."""
        closing = {at for at in self._doubles.lonely if is_unopened(self._text[at], side_of(self._text, at), self._language)}
        return [at for at in self._doubles.lonely if at not in closing], sorted(closing)

    def _lonely_singles(self) -> tuple[list[int], list[int]]:
        """Those that open and look it, and those that close."""
        openers = [at for at in self._singles.lonely if self._text[at + 1 : at + 2].strip() and not self._follows_word(at)]
        held = set(openers)
        return [at for at in openers if self._text[at] != "’"], [at for at in self._singles.lonely if at not in held]

    def _follows_word(self, at: int) -> bool:
        before = self._text[at - 1 : at] if at else ""
        return bool(before) and (before.isalnum() or before in ".,!?…")

    def _crossed(self, openers: Sequence[int], closers: Sequence[int]) -> Iterator[Pair]:
        """Quotations that open with double marks and close with single ones, or the other way round."""
        after = -1
        for opening in openers:
            limit = self._ends[bisect_left(self._ends, opening)]
            index = bisect_right(closers, max(opening, after))
            if index < len(closers) and closers[index] < limit and self._fits(opening, closers[index], openers):
                after = closers[index]
                yield Pair(opening, after)

    def _fits(self, opening: int, closing: int, openers: Sequence[int]) -> bool:
        """Whether nothing that opens, too, stands between, and there are words."""
        next_opener = bisect_right(openers, opening)
        nearer = next_opener < len(openers) and openers[next_opener] < closing
        return not nearer and any(character.isalnum() for character in self._text[opening + 1 : min(closing, opening + 40)])

    def _surely_quotes(self, at: int) -> bool:
        """Whether a lonely single mark is no sign that a name begins with: only English is known well enough.

        Such a sign (ayin, okina) stands before a vowel. A straight mark may stand for letters left out.
        """
        if not self._language.lower().startswith("en") or self._text[at - 1 : at] in ("-", "‑"):
            return False
        consonant = self._text[at] == "‘" and self._text[at + 1 : at + 3].isalpha()
        if _FIRST_WORDS.match(self._text, at + 1) or self._quotes_a_word(at):
            return True
        return consonant and self._text[at + 1].lower() not in _VOWELS

    def _quotes_a_word(self, at: int) -> bool:
        """Whether a word of the dictionary follows, too long for a name that happens to be one: ‘Indigenous, not ‘Aid."""
        word = _WHOLE_WORD.match(self._text, at + 1)
        return self._text[at] == "‘" and word is not None and is_common_word(word.group())

    # --- where a quotation ends or begins --------------------------------------------------------------------------

    def _unclosed(self, at: int) -> MarkFault:
        end = self._certain_end(at)
        closing = partner_of(self._text[at], self._language)
        if end is None or not closing:
            return MarkFault(FaultKind.UNCLOSED, at)
        self.spans.append((at + 1, end))
        space = self._space_after(at) if closing == "»" else ""
        return MarkFault(FaultKind.UNCLOSED, at, Edit(end, end, space + closing))

    def _certain_end(self, at: int) -> int | None:
        """Where the quotation that opens at ``at`` ends: before its speaker is named, or with the paragraph's last sentence."""
        limit = self._next_mark(at)
        block_quote = self._whole_block_quote(at)
        if block_quote is not None:
            return block_quote
        said = said_until(self._text, at + 1, limit, self._language)
        if said is not None:
            said -= self._text[said - 1] == "," and self._commas_stand_outside
            return said if self._is_one_sentence(at + 1, said) else None
        whole = self._ends_at(limit) and self._text[limit - 1] in _SENTENCE_END and self._is_introduced(at)
        return limit if whole and self._is_one_sentence(at + 1, limit) else None

    def _whole_block_quote(self, at: int) -> int | None:
        """The end of the block quote that begins with the mark at ``at`` and has no other, nor a line for its speaker."""
        stretch = self._stretches[bisect_left(self._ends, at)]
        if not stretch.quoted or stretch.start != at:
            return None
        last_line = self._text[self._text.rfind("\n", stretch.start, stretch.end) + 1 : stretch.end]
        following = bisect_right(self._all_doubles, at)
        alone = following >= len(self._all_doubles) or self._all_doubles[following] >= stretch.end
        return stretch.end if alone and last_line[:1] not in "—–―-" else None

    def _ends_at(self, at: int) -> bool:
        index = bisect_left(self._ends, at)
        return index < len(self._ends) and self._ends[index] == at

    def _next_mark(self, at: int) -> int:
        """Where the next double mark or lonely single one, the next line or the end of the stretch stands behind ``at``."""
        limit = self._ends[bisect_left(self._ends, at)]
        for marks in (self._all_doubles, self._singles.lonely):
            index = bisect_right(marks, at)
            limit = min(limit, marks[index]) if index < len(marks) else limit
        line = self._text.find("\n", at, limit)
        return line if line >= 0 else limit

    def _is_one_sentence(self, start: int, end: int) -> bool:
        return not _SENTENCE_BREAK.search(self._text, start, end)

    def _is_introduced(self, at: int) -> bool:
        """Whether a whole sentence is quoted: behind a colon or comma, or from the beginning of the line on."""
        first = self._text[at + 1 : at + 3].lstrip(_INNER_SPACES)[:1]
        return not first.islower() and _INTRODUCED.search(self._text[max(0, at - 2) : at]) is not None

    def _unopened(self, at: int) -> MarkFault:
        opening = opener_for(self._text[at], self._language) if self._text[at] not in "“„«" else ""
        start = self._certain_start(at)
        if not opening or start is None:
            return MarkFault(FaultKind.UNOPENED, at)
        self.spans.append((start, at))
        space = self._text[at - 1] if opening == "«" and self._text[at - 1] in _INNER_SPACES else ""
        return MarkFault(FaultKind.UNOPENED, at, Edit(start, start, opening + space))

    def _certain_start(self, at: int) -> int | None:
        """Where the one sentence begins that a mark at ``at`` closes: behind a colon, or with its line if its speaker follows."""
        index = bisect_left(self._all_doubles, at)
        marked_until = self._all_doubles[index - 1] if index else -1
        begin = max(self._starts[bisect_right(self._starts, at) - 1], marked_until)
        line = max(begin, self._text.rfind("\n", begin, at) + 1)
        colon = self._text.rfind(": ", line, at) + 2
        introduced = colon > line + 1 and self._text[colon : colon + 1].isupper()
        start = colon if introduced else line
        if not (introduced or (line > marked_until and self._is_attributed(at))):
            return None
        return start if self._is_one_sentence(start, at) and self._text[start:at].strip() else None

    def _is_attributed(self, at: int) -> bool:
        """Whether the speaker is named right behind the mark at ``at``."""
        around = self._text[at - 1] + self._text[at + 1 : at + _ATTRIBUTION]
        said = said_until(around, 0, len(around), self._language)
        return said is not None and said <= _DIRECTLY
