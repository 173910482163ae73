"""The verbs of house styles."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.cli.telling import DONE, NO, say, tell
from workstation.domain.body import count_words
from workstation.settings import house_styles_folder
from workstation.workflow.style_checking import check_text, text_of
from workstation.workflow.style_files import StyleFiles

if TYPE_CHECKING:
    from workstation.domain.house_style import HouseStyle

SHIPPED_STYLES = ("american", "british")


def style(call: argparse.Namespace) -> int:
    """List the rules of the styles, or hold a text to them."""
    files = StyleFiles(house_styles_folder())
    for fault in files.faults():
        say(str(fault))
    names = [call.style] if call.style else list(SHIPPED_STYLES)
    styles = tuple(files.style(name) for name in names)
    return _style_check(call, styles) if call.style_verb == "check" else _style_list(call, styles)


def _style_list(call: argparse.Namespace, styles: tuple[HouseStyle, ...]) -> int:
    for style in styles:
        for rule in style.rules.values():
            wrong = rule.wrong[0] if rule.wrong else None
            fields = {
                "style": style.name,
                "id": rule.id,
                "category": rule.category,
                "severity": rule.severity.value,
                "message": rule.message,
                "wrong": wrong.text if wrong else None,
                "right": wrong.mended if wrong else None,
            }
            example = f"  ({wrong.text}{f' → {wrong.mended}' if wrong.mended else ''})" if wrong else ""
            tell(call, fields, f"{style.name:<10}{rule.category:<20}{rule.id:<28}{example}")
    return DONE


def _style_check(call: argparse.Namespace, styles: tuple[HouseStyle, ...]) -> int:
    """What breaks a style in a text; the answer is no while something does."""
    text = text_of(Path(call.file))
    found = check_text(text, styles)
    for one in found:
        fields = {
            "rule": f"style/{one.rule}",
            "severity": one.severity.value,
            "line": one.line,
            "column": one.column,
            "message": one.message,
            "excerpt": one.excerpt,
            "fix": None if one.new is None else {"old": one.excerpt, "new": one.new},
        }
        told = f"“{one.excerpt}”" + (f" → “{one.new}”" if one.new is not None else "")
        tell(call, fields, f"{call.file}:{one.line}:{one.column}: {one.rule}: {told}: {one.message}")
    say(f"{len(found)} in {count_words(text)} words.")
    return NO if found else DONE
