"""Forms that are JSON: the same values give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workstation.render.words.characters import without_tags

Values = dict[str, Any]


def json_file(values: Mapping[str, Any]) -> bytes:
    """``values`` as the bytes of a file: UTF-8, keys sorted, a final newline."""
    return (json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def said(**values: object) -> Values:
    """The values that say something: without None, and without empty texts and lists."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}


def plain_values(values: Mapping[str, Any]) -> Values:
    """``values`` in whose texts, however deep, no system that takes them for HTML finds a tag; see :func:`without_tags`."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return without_tags(value)
    if isinstance(value, Mapping):
        return plain_values(value)
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value
