"""What is said and told, where, and what the exit codes mean."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

DONE, NO, WRONG_CALL, FAILED = 0, 1, 2, 3
"""Exit codes: done; the answer is no; the call is wrong; it failed."""


def say(text: str) -> None:
    """Words for people, on standard error."""
    print(text, file=sys.stderr)


def tell(call: argparse.Namespace, fields: Mapping[str, Any], line: str) -> None:
    """One result on standard output: a JSON object on one line, or a line for people."""
    print(json.dumps(fields, ensure_ascii=False) if call.json else line)
