"""What is copied out of a body: for ourselves with the ties of its quotations, for others as clean markup and as words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor

from workstation.domain.body import LINE_BREAK, Block, BlockKind, Body, Run, canonical, write_html
from workstation.export.clipboard import CHARSET
from workstation.ui.story import body_document

BODY_TYPE = "application/x-workstation-body"
"""What is copied inside the editor: HTML of the small set, UTF-8, with the ties of its quotations."""


def copied(cursor: QTextCursor) -> QMimeData:
    """The selection in every form that it can be pasted in."""
    body = selected(cursor)
    html = write_html(body, quote_marks=False)
    if len(body.blocks) == 1 and html.startswith("<p>"):
        html = html.removeprefix("<p>").removesuffix("</p>")  # so that it joins the paragraph it is pasted into
    data = QMimeData()
    data.setText(cursor.selectedText().replace("\u2029", LINE_BREAK).replace(body_document.LINE_SEPARATOR, LINE_BREAK))
    data.setData(BODY_TYPE, write_html(body).encode())
    data.setHtml(CHARSET + html)
    return data


def html_of(data: QMimeData) -> str:
    """The HTML on a clipboard; some programs put it there in UTF-16 without a word of it, which Qt takes for UTF-8."""
    html = data.html()
    if "\0" not in html:
        return html
    return bytes(data.data("text/html").data()).decode("utf-16-le", "replace")


def selected(cursor: QTextCursor) -> Body:
    """The selected part of a document. Some words of one block are words; a whole block, or several, keep what they are."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block, last = cursor.document().findBlock(start), cursor.document().findBlock(end)
    is_part = block == last and (start > block.position() or end < block.position() + block.length() - 1)
    blocks = []
    while block.isValid() and block.position() <= end:
        runs = tuple(_runs(block, start, end))
        if is_part:
            blocks.append(Block(runs))
        elif block != last or runs:
            blocks.append(Block(runs, body_document.kind_of(block), body_document.is_quoted(block)))
        block = block.next()
    return canonical(blocks)


def is_words(body: Body) -> bool:
    """Whether a body is one plain paragraph, which joins the sentence that it is put into."""
    return len(body.blocks) == 1 and body.blocks[0].kind is BlockKind.PARAGRAPH and not body.blocks[0].quoted


def _runs(block: QTextBlock, start: int, end: int) -> Iterator[Run]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        first, behind = max(start, fragment.position()), min(end, fragment.position() + fragment.length())
        if first < behind:
            units = fragment.text().encode("utf-16-le", "surrogatepass")
            text = units[(first - fragment.position()) * 2 : (behind - fragment.position()) * 2].decode("utf-16-le", "ignore")
            marks = body_document.marks_of(fragment.charFormat())
            yield Run(text.replace(body_document.LINE_SEPARATOR, LINE_BREAK).replace("\ufffc", ""), marks)
        iterator += 1
