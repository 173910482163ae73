"""Ghost's own converter of HTML and its own check of posts, in Node.

``npm install --prefix build/cms/ghost-cards`` with the package.json of ``tests/cms/ghost-cards`` brings them;
``WORKSTATION_GHOST_CARDS`` names another folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "cms" / "ghost-cards" / "judge.mjs"
_MODULES = Path(os.environ.get("WORKSTATION_GHOST_CARDS", ROOT / "build" / "cms" / "ghost-cards"))

Node = dict[str, Any]


def judged(posts: Sequence[Node]) -> list[Node]:
    """For each post the ``root`` of its cards and the ``problems`` that Ghost finds; skipped where its parts are missing."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node is not installed: Ghost's converter cannot be asked")
    if not (_MODULES / "node_modules" / "@tryghost" / "kg-html-to-lexical").is_dir():
        pytest.skip(f"Ghost's converter is not installed in {_MODULES}: see tests/cms/ghost-cards/package.json")
    command = [program, str(SCRIPT), str(_MODULES)]
    answer = subprocess.run(command, input=json.dumps(posts), capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    return list(json.loads(answer.stdout))


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it, in order."""
    yield node
    for child in node.get("children", ()):
        yield from nodes(child)


def words(root: Node) -> str:
    """The words of the cards, a line for each card."""
    return "\n".join("".join(_pieces(card)) for card in root["children"])


def _pieces(card: Node) -> Iterator[str]:
    for node in nodes(card):
        yield {"linebreak": "\n", "listitem": "\n"}.get(node["type"], node.get("text", ""))


def links(root: Node) -> list[str]:
    """Where the links of the cards lead, in order."""
    return [node["url"] for node in nodes(root) if node["type"] == "link"]
