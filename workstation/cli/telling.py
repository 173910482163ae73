"""What is said and told, where, and what the exit codes mean."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

DONE, NO, WRONG_CALL, FAILED = 0, 1, 2, 3
"""Exit codes: done; the answer is no; the call is wrong; it failed."""


_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_SHOWN = dict.fromkeys(_CONTROLS, "\ufffd") | {ord("\n"): "\n", ord("\t"): "\t"}
_ESCAPED = {code: f"\\u{code:04x}" for code in _CONTROLS}


def harmless(text: str) -> str:
    """``text`` without what a terminal would obey: others wrote most of it."""
    return text.translate(_SHOWN)


def say(text: str) -> None:
    """Words for people, on standard error."""
    print(harmless(text), file=sys.stderr)


def tell(call: argparse.Namespace, fields: Mapping[str, Any], line: str) -> None:
    """One result on standard output: a JSON object on one line, with every control character escaped, or a line for people."""
    print(json.dumps(fields, ensure_ascii=False).translate(_ESCAPED) if call.json else harmless(line))
