"""Pages that show a stranger less than the logged-in editor sees."""

from __future__ import annotations

import re

from workstation.ingest.markup import Tree

_FORM = 400
"""Characters that a page of a sign-in form may hold."""
_TEASER = 2_500
"""Characters of the beginning that readers without a subscription are shown."""
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false\b', re.IGNORECASE)
_FROM_THE_BROWSER = "Sign in with your browser and capture the page from there (Source › Capture from the browser)"


def locked(tree: Tree, markup: str, text: str) -> str:
    """What is to be told beside where a page's text comes from: ``": "`` and a sentence without its full stop, mostly ``""``."""
    if len(text) < _FORM and _asks_for_password(tree):
        return f": the page asks to sign in. {_FROM_THE_BROWSER}"
    if len(text) < _TEASER and _NOT_FREE.search(markup):
        return f": the page is for subscribers, so this may be only its beginning. {_FROM_THE_BROWSER}"
    return ""


def _asks_for_password(tree: Tree) -> bool:
    return any((field.get("type") or "").strip().lower() == "password" for field in tree.iter("input"))
