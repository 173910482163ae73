"""The rich text of a story: paragraphs, list items and block quotes with a few marks, and nothing else.

A body is flat: a tuple of blocks, each with runs of equally marked text. It is written as HTML of a small set
(``p ul ol li blockquote strong em a[href] br mark[data-quote]``) and read back from it. Reading reports what it
had to leave out; writing a body that was read gives the same body again when it is read once more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import filterfalse, groupby
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
LINE_BREAK = "\n"


class BlockKind(StrEnum):
    """What one block is; consecutive bullets (or numbers) make one list."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Marks:
    """How a run is set: emphasis, strength, the address it links to, and the id of the quote it is tied to."""

    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    quote: str | None = None


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Run:
    r"""A stretch of equally marked text; ``"\n"`` in it is a line break inside the block."""

    text: str
    marks: Marks = PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or list item, inside a block quote when ``quoted``."""

    runs: tuple[Run, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    quoted: bool = False
    _hash: int | None = field(default=None, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Kept once it is known: a long story's blocks are looked up at every key."""
        if self._hash is None:
            object.__setattr__(self, "_hash", hash((self.runs, self.kind, self.quoted)))
        return self._hash or 0

    @property
    def text(self) -> str:
        """The words of the block without their marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Body:
    """The rich text of The News or of one card, in canonical form: no empty blocks, equal neighbours merged."""

    blocks: tuple[Block, ...] = ()
    _words: int | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The plain text, one line a block (a line break inside a block is a line too)."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def words(self) -> int:
        """How many words the body has. Kept once it is known: a page tells it at every key, and one body has changed."""
        if self._words is None:
            object.__setattr__(self, "_words", sum(_words_of(block.text) for block in self.blocks))
        return self._words or 0

    def place(self, block: int, offset: int) -> int:
        """The code point of ``text`` at code point ``offset`` of a block, both cut to what there is."""
        before = self.blocks[: max(0, block)]
        inside = min(offset, len(self.blocks[block].text)) if 0 <= block < len(self.blocks) else 0
        return sum(len(each.text) + 1 for each in before) + inside

    @property
    def links(self) -> tuple[str, ...]:
        """Every address that the body links to, in order, repeats included."""
        runs = [run for block in self.blocks for run in block.runs]
        return tuple(link for link, _ in groupby(run.marks.link for run in runs) if link)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The ids of the quotes that words of the body are tied to, each once, in order."""
        runs = [run for block in self.blocks for run in block.runs]
        return tuple(dict.fromkeys(run.marks.quote for run in runs if run.marks.quote))

    def __bool__(self) -> bool:
        return bool(self.blocks)


EMPTY = Body()


@dataclass(frozen=True, slots=True)
class Reading:
    """A body that was read, and a sentence for each thing that was left out of it."""

    body: Body
    left_out: tuple[str, ...] = ()


_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""A character of a script that is written without spaces between words: Han and kana."""
_ALPHANUMERIC = re.compile(r"[^\W_]")


def is_word_letter(character: str) -> bool:
    """Whether ``character`` belongs to a word of a script that is written with spaces between words."""
    is_mark = unicodedata.category(character).startswith("M")
    return (character.isalnum() or is_mark) and not _IDEOGRAPH.match(character)


def count_words(text: str) -> int:
    """The number of words in ``text``: Chinese and Japanese by character, everything else by white space."""
    others, ideographs = (text, 0) if text.isascii() else _IDEOGRAPH.subn("", text)
    tokens = others.split()
    odd = filterfalse(str.isalnum, tokens)
    return ideographs + len(tokens) - list(map(_ALPHANUMERIC.search, odd)).count(None)


def _words_of(text: str) -> int:
    """The words of one block: asked at every key, and most blocks are what they were."""
    return _remembered_words(text) if len(text) <= LONGEST_REMEMBERED else count_words(text)


LONGEST_REMEMBERED = 4000


@lru_cache(maxsize=1536)
def _remembered_words(text: str) -> int:
    return count_words(text)


def body_from_text(text: str) -> Body:
    """A body of plain paragraphs, one a non-empty line of ``text``."""
    return canonical(Block((Run(line.strip()),)) for line in text.splitlines())


def canonical(blocks: Iterable[Block]) -> Body:
    """``blocks`` as a body: NFC, equal neighbouring runs merged, blocks trimmed, empty ones dropped."""
    tidied = (replace(block, runs=_tidy(block.runs)) for block in blocks)
    return Body(tuple(block for block in tidied if block.runs))


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with white space folded as HTML folds it, merged where their marks agree, empty ones dropped."""
    folded: list[Run] = []
    before = LINE_BREAK
    for run in runs:
        text = _with_its_letter(folded, _fold(run.text, before))
        if text.startswith(LINE_BREAK):
            _trim_end(folded, " ")
        if text:
            folded.append(replace(run, text=text))
            before = text[-1]
    _trim_end(folded, " \n")
    return tuple(
        Run(unicodedata.normalize("NFC", "".join(run.text for run in group)), marks)
        for marks, group in groupby(folded, key=lambda run: run.marks)
    )


def _with_its_letter(folded: list[Run], text: str) -> str:
    """``text`` without what belongs to the last letter before it (an accent, a vowel sign), which takes it over."""
    moved = 0
    if folded and not text.isascii() and folded[-1].text[-1:] not in ("", " ", LINE_BREAK):
        while moved < len(text) and _belongs(folded[-1].text[-1] + text[:moved], text[moved]):
            moved += 1
    if moved:
        folded[-1] = replace(folded[-1], text=folded[-1].text + text[:moved])
    return text[moved:]


def _belongs(letter: str, following: str) -> bool:
    composed = unicodedata.normalize("NFC", letter + following)
    return unicodedata.category(following).startswith("M") or len(composed) < len(unicodedata.normalize("NFC", letter)) + 1


_SPACES = re.compile(r"[ \t\r\f\v]+")
_SPACES_AT_BREAK = re.compile(r" ?\n ?")


def _fold(text: str, before: str) -> str:
    """``text`` with runs of spaces as one, and none after ``before`` when that is a space or a line break."""
    text = _SPACES_AT_BREAK.sub(LINE_BREAK, _SPACES.sub(" ", text.replace("\0", "")))
    return text.lstrip(" ") if before in (" ", LINE_BREAK) else text


def _trim_end(runs: list[Run], characters: str) -> None:
    while runs:
        text = runs[-1].text.rstrip(characters)
        if text:
            runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()


def safe_link(address: str | None) -> str | None:
    """``address`` when it is one that a reader may be sent to (http, https, mailto), else None; a space in it is ``%20``."""
    if not address:
        return None
    stripped = (
        "".join(character for character in address if character >= " " and character != "\x7f").strip(" ").replace(" ", "%20")
    )
    try:
        scheme = urlsplit(stripped).scheme.lower()
    except ValueError:
        return None
    return stripped if scheme in LINK_SCHEMES else None


# --- writing -------------------------------------------------------------------------------------------------------


def write_html(body: Body, *, quote_marks: bool = True) -> str:
    """``body`` as HTML of the small set, one line a block; without ``mark`` when ``quote_marks`` is off."""
    lines: list[str] = []
    for quoted, inside in groupby(body.blocks, key=lambda block: block.quoted):
        if quoted:
            lines.append("<blockquote>")
        lines.extend(_write_blocks(inside, quote_marks))
        if quoted:
            lines.append("</blockquote>")
    return "\n".join(lines)


_LIST_TAGS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}


def _write_blocks(blocks: Iterable[Block], quote_marks: bool) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        inner = [inner_html(block.runs, quote_marks=quote_marks) for block in group]
        if kind is BlockKind.PARAGRAPH:
            yield from (f"<p>{text}</p>" for text in inner)
        else:
            tag = _LIST_TAGS[kind]
            yield f"<{tag}>"
            yield from (f"<li>{text}</li>" for text in inner)
            yield f"</{tag}>"


def inner_html(runs: tuple[Run, ...], *, quote_marks: bool = True) -> str:
    """The markup of the words inside one block."""
    return "".join(_write_runs(runs, quote_marks))


def _write_runs(runs: tuple[Run, ...], quote_marks: bool) -> Iterator[str]:
    """Links enclose the quote marks and these the runs that they share, so that one link stays one element."""
    for link, linked in groupby(runs, key=lambda run: run.marks.link):
        text = "".join(_write_quoted(linked, quote_marks))
        yield f'<a href="{escape(link)}">{text}</a>' if link else text


def _write_quoted(runs: Iterable[Run], quote_marks: bool) -> Iterator[str]:
    for quote, group in groupby(runs, key=lambda run: run.marks.quote if quote_marks else None):
        text = "".join(_write_run(run) for run in group)
        yield f'<mark data-quote="{escape(quote)}">{text}</mark>' if quote else text


def _write_run(run: Run) -> str:
    text = escape(run.text, quote=False).replace(LINE_BREAK, "<br>")
    if run.marks.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if run.marks.strong else text


# --- reading -------------------------------------------------------------------------------------------------------


def read_html(html: str) -> Reading:
    """The body in ``html`` of the small set; an element that is not in the set loses its tag, keeps its words and is reported."""
    reader = _BodyReader()
    reader.feed(html)
    reader.close()
    return Reading(canonical(reader.finished()), tuple(dict.fromkeys(reader.left_out)))


_BLOCK_TAGS = frozenset({"p", "li"})
_CONTAINER_TAGS = frozenset({"ul", "ol", "blockquote"})
_STRONG_TAGS = frozenset({"strong", "b"})
_EMPHASIS_TAGS = frozenset({"em", "i"})
_FOREIGN_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_DROPPED_TAGS = frozenset({"script", "style", "template", "iframe", "object", "textarea", "title", "svg", "math", "noscript"})


@dataclass
class _Open:
    """What is open while reading: marks as stacks, because a sloppy document closes them in any order."""

    strong: int = 0
    emphasis: int = 0
    links: list[str | None] = field(default_factory=list)
    quotes: list[str | None] = field(default_factory=list)
    lists: list[BlockKind] = field(default_factory=list)
    blockquotes: int = 0

    @property
    def marks(self) -> Marks:
        return Marks(self.strong > 0, self.emphasis > 0, _last(self.links), _last(self.quotes))


def _last(stack: list[str | None]) -> str | None:
    return next((entry for entry in reversed(stack) if entry), None)


class _BodyReader(HTMLParser):
    """Feeds on HTML of the small set and keeps blocks; nothing it does not know survives but its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out: list[str] = []
        self._open = _Open()
        self._dropping: list[str] = []
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._kind = BlockKind.PARAGRAPH

    def finished(self) -> list[Block]:
        self._end_block()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropping or tag in _DROPPED_TAGS:
            self._drop(tag)
        elif tag in _BLOCK_TAGS or tag in _CONTAINER_TAGS:
            self._start_block(tag)
        elif tag == "br":
            self._runs.append(Run(LINE_BREAK, self._open.marks))
        elif not self._start_mark(tag, dict(attrs)):
            if tag in _FOREIGN_BLOCKS:
                self._end_block()
            self.left_out.append(f"The element <{tag}> is not part of a story; its words were kept.")

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
        elif tag in _BLOCK_TAGS or tag in _CONTAINER_TAGS:
            self._finish_block(tag)
        elif tag in _FOREIGN_BLOCKS:
            self._end_block()
        else:
            self._finish_mark(tag)

    def handle_data(self, data: str) -> None:
        if self._dropping:
            return
        self._runs.append(Run(data.replace("\n", " "), self._open.marks))

    def _drop(self, tag: str) -> None:
        if not self._dropping:
            self.left_out.append(f"The element <{tag}> and what it held were left out.")
        if tag in _DROPPED_TAGS:
            self._dropping.append(tag)

    def _start_block(self, tag: str) -> None:
        self._end_block()
        if tag in ("ul", "ol"):
            self._open.lists.append(BlockKind.BULLET if tag == "ul" else BlockKind.NUMBER)
        elif tag == "blockquote":
            self._open.blockquotes += 1
        elif tag == "li":
            self._kind = self._open.lists[-1] if self._open.lists else BlockKind.BULLET
        # a paragraph inside a list item stays part of the item

    def _finish_block(self, tag: str) -> None:
        self._end_block()
        if tag in ("ul", "ol") and self._open.lists:
            self._open.lists.pop()
        elif tag == "blockquote":
            self._open.blockquotes = max(0, self._open.blockquotes - 1)
        if tag in ("ul", "ol"):
            self._kind = self._open.lists[-1] if self._open.lists else BlockKind.PARAGRAPH
        elif tag == "li":
            self._kind = BlockKind.PARAGRAPH

    def _end_block(self) -> None:
        if self._runs:
            self._blocks.append(Block(tuple(self._runs), self._kind, self._open.blockquotes > 0))
        self._runs = []

    def _start_mark(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in _STRONG_TAGS:
            self._open.strong += 1
        elif tag in _EMPHASIS_TAGS:
            self._open.emphasis += 1
        elif tag == "a":
            self._open.links.append(self._link(attributes.get("href")))
        elif tag == "mark":
            self._open.quotes.append(attributes.get("data-quote"))
        else:
            return False
        return True

    def _link(self, address: str | None) -> str | None:
        link = safe_link(address)
        if address and not link:
            self.left_out.append(f"The link to “{address[:80]}” was left out: only http, https and mailto may be linked.")
        return link

    def _finish_mark(self, tag: str) -> None:
        if tag in _STRONG_TAGS:
            self._open.strong = max(0, self._open.strong - 1)
        elif tag in _EMPHASIS_TAGS:
            self._open.emphasis = max(0, self._open.emphasis - 1)
        elif tag == "a" and self._open.links:
            self._open.links.pop()
        elif tag == "mark" and self._open.quotes:
            self._open.quotes.pop()
