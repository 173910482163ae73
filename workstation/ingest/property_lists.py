"""Property lists, as Safari and the Finder write them: binary or XML, without entities, bounded."""

from __future__ import annotations

import plistlib
from typing import Any
from xml.parsers.expat import ExpatError

from workstation.errors import ReadError

Values = dict[str, Any]


def values_of(data: bytes) -> Values:
    """The dictionary that a property list holds.

    Raises:
        ReadError: it is none, it is cut off, or it declares entities.
    """
    try:
        found = plistlib.loads(data.lstrip() if data[:1].isspace() else data)
    except (ExpatError, ValueError, TypeError, LookupError, OverflowError, AttributeError, EOFError, RecursionError) as error:
        raise ReadError("This file could not be read", "It is damaged or cut off. Save it again.") from error
    except plistlib.InvalidFileException as error:
        raise ReadError("This file could not be read", "It is no file of the kind that it claims to be.") from error
    if not isinstance(found, dict):
        raise ReadError("This file could not be read", "It holds nothing of what such files hold. Save it again.")
    return found
