"""A walk through the tree of a pasted document that gathers what a story keeps of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from workstation.domain.body import LINE_BREAK, BlockKind, Body, Marks
from workstation.ingest.pasted_blocks import Gatherer, Setting
from workstation.ingest.pasted_links import link_target
from workstation.ingest.pasted_styles import Style, StyleSheet
from workstation.ingest.unseen_elements import is_left_out
from workstation.ingest.word_lists import word_list_item

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = _HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "p",
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
        "ul",
    ]
)
_LISTS = {"ul": BlockKind.BULLET, "menu": BlockKind.BULLET, "dir": BlockKind.BULLET, "ol": BlockKind.NUMBER}
_STRONG, _EMPHASIS = frozenset(["b", "strong"]), frozenset(["i", "em", "cite", "dfn", "var"])
_CELLS = frozenset(["td", "th"])
_STAYS_BLOCK = _CELLS | {"li", "tr", "table", "blockquote", "ul", "ol"}
_BLOCK_DISPLAYS = frozenset(["block", "list-item", "flex", "grid", "table", "table-row", "flow-root"])
_PARAGRAPHS = frozenset(["p", "div"])
_OPENING, _CLOSING = "“‘", "”’"
_QUOTATION_MARKS = ("“", "„", "«", "»", '"', "‘", "「", "『")
_QUOTING_CLASSES = frozenset(["msoquote", "msointensequote", "msoblocktext", "x_msoquote", "c-mrkdwn__quote"])
_HEADING_CLASSES = frozenset(["msotitle", "msosubtitle", "x_msotitle"])
_LINE_ENDS = re.compile(r"\r\n?")
_FOLDED = re.compile(r"[\t\n\r\f\v]+")
_EAST_ASIAN = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_EAST_ASIAN_FOLD = re.compile(rf"(?<=[{_EAST_ASIAN}])[ \t]*[\r\n]+[ \t]*(?=[{_EAST_ASIAN}])")
_STAND_INS = " \t\r\n\u00a0"
_EXPONENT = "0123456789+-−"
_RAISED = str.maketrans(_EXPONENT, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_PICTOGRAPHS = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\U000e0020-\U000e007f]+")


@dataclass(slots=True)
class _Row:
    """A row of a table: where the cell at hand begins, where each cell began and ended, and whether it holds a table itself."""

    begun: int = 0
    cells: list[tuple[int, int]] = field(default_factory=list)
    is_plain: bool = True


class _Open(NamedTuple):
    """An element that was entered: how its text is set, and whether it stands in a block of its own."""

    setting: Setting
    is_block: bool = False
    is_left_out: bool = False


class PastedDocument:
    """Reads one tree. ``page`` is the address that it was copied from; ``has_lines`` whether line ends can mean something."""

    def __init__(self, sheet: StyleSheet, *, page: str | None = None, has_lines: bool = True) -> None:
        self._sheet = sheet
        self._page = page
        self._has_lines = has_lines
        self._gatherer = Gatherer()
        self._open = [_Open(Setting())]
        self._rows: list[_Row] = []
        self._tables: list[bool] = []
        """Of each open table whether its rows are rows, and not the places of a page."""

    def read(self, root: Any) -> Body:
        """The body in the tree. It is walked without recursion, however deep it is."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element)
            elif not self._enter(element):
                walk.skip_subtree()
        return self._gatherer.body()

    # --- elements --------------------------------------------------------------------------------------------------

    def _enter(self, element: Any) -> bool:
        """Begin an element; answers whether what is in it counts."""
        outer = self._open[-1].setting
        attributes = element.attrib
        classes = attributes.get("class", "").lower()
        style = self._sheet.style_of(element.tag, classes, attributes.get("style", ""))
        if element.tag in ("br", "img"):
            self._add_sign(element, outer)
        if is_left_out(element, style, classes.split(), self._page):
            self._open.append(_Open(outer, is_left_out=True))
            return False
        is_block = _is_block(element.tag, style)
        if is_block:
            self._gatherer.end_block()
        setting = self._setting(element, style, classes.split(), outer)
        self._open.append(_Open(setting, is_block))
        self._begin_in_table(element)
        self._add_beginning(element, style, setting, outer)
        return True

    def _leave(self, element: Any) -> None:
        left, outer = self._open.pop(), self._open[-1].setting
        if not left.is_left_out:
            if left.setting.quotation_depth > outer.quotation_depth:
                self._gatherer.add(_CLOSING[outer.quotation_depth % 2], left.setting)
            if left.is_block:
                self._gatherer.end_block()
            self._end_in_table(element.tag)
        self._add(element.tail, outer)

    # --- words -----------------------------------------------------------------------------------------------------

    def _add(self, text: str | None, setting: Setting) -> None:
        """Text between tags: its white space is folded as browsers fold it, its lines count only where a style says so."""
        if not text:
            return
        if setting.keeps_lines and self._has_lines:
            text = _LINE_ENDS.sub(LINE_BREAK, text).replace("\f", " ")
        else:
            text = _FOLDED.sub(" ", _EAST_ASIAN_FOLD.sub("", text) if "\n" in text else text)
        self._gatherer.add(text, setting)

    def _add_beginning(self, element: Any, style: Style, setting: Setting, outer: Setting) -> None:
        text = element.text or ""
        if setting.quotation_depth > outer.quotation_depth:
            self._gatherer.add(_OPENING[outer.quotation_depth % 2], setting)
        if (element.tag == "sup" or style.raised) and self._gatherer.last_letter.isdigit() and not text.strip(_EXPONENT):
            text = text.translate(_RAISED)  # ten to the sixth is not one hundred and six
        if text and element.tag == "span" and not text.strip(_STAND_INS) and _stands_in(element):
            text = " "
        self._add(text, setting)

    def _add_sign(self, element: Any, setting: Setting) -> None:
        """A line break; of a picture only the pictograph that it stands for."""
        if element.tag == "br":
            self._gatherer.add(LINE_BREAK, setting)
        elif _PICTOGRAPHS.fullmatch(sign := element.get("alt", "")):
            self._gatherer.add(sign, setting)

    # --- tables ----------------------------------------------------------------------------------------------------

    def _begin_in_table(self, element: Any) -> None:
        if element.tag == "tr":
            self._rows.append(_Row(is_plain=bool(self._tables) and self._tables[-1]))
        elif element.tag == "table":
            self._tables.append(element.get("role") not in ("presentation", "none"))
            if self._rows:
                self._rows[-1].is_plain = False
        elif self._rows and element.tag in _CELLS:
            self._rows[-1].begun = self._gatherer.count

    def _end_in_table(self, tag: str) -> None:
        if self._rows and tag in _CELLS:
            self._rows[-1].cells.append((self._rows[-1].begun, self._gatherer.count))
        elif self._rows and tag == "tr" and (row := self._rows.pop()).is_plain:
            self._gatherer.join_cells(row.cells)
        elif self._tables and tag == "table":
            self._tables.pop()

    # --- settings --------------------------------------------------------------------------------------------------

    def _setting(self, element: Any, style: Style, classes: list[str], outer: Setting) -> Setting:
        """How the text in an element is set."""
        setting = _placed(element, style, classes, outer)
        marks = self._marks(element, style, setting)
        if marks != setting.marks:
            setting = setting._replace(marks=marks)
        keeps_lines = style.keeps_lines if style.keeps_lines is not None else element.tag == "pre" or outer.keeps_lines
        if keeps_lines != setting.keeps_lines:
            setting = setting._replace(keeps_lines=keeps_lines)
        if setting.item is None and element.tag in _PARAGRAPHS and (item := word_list_item(element, style, classes)):
            self._gatherer.leave_out(item.typed)
            setting = setting._replace(kind=item.kind, item=element)
        return setting

    def _marks(self, element: Any, style: Style, setting: Setting) -> Marks:
        tag, marks = element.tag, setting.marks
        if tag in _HEADINGS:
            return replace(marks, strong=False)
        if tag == "a":
            marks = replace(marks, link=link_target(element.get("href"), self._page))
        elif tag == "mark" and element.get("data-quote"):
            marks = replace(marks, quote=element.get("data-quote"))
        is_design = tag == "blockquote" or (setting.quoted and tag in _PARAGRAPHS and style.emphasis and not element.get("style"))
        strong, emphasis = (None, None) if is_design else (style.strong, style.emphasis)
        if strong is None and tag in _STRONG:
            strong = True
        if emphasis is None and tag in _EMPHASIS:
            emphasis = True
        return marks if strong is None and emphasis is None else _set(marks, strong, emphasis)


def _set(marks: Marks, strong: bool | None, emphasis: bool | None) -> Marks:
    return replace(
        marks,
        strong=marks.strong if strong is None else strong,
        emphasis=marks.emphasis if emphasis is None else emphasis,
    )


def _placed(element: Any, style: Style, classes: list[str], outer: Setting) -> Setting:
    """The setting with the list, block quote, heading or quotation that an element begins."""
    tag = element.tag
    if tag == "li":
        return outer._replace(kind=outer.list_kind, item=element)
    if tag in _LISTS:
        return outer._replace(list_kind=_LISTS[tag])
    if tag == "blockquote" or (tag == "div" and style.has_bar) or not _QUOTING_CLASSES.isdisjoint(classes):
        return outer._replace(quoted=True, kind=BlockKind.PARAGRAPH, item=None, list_kind=BlockKind.BULLET)
    if tag in _HEADINGS or element.get("role") == "heading" or not _HEADING_CLASSES.isdisjoint(classes):
        return outer._replace(is_heading=True)
    if tag == "q" and not (element.text or "").lstrip().startswith(_QUOTATION_MARKS):
        return outer._replace(quotation_depth=outer.quotation_depth + 1)
    return outer


def _stands_in(span: Any) -> bool:
    """Whether the no-break space in a span only stands for a space that its program feared to lose."""
    return not span.attrib or "Apple-converted-space" in span.get("class", "") or "mso-spacerun" in span.get("style", "")


def _is_block(tag: str, style: Style) -> bool:
    if style.display in _BLOCK_DISPLAYS:
        return True
    return tag in _BLOCKS and (style.display != "inline" or tag in _STAYS_BLOCK)
