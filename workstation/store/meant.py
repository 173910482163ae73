"""Values whose text in the store has to mean something: what means nothing any more was damaged, and is no bug of the program."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from workstation.errors import StoreDamagedError
from workstation.store.connections import DAMAGED

K = TypeVar("K", bound=StrEnum)


def meant_time(text: str) -> datetime:
    """The moment that ``text`` names.

    Raises:
        StoreDamagedError: it names none.
    """
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise _damaged(text, "time") from error


def meant_kind(kinds: type[K], text: str) -> K:
    """The one of ``kinds`` that ``text`` names.

    Raises:
        StoreDamagedError: it names none.
    """
    try:
        return kinds(text)
    except ValueError as error:
        raise _damaged(text, "kind") from error


def meant_json(text: str) -> Any:
    """What ``text`` says as JSON.

    Raises:
        StoreDamagedError: it is none.
    """
    try:
        return json.loads(text)
    except (ValueError, TypeError) as error:
        raise _damaged(text, "list") from error


def _damaged(text: object, what: str) -> StoreDamagedError:
    return StoreDamagedError(DAMAGED[0], f"“{str(text)[:40]}” in it is no {what}. {DAMAGED[1]}")
