"""A body in a QTextDocument, and back. Qt's rich text is only the view: what is read from it is our own small model."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextListFormat,
)

from workstation.domain.body import LINE_BREAK, Block, BlockKind, Body, Marks, Run, canonical
from workstation.ui.theme import Theme

QUOTE_PROPERTY = QTextFormat.Property.UserProperty + 1
LINE_SEPARATOR = "\u2028"
LINE_HEIGHT_PERCENT = 112.0
BLOCK_GAP = 7.0
INDENT = 20.0

_STYLES = {BlockKind.BULLET: QTextListFormat.Style.ListDisc, BlockKind.NUMBER: QTextListFormat.Style.ListDecimal}
_KINDS = {style: kind for kind, style in _STYLES.items()}


def fill(document: QTextDocument, body: Body, theme: Theme) -> None:
    """Show ``body`` in ``document``, in the place of what it held."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.removeSelectedText()
    _leave_list(cursor)
    cursor.setBlockFormat(block_format())
    cursor.setBlockCharFormat(QTextCharFormat())
    insert(cursor, body, theme, fresh=True)
    cursor.endEditBlock()


def insert(cursor: QTextCursor, body: Body, theme: Theme, *, fresh: bool = False) -> None:
    """Put ``body`` in at ``cursor``; a first plain paragraph joins the block that the cursor stands in, unless ``fresh``.

    Plain paragraphs alone become what the block is that they are put into; in a block quote everything is quoted. What stood
    behind the cursor joins a last plain paragraph when that became of its own kind.
    """
    kind, quoted = kind_of(cursor.block()), is_quoted(cursor.block())
    has_rest = not cursor.atBlockEnd()
    flowing = [block.kind is BlockKind.PARAGRAPH and not block.quoted for block in body.blocks]
    adapts = all(flowing)
    for index, block in enumerate(body.blocks):
        joins = index == 0 and not fresh and flowing[0]
        if index > 0 or (not joins and not cursor.atBlockStart()):
            _begin_block(cursor)
        if not joins:
            set_kind(cursor, kind if adapts else block.kind)
            set_quoted(cursor, block.quoted or quoted)
        for run in block.runs:
            cursor.insertText(run.text.replace(LINE_BREAK, LINE_SEPARATOR), char_format(run.marks, theme))
    rejoins = flowing and flowing[-1] and (kind_of(cursor.block()), is_quoted(cursor.block())) == (kind, quoted)
    if has_rest and body and not rejoins:
        end = cursor.position()
        _begin_block(cursor)
        set_kind(cursor, kind)
        set_quoted(cursor, quoted)
        cursor.setPosition(end)


def _begin_block(cursor: QTextCursor) -> None:
    cursor.insertBlock(block_format(), QTextCharFormat())
    _leave_list(cursor)


def read(document: QTextDocument) -> Body:
    """The body that ``document`` shows, in canonical form."""
    return canonical(_read_block(block) for block in _blocks(document))


class BodyReader:
    """Reads the body that a document shows, again and again, as it is typed: only blocks that were touched are read anew.

    Blocks that were not touched are the very same values as the last time, so that comparing two bodies costs little.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._read: list[Block | None] = [None]
        """Each block as it was read, in canonical form; None where it was touched since."""
        self._body: Body | None = None
        document.contentsChange.connect(self._forget)

    def body(self) -> Body:
        """The body as it is shown now, in canonical form."""
        if self._body is None:
            self._read_touched()
            self._body = Body(tuple(block for block in self._read if block is not None and block.runs))
        return self._body

    def cursor(self, at: int) -> QTextCursor:
        """A cursor at code point ``at`` of the body's text; blocks that are empty for now are no part of it."""
        self.body()
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for number, block in enumerate(self._read):
            text = block.text if block is not None else ""
            if text and at <= len(text):
                units = len(text[: max(0, at)].encode("utf-16-le")) // 2
                shown = self._document.findBlockByNumber(number)
                cursor.setPosition(shown.position() + min(units, shown.length() - 1))
                return cursor
            at -= len(text) + 1 if text else 0
        return cursor

    def place(self, cursor: QTextCursor) -> tuple[int, int]:
        """The number of the body's block that ``cursor`` stands in, and the UTF-16 units of it before the cursor."""
        self.body()
        before = self._read[: cursor.blockNumber()]
        return sum(block is not None and bool(block.runs) for block in before), cursor.positionInBlock()

    def know(self, body: Body) -> None:
        """``body`` was just put into the document: it need not be read from there, and its blocks stay as they came."""
        if len(body.blocks) == self._document.blockCount():
            self._read, self._body = list(body.blocks), body

    def _forget(self, position: int, _removed: int, added: int) -> None:
        """The blocks around a change are read again; those behind it are moved by as many as came or went."""
        self._body = None
        count = self._document.blockCount()
        first = max(0, self._document.findBlock(position).blockNumber())
        end = self._document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else count - 1
        behind = max(0, count - 1 - last)
        kept = len(self._read) - behind
        if kept < first:  # nothing is known of what stood there
            self._read = [None] * count
        else:
            self._read[first:kept] = [None] * (last - first + 1)

    def _read_touched(self) -> None:
        if len(self._read) != self._document.blockCount():
            self._read = [None] * self._document.blockCount()
        for number, known in enumerate(self._read):
            if known is None:
                block = _read_block(self._document.findBlockByNumber(number))
                self._read[number] = next(iter(canonical([block]).blocks), Block())


def block_format() -> QTextBlockFormat:
    """How a plain paragraph is set."""
    form = QTextBlockFormat()
    form.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(BLOCK_GAP)
    return form


def char_format(marks: Marks, theme: Theme) -> QTextCharFormat:
    """How a run with these marks is set."""
    form = QTextCharFormat()
    if marks.strong:
        form.setFontWeight(700)
    if marks.emphasis:
        form.setFontItalic(True)
    if marks.link:
        form.setAnchor(True)
        form.setAnchorHref(marks.link)
        form.setForeground(theme.colour("accent"))
        form.setFontUnderline(True)
    if marks.quote:
        form.setProperty(QUOTE_PROPERTY, marks.quote)
    return form


def marks_of(form: QTextCharFormat) -> Marks:
    """The marks that a run is set with."""
    quote = form.property(QUOTE_PROPERTY)
    return Marks(
        strong=form.fontWeight() >= 600,
        emphasis=form.fontItalic(),
        link=(form.anchorHref() or None) if form.isAnchor() else None,
        quote=quote if isinstance(quote, str) else None,
    )


def marks_in(cursor: QTextCursor) -> Marks:
    """The marks that the selected text bears all through."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    found: set[Marks] = set()
    while block.isValid() and block.position() < end:
        found |= {marks_of(form) for position, length, form in _pieces(block) if position < end and position + length > start}
        block = block.next()
    return Marks(
        strong=bool(found) and all(marks.strong for marks in found),
        emphasis=bool(found) and all(marks.emphasis for marks in found),
        link=_only({marks.link for marks in found}),
        quote=_only({marks.quote for marks in found}),
    )


def _only(values: set[str | None]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def kind_of(block: QTextBlock) -> BlockKind:
    """What a block of the document is."""
    listed = block.textList()
    return _KINDS.get(listed.format().style(), BlockKind.BULLET) if listed else BlockKind.PARAGRAPH


def is_quoted(block: QTextBlock) -> bool:
    """Whether a block stands in a block quote."""
    return block.blockFormat().intProperty(QTextFormat.Property.BlockQuoteLevel) > 0


def set_kind(cursor: QTextCursor, kind: BlockKind) -> None:
    """Make the cursor's block a paragraph or a list item; it joins the list of the same kind above it."""
    if kind_of(cursor.block()) is kind:
        return
    _leave_list(cursor)
    if kind is BlockKind.PARAGRAPH:
        return
    above = cursor.block().previous()
    if above.isValid() and kind_of(above) is kind and is_quoted(above) == is_quoted(cursor.block()):
        above.textList().add(cursor.block())
    else:
        form = QTextListFormat()
        form.setStyle(_STYLES[kind])
        form.setIndent(1)
        cursor.createList(form)


def set_quoted(cursor: QTextCursor, quoted: bool) -> None:
    """Put the cursor's block into a block quote, or take it out."""
    if is_quoted(cursor.block()) == quoted:
        return
    form = QTextBlockFormat()
    form.setProperty(QTextFormat.Property.BlockQuoteLevel, int(quoted))
    form.setLeftMargin(INDENT if quoted else 0)
    form.setRightMargin(INDENT if quoted else 0)
    cursor.mergeBlockFormat(form)


def _leave_list(cursor: QTextCursor) -> None:
    listed = cursor.currentList()
    if listed:
        listed.remove(cursor.block())
        form = cursor.blockFormat()
        form.setIndent(0)
        cursor.setBlockFormat(form)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _read_block(block: QTextBlock) -> Block:
    return Block(tuple(_runs(block)), kind_of(block), is_quoted(block))


def _runs(block: QTextBlock) -> Iterator[Run]:
    for fragment in _fragments(block):
        text = fragment.text().replace(LINE_SEPARATOR, LINE_BREAK).replace("\ufffc", "")
        yield Run(text, marks_of(fragment.charFormat()))


def _pieces(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    for fragment in _fragments(block):
        yield fragment.position(), fragment.length(), fragment.charFormat()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            yield fragment
        iterator += 1
