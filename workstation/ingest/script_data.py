"""The article in a page that only its scripts would show: its markup lies in a text of their data."""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup

LENGTH = 1_000_000
_TEXTS = 200
_TEXT = re.compile(r'"((?:[^"\\\n]|\\.){400,1000000})"')
_PARAGRAPH = re.compile(r"<p[ >]")
_TOLD_AS_IS = ("\\u003cp", "<p>", "<p ", "\\u003Cp")


def script_text(markup: str) -> str:
    """The paragraphs of the longest piece of markup in the page's scripts, one a line; "" when there is none."""
    found = [text for script in _scripts(markup) for text in _markup_in(script)]
    longest = max(found, key=len, default="")
    soup = BeautifulSoup(longest, "lxml")
    return "\n".join(" ".join(block.get_text(" ", strip=True).split()) for block in soup(["p", "h2", "h3", "li", "blockquote"]))


def _scripts(markup: str) -> list[str]:
    """The scripts that may hold an article, cut where they are too long; found in one pass."""
    scripts: list[str] = []
    left = LENGTH * 4
    for piece in markup.split("<script")[1:]:
        script = piece.partition("</script")[0][:LENGTH]
        left -= len(script)
        if left < 0:
            break
        if any(sign in script for sign in _TOLD_AS_IS):
            scripts.append(script)
    return scripts


def _markup_in(script: str) -> list[str]:
    found: list[str] = []
    for number, match in enumerate(_TEXT.finditer(script)):
        if number >= _TEXTS:
            break
        try:
            text = json.loads(f'"{match.group(1)}"', strict=False)
        except ValueError:
            continue
        if len(_PARAGRAPH.findall(text)) >= 2:
            found.append(text)
    return found
