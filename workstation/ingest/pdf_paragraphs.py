"""Paragraphs of the lines of a PDF: running heads left out, lines joined, words that a line's end broke made whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from workstation.ingest.pdf_lines import Line
from workstation.ingest.unwrapping import joined

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:(?:page|seite|p[aá]gina|pagina|стр\.?|صفحة)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von|de|sur|di|из)\s*\d{1,4})?[\W_]*$",
    re.I,
)
_BULLET = re.compile(r"^(?:[•▪■□●○◦‣·–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_ENDS = re.compile(r"[.!?:;…。！？：؟۔।][\"'”’»)\]」』]*\s*(?:\d{1,3})?$")
_LEADER = re.compile(r"(?:\. ?){4,}\s*\d+$")
_BROKEN = re.compile(r"(\w+)[-‐]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_FIRST_HALVES = """
self well non ex long short high low mid half full part cross anti pro pre post semi quasi multi all co re so off on up by
vice north south east west one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty
ninety year decision policy state
"""
_COMPOUND = frozenset(_FIRST_HALVES.split())
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_EDGE = 3


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of a document, each on one line, every word as it is printed."""
    lines = [line for page in without_furniture(pages) for line in page]
    if not lines:
        return []
    words = _whole_words(lines)
    pitches = _pitches(lines)
    out: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is not None and _goes_on(before, line, lines, number, pitches):
            out[-1] = _put_together(out[-1], line.text, words)
        else:
            out.append(line.text)
    return [_well_bracketed(paragraph) for paragraph in out]


def _whole_words(lines: Sequence[Line]) -> Counter[str]:
    """How often each word stands in the lines, without the halves of those that a line's end broke."""
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = [word.casefold() for word in _WORD.findall(line.text)]
        goes_on = bool(_BROKEN.search(line.text))
        words.update(found[int(broken) : len(found) - int(goes_on)])
        broken = goes_on
    return words


def body_height(pages: Sequence[Sequence[Line]]) -> float:
    """The height of the lines that hold most of the words."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[round(line.height * 2) / 2] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


# --- running heads -------------------------------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that stand at the edge of several of them, and without page numbers."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_key(page_line) for page_line in edge})
    enough = 2 if len(pages) < 4 else 3
    out = []
    for page, edge in zip(pages, edges, strict=True):
        furniture = {
            id(line)
            for line in edge
            if (seen[_key(line)] >= enough and len(line.text) < 160) or _is_number(line, page, len(pages))
        }
        out.append([line for line in page if id(line) not in furniture])
    return out


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    by_place = sorted(page, key=lambda line: line.base)
    return [*by_place[:_EDGE], *by_place[_EDGE:][-_EDGE:]]


def _key(line: Line) -> tuple[str, int]:
    """Lines are alike when they differ only in numbers and stand at the same height."""
    return _NUMBERS.sub("#", line.text.casefold()), round(line.base / 4)


def _is_number(line: Line, page: Sequence[Line], pages: int) -> bool:
    outermost = line.base in (min(one.base for one in page), max(one.base for one in page))
    return outermost and pages > 1 and len(page) > 2 and bool(_PAGE_NUMBER.match(line.text))


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance between two lines, by their height."""
    steps: dict[int, list[float]] = {}
    for before, line in pairwise(lines):
        step = before.base - line.base
        if before.page == line.page and 0 < step < 2.6 * max(line.height, 1.0) and abs(before.height - line.height) < 1:
            steps.setdefault(round(line.height), []).append(step)
    return {height: median(found) for height, found in steps.items()}


def _goes_on(before: Line, line: Line, lines: Sequence[Line], number: int, pitches: dict[int, float]) -> bool:
    """Whether ``line`` goes on with the paragraph that ``before`` belongs to."""
    if abs(before.height - line.height) > 0.2 * max(before.height, line.height) or before.rtl != line.rtl:
        return False
    if _BULLET.match(line.text) or _LEADER.search(before.text):
        return False
    step = before.base - line.base
    pitch = pitches.get(round(line.height), 1.2 * line.height)
    if before.page != line.page or step <= 0 or step > 4 * pitch:
        return _goes_on_elsewhere(before, line)
    if step > 1.3 * pitch or step < 0.3 * pitch:
        return False
    return bool(_BROKEN.search(before.text)) or not _starts_anew(before, line, lines, number)


def _goes_on_elsewhere(before: Line, line: Line) -> bool:
    """Over the end of a column or a page only what plainly is the middle of a sentence goes on."""
    if _ENDS.search(before.text) or not line.text:
        return False
    if _BROKEN.search(before.text):
        return line.text[0].islower()
    first = line.text[0]
    return first.islower() or (first.isalpha() and first.lower() == first.upper())


def _starts_anew(before: Line, line: Line, lines: Sequence[Line], number: int) -> bool:
    near = [one for one in lines[max(0, number - 9) : number + 9] if _same_column(one, line)]
    start, end = min(one.start for one in near), max(one.end for one in near)
    em = 0.8 * line.height
    if line.start > before.start + 0.7 * em and before.start < start + 0.7 * em and not _BULLET.match(before.text):
        return not _is_centred(before, line)
    room = end - before.end
    first_word = (line.end - line.start) * len(line.text.split(" ", 1)[0]) / max(len(line.text), 1)
    if room <= first_word + 0.3 * em:
        return False
    return bool(_ENDS.search(before.text)) or room > 0.45 * (end - start)


def _same_column(one: Line, line: Line) -> bool:
    overlaps = min(one.right, line.right) > max(one.left, line.left)
    return overlaps and one.page == line.page and one.rtl == line.rtl and abs(one.height - line.height) <= 0.2 * line.height


def _is_centred(before: Line, line: Line) -> bool:
    return abs((before.left + before.right) - (line.left + line.right)) < 0.5 * line.height


# --- words ---------------------------------------------------------------------------------------------------------


def _put_together(before: str, after: str, words: Counter[str]) -> str:
    """Two lines as one. A word that only the line's end broke is made whole; a hyphen that may be the writer's stays."""
    broken = _BROKEN.search(before)
    follows = _WORD.match(after)
    if not broken or not follows:
        return joined(before, after)
    if not after[0].islower() or not broken.group(1).isalpha():
        return before + after if after[0].isalnum() else joined(before, after)
    return before[:-1] + after if _is_one_word(broken.group(1), follows.group(0), words) else before + after


def _is_one_word(first: str, second: str, words: Counter[str]) -> bool:
    """What the rest of the document writes decides; then whether both halves are words of their own."""
    one, other = first.casefold(), second.casefold()
    if words[one + other]:
        return True
    if words[f"{one}-{other}"] or words[f"{one}‐{other}"]:
        return False
    if one in _COMPOUND or "-" in second:
        return False
    return not (words[one] and words[other] > 1)


def _well_bracketed(paragraph: str) -> str:
    """Brackets that were mirrored for print as the writer typed them, in a text read from the right."""
    if paragraph.isascii() or not re.search(r"[\u0590-\u08ff]", paragraph):
        return paragraph
    turned = paragraph.translate(_MIRRORED)
    return turned if _faults(turned) < _faults(paragraph) else paragraph


def _faults(text: str) -> int:
    open_ones = faults = 0
    for letter in _brackets(text):
        if letter in "([{«":
            open_ones += 1
        elif open_ones:
            open_ones -= 1
        else:
            faults += 1
    return faults + open_ones


def _brackets(text: str) -> Iterator[str]:
    return (letter for letter in text if letter in "()[]{}«»")
