"""What a content system made of a text: its words, links, pictures and emphasis beside those that were sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from html.parser import HTMLParser
from unicodedata import normalize

from workstation.domain.wording import shortened

_BLOCKS = {
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "p": "paragraph",
    "li": "list item",
    "blockquote": "quotation",
    "figcaption": "caption",
    "figure": "figure",
    "ul": "list",
    "ol": "list",
    "div": "paragraph",
    "section": "paragraph",
    "article": "paragraph",
    "aside": "paragraph",
    "table": "table",
    "tr": "table row",
    "td": "table cell",
    "th": "table cell",
    "pre": "preformatted text",
    "hr": "rule",
}
_EMPHASES = {"strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis"}
_UNSEEN = frozenset({"script", "style", "template", "head"})
_INNER = frozenset({"paragraph", "list", "figure"})
"""Blocks that only hold others: a paragraph in a list item is told as the list item."""
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′", "'"),
        **dict.fromkeys("–—−‒―", "-"),
        "…": "...",
        "×": "x",
    }
)
_HYPHENS = re.compile("-+")
_LONGEST = 160


class DifferenceKind(StrEnum):
    """What of a text is different."""

    TEXT = "text"
    MARKS = "marks"
    FORM = "form"
    LINK = "link"
    PICTURE = "picture"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came back otherwise; ``sent`` or ``returned`` is empty where there was none.

    ``MARKS`` are quotation marks and dashes that the system writes in its own way, ``FORM`` is what a block is (a heading that
    became a paragraph).
    """

    kind: DifferenceKind
    sent: str
    returned: str

    @property
    def sentence(self) -> str:
        """The difference in words for the editor."""
        subject = _SUBJECTS[self.kind]
        if not self.returned:
            return f"{subject} was left out: “{shortened(self.sent, _LONGEST)}”"
        if not self.sent:
            return f"{subject} was added: “{shortened(self.returned, _LONGEST)}”"
        return f"{subject} was changed: “{shortened(self.sent, _LONGEST)}” became “{shortened(self.returned, _LONGEST)}”"


_SUBJECTS = {
    DifferenceKind.TEXT: "Text",
    DifferenceKind.MARKS: "A quotation mark or dash",
    DifferenceKind.FORM: "The form of a passage",
    DifferenceKind.LINK: "A link",
    DifferenceKind.PICTURE: "A picture",
    DifferenceKind.EMPHASIS: "Emphasis",
}


def differences(sent: str, returned: str) -> tuple[Difference, ...]:
    """What differs between two markups as a reader sees them; markup that says the same in another way is no difference."""
    before, after = shown(sent), shown(returned)
    return (
        *_block_differences(before.blocks, after.blocks),
        *_list_differences(DifferenceKind.LINK, before.links, after.links),
        *_list_differences(DifferenceKind.PICTURE, before.pictures, after.pictures),
        *_list_differences(DifferenceKind.EMPHASIS, before.emphases, after.emphases),
    )


def told_slug(wanted: str | None, given: object) -> tuple[str, ...]:
    """The sentence for a post that did not get the slug it was sent with; none where it did, or where none was sent."""
    return (f"The slug is “{given}”: “{wanted}” is taken there or not possible.",) if wanted and wanted != given else ()


@dataclass(frozen=True, slots=True)
class Block:
    """A passage with what it is: ``heading``, ``paragraph``, ``list item`` and the like."""

    form: str
    text: str


@dataclass(slots=True)
class Shown:
    """What a reader sees of a markup: passages, links (text and address), pictures (alternative text and address), emphasis."""

    blocks: list[Block] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    emphases: list[str] = field(default_factory=list)


def shown(markup: str) -> Shown:
    """What a reader sees of ``markup``, spaces and letters in one spelling; comments, scripts and styles are not seen."""
    reader = _Reader()
    reader.feed(markup)  # as it is: a letter that a mark is composed with may be the end of an element
    reader.close()
    reader.end_block()
    return reader.shown


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = Shown()
        self._open: list[str] = []
        self._text: list[str] = []
        self._unseen = 0
        self._runs: list[tuple[str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.end_block()
            self._open.append(tag)
        elif tag == "br":
            self._text.append(" ")
        elif tag == "img":
            self.shown.pictures.append(f"{_one_line(values.get('alt', ''))} ({_one_line(values.get('src', ''))})")
        elif (tag == "a" and "href" in values) or tag in _EMPHASES:
            self._runs.append((tag, _one_line(values.get("href", "")), []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.end_block()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif any(run[0] == tag for run in self._runs):
            self._end_run(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._text.append(data)
        for _, _, words in self._runs:
            words.append(data)

    def end_block(self) -> None:
        text = _one_line("".join(self._text))
        self._text.clear()
        if text:
            self.shown.blocks.append(Block(self._form(), text))

    def _form(self) -> str:
        forms = [_BLOCKS[tag] for tag in self._open]
        return next((form for form in reversed(forms) if form not in _INNER), "paragraph")

    def _end_run(self, tag: str) -> None:
        place = max(place for place, run in enumerate(self._runs) if run[0] == tag)
        _, address, words = self._runs.pop(place)
        text = _one_line("".join(words))
        if tag == "a":
            self.shown.links.append(f"{text} ({address})")
        elif text:
            self.shown.emphases.append(f"{_EMPHASES[tag]}: {text}")


def _block_differences(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Difference]:
    texts = [_plain(block.text) for block in before], [_plain(block.text) for block in after]
    for act, i, i_end, j, j_end in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if act == "equal":
            for old, new in zip(before[i:i_end], after[j:j_end], strict=True):
                yield from _same_words(old, new)
        else:
            yield from _pairs(DifferenceKind.TEXT, [one.text for one in before[i:i_end]], [one.text for one in after[j:j_end]])


def _same_words(old: Block, new: Block) -> Iterator[Difference]:
    if old.text != new.text:
        yield Difference(DifferenceKind.MARKS, old.text, new.text)
    if old.form != new.form:
        yield Difference(DifferenceKind.FORM, f"{old.form}: {old.text}", f"{new.form}: {new.text}")


def _list_differences(kind: DifferenceKind, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    texts = [_plain(text) for text in before], [_plain(text) for text in after]
    for act, i, i_end, j, j_end in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if act != "equal":
            yield from _pairs(kind, before[i:i_end], after[j:j_end])


def _pairs(kind: DifferenceKind, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    for place in range(max(len(before), len(after))):
        yield Difference(kind, *(texts[place] if place < len(texts) else "" for texts in (before, after)))


def _plain(text: str) -> str:
    """``text`` with the marks that systems put in by themselves in one spelling, and without what no reader sees."""
    return _HYPHENS.sub("-", text.translate(_MARKS))


def _one_line(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))
