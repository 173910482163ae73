"""The article in the page's own words: an extractor chooses the paragraphs, the page words them.

Extractors lose words of links inside a sentence, put spaces into words that are partly bold, skip a paragraph between two
others, and take captions and "read more" lines along. A quotation that is cut from such a text would be wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from workstation.ingest.markup import Tree
from workstation.ingest.segments import Segment, segments, squashed

_HEAD, _TAIL = 24, 10
_TRIED = 40
_LINE_MARK = re.compile(r"^- ")
_FURNITURE = re.compile(
    r"(?<![a-z])(?:captions?|figcaption|credits?|by-?line|author|dateline|time-?stamp|publi(?:shed|cation)-?date|related|read-?(?:more|also|next)|more-?on|"
    r"newsletter|subscri|sign-?up|promo|share|sharing|social|recirc|recommend|teaser|advert|sponsor|outbrain|taboola|disclaimer|"
    r"breadcrumbs?|tags?|toolbar|pagination|pager|comments?|copyright|cookie|consent|tooltip|sr-only|visually-?hidden|screen-?reader|player|"
    r"infobox|factbox|most-?read|see-?also|inline-?links?|link-?list|correction-form|feedback|rating|poll|login|footer|correx)(?![a-z])",
    re.IGNORECASE,
)
_RULER = re.compile(r"^\|[-:| ]*\|?$")
"""What an extractor draws between the rows of a table, or a row without words."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]['\"”’»)\]]*$")
_ADDRESS = re.compile(r"https?://|www\.")
_NEAR = 3
_LEVELS = 4
_SHARE = 0.2
_LINKED = 0.6
_PARAGRAPH = 60
_LONG_ROW = 400
"""Letters of a table's row that is the page's layout rather than data."""


def in_own_words(tree: Tree, extracted: str, description: str | None = None) -> str:
    """``extracted`` (one line a paragraph) as the page words it, with what it skipped, without what is no article.

    ``description`` is what the page's head says of the article: where the page prints it, it is the standfirst.
    """
    page = segments(tree)
    chosen = _Chosen(page)
    lines = [taken for line in extracted.split("\n") if line and not _RULER.match(line) for taken in chosen.take(line)]
    if not chosen.numbers:
        return "\n".join(map(str, lines))
    return "\n".join([*_standfirst(page, chosen.numbers, description), *_told(page, chosen, lines)])


def _standfirst(page: list[Segment], chosen: set[int], description: str | None) -> list[str]:
    """What stands between the headline and the first paragraph and repeats how the page's head describes the article."""
    told = squashed(description or "")[:_HEAD]
    first = min(chosen)
    heading = next((number for number in range(first - 1, -1, -1) if page[number].block.tag == "h1"), None)
    if heading is None or len(told) < _HEAD or any(told in page[number].key for number in chosen):
        return []
    return [segment.text for segment in page[heading + 1 : first] if segment.key.startswith(told)][:1]


class _Chosen:
    """The page's segments that an extractor chose."""

    def __init__(self, page: list[Segment]) -> None:
        self._page = page
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_head: dict[str, list[int]] = defaultdict(list)
        for number, segment in enumerate(page):
            key = segment.key
            self._by_key[key].append(number)
            self._by_head[key[:_HEAD]].append(number)
        self.numbers: set[int] = set()
        self.marks: dict[int, str] = {}
        self._last = -1

    def take(self, line: str) -> list[int | str]:
        """The numbers of the segments that ``line`` is; the line itself where the page has no such words in one piece."""
        taken = self._take_whole(line)
        if isinstance(taken, int) or not line.startswith("|"):
            return [taken]
        cells = [cell.strip() for cell in line.split("|") if cell.strip()]
        parts = self._parts(squashed("".join(cells))) if len(line) > _LONG_ROW else []
        return [*parts] or [" | ".join(cells)]

    def _parts(self, key: str) -> list[int]:
        """The segments that make up ``key`` one after the other, with few others between them; none where they do not."""
        heads = (key[:size] for size in range(_HEAD, 1, -1))
        first = next((self._by_head[head][0] for head in heads if head in self._by_head), len(self._page))
        found: list[int] = []
        at, last = 0, first
        for number in range(first, len(self._page)):
            own = self._page[number].key
            if number - last > _TRIED or at >= len(key):
                break
            if key.startswith(own, at):
                found.append(number)
                at, last = at + len(own), number
        if at < len(key):
            return []
        self.numbers.update(found)
        self._last = last
        return found

    def _take_whole(self, line: str) -> int | str:
        mark = _LINE_MARK.match(line)
        key = squashed(line[mark.end() :] if mark else line)
        whole = self._by_key.get(squashed(line)) if mark else None
        number = self._next(whole or self._by_key.get(key) or self._alike(key))
        if number is None:
            return line
        self._last = number
        self.numbers.add(number)
        if mark and not whole:
            self.marks[number] = mark.group()
        return number

    def _next(self, numbers: list[int]) -> int | None:
        """The first of these after the last one taken, or else the first that was not taken yet."""
        later = bisect_right(numbers, self._last)
        for number in numbers[later : later + _TRIED] or numbers[:_TRIED]:
            if number not in self.numbers:
                return number
        return None

    def _alike(self, key: str) -> list[int]:
        """Segments that begin and end like ``key`` and have all its letters, in order, and some between them."""
        if len(key) < _HEAD + _TAIL:
            return []
        near = self._by_head.get(key[:_HEAD], [])[:_TRIED]
        return [number for number in near if _within(key, self._page[number].key)]


def _within(part: str, whole: str) -> bool:
    """Whether ``whole`` is ``part`` with words put in."""
    if not len(part) < len(whole) < 2 * len(part) or part[-_TAIL:] != whole[-_TAIL:]:
        return False
    letters = iter(whole)
    return all(letter in letters for letter in part)


def _told(page: list[Segment], chosen: _Chosen, lines: list[int | str]) -> Iterator[str]:
    """The lines in the extractor's order, each followed by the paragraphs that it skipped behind it."""
    furniture = _Furniture([page[number] for number in chosen.numbers])
    homes = Counter(page[number].block.getparent() for number in chosen.numbers if page[number].block.tag == "p")
    last = next((line for line in reversed(lines) if isinstance(line, int)), None)
    told = {page[number].key for number in chosen.numbers}
    for line in lines:
        if isinstance(line, str):
            yield line
            continue
        if not furniture.is_one(page[line]):
            yield chosen.marks.get(line, "") + page[line].text
        for number in _between(page, chosen, line, last):
            segment = page[number]
            if (
                segment.block.tag == "p"
                and homes[segment.block.getparent()] >= _NEAR
                and _is_prose(segment, furniture)
                and segment.key not in told
            ):
                told.add(segment.key)
                yield segment.text


def _between(page: list[Segment], chosen: _Chosen, after: int, last: int | None) -> range:
    """The segments behind ``after`` up to the next chosen one; up to the page's end behind the last one."""
    following = next((number for number in range(after + 1, len(page)) if number in chosen.numbers), None)
    if following is None:
        return range(after + 1, len(page) if after == last else after + 1)
    return range(after + 1, following)


def _is_prose(segment: Segment, furniture: _Furniture) -> bool:
    length = len(segment.key)
    sentence = length >= _PARAGRAPH and segment.linked * 2 < length and bool(_SENTENCE_END.search(segment.text))
    return sentence and not furniture.is_one(segment)


class _Furniture:
    """Tells what an extractor took along that is no part of the article: a caption, a line of links, a byline."""

    def __init__(self, article: list[Segment]) -> None:
        self._letters: Counter[str] = Counter()
        for segment in article:
            for mark in {_mark(element) for element in _around(segment)}:
                self._letters[mark] += len(segment.key)
        self._most = _SHARE * sum(len(segment.key) for segment in article)

    def is_one(self, segment: Segment) -> bool:
        """Whether ``segment`` is furniture."""
        length = len(segment.key)
        if segment.linked >= _LINKED * length and not _SENTENCE_END.search(segment.text) and not _ADDRESS.match(segment.text):
            return True
        return any(map(self._is_marked, _around(segment)))

    def _is_marked(self, element: Tree) -> bool:
        """Whether an element is called furniture and holds little of the article: some pages call the whole of it "shared"."""
        mark = _mark(element)
        named = element.tag in ("figcaption", "aside", "footer", "nav") or _FURNITURE.search(mark)
        return bool(named) and self._letters[mark] <= self._most


def _around(segment: Segment) -> Iterator[Tree]:
    yield segment.block
    yield from islice(segment.block.iterancestors(), _LEVELS)


def _mark(element: Tree) -> str:
    """What an element is called: its tag, class and id."""
    return f"{element.tag} {element.get('class') or ''} {element.get('id') or ''}"
