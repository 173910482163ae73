"""What foreign words are shown as: themselves."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtGui import Qt, QTextDocument

from workstation import ui
from workstation.ui.wording import plain_tip

SOURCES = sorted(Path(ui.__file__).parent.rglob("*.py"))


def is_our_own(value: ast.expr) -> bool:
    """Whether a tool tip is a constant of ours, goes through :func:`plain_tip`, or went (its name says so: ``own_tip``)."""
    if isinstance(value, ast.IfExp):
        return is_our_own(value.body) and is_our_own(value.orelse)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id == "plain_tip"
    return isinstance(value, (ast.Constant, ast.Name)) and (
        isinstance(value, ast.Constant) or (value.id.isupper() or value.id == "own_tip")
    )


def test_a_tip_says_markup_word_for_word():
    words = "<table><tr><td>a & b</td></tr>\n</table>"
    shown = QTextDocument()
    shown.setHtml(plain_tip(words))
    assert shown.toPlainText().replace("\u2028", "\n") == words
    assert Qt.mightBeRichText(plain_tip("plain"))
    assert plain_tip("") == ""


def test_no_tool_tip_of_the_window_takes_foreign_words_for_markup():
    bare = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip"
            if named and not is_our_own(node.args[-1]):
                bare.append(f"{path.name}:{node.lineno}")
    assert bare == []


def test_the_search_for_bare_tool_tips_finds_one():
    (call,) = [node for node in ast.walk(ast.parse("a.setToolTip(url)")) if isinstance(node, ast.Call)]
    assert not is_our_own(call.args[0])
