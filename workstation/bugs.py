"""What is told of a bug, on this machine and nowhere else: kinds of errors and places in the program, never the editor's words.

The message of a foreign error may quote what was worked on (a headline, an address, a file's name), so none is told. What a
message would say of the program itself is read from the error's own fields.
"""

from __future__ import annotations

import errno
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from logging import INFO, LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from workstation import __version__

LOG_NAME = "workstation.log"
_LOG_LENGTH = 512 * 1024
_FRAMES = 40
_CAUSES = 6
_ROOT = Path(__file__).resolve().parents[1]
_LIBRARIES = "site-packages"


@dataclass(frozen=True, slots=True)
class Bug:
    """What broke: a line for each error of the chain and each place that it came through, the innermost last."""

    kind: str
    place: str
    lines: tuple[str, ...]


def bug_of(error: BaseException) -> Bug:
    """What may be told of ``error``."""
    lines = [line for link in _chain(error) for line in _told(link)]
    return Bug(kind=_kind(error), place=_place(error.__traceback__), lines=tuple(lines))


def report(bug: Bug, facts: Mapping[str, str], times: int = 1) -> str:
    """A text that can be read and handed on; ``facts`` are told beside the versions, ``times`` is how often it happened."""
    known = {
        "Program": f"Signals Workstation {__version__}",
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        **facts,
    }
    return "\n".join(
        [
            f"{bug.kind} in {bug.place}",
            f"Happened {times} times since the start." if times > 1 else "Happened once since the start.",
            "",
            *(f"{name}: {told}" for name, told in known.items()),
            "",
            *bug.lines,
            "",
            "No text, address or file name of yours is in this report, and it was sent nowhere.",
        ]
    )


def keep(text: str, folder: Path) -> Path | None:
    """Write a report to the end of the log in ``folder``, which stays below two megabytes; None where nothing can be written."""
    file = folder / LOG_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_LOG_LENGTH, backupCount=2, encoding="utf-8", errors="replace")
        try:
            told = f"--- {datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}\n{text}\n"
            if handler.shouldRollover(LogRecord("bugs", INFO, "", 0, told, (), None)):
                handler.doRollover()
            print(told, file=handler.stream)
        finally:
            handler.close()
    except (OSError, ValueError):
        return None
    return file


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, the first cause first."""
    found: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in found and len(found) < _CAUSES:
        found.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    yield from reversed(found)


def _told(error: BaseException) -> Iterator[str]:
    frames = [(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in walk_tb(error.__traceback__)]
    yield f"{_kind(error)}{_detail(error)}"
    if len(frames) > _FRAMES:
        yield f"  … {len(frames) - _FRAMES} places before"
    for file, line, function in frames[-_FRAMES:]:
        yield f"  {_path(file)}:{line} in {function}"


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _detail(error: BaseException) -> str:
    """What the error says of the program and of the system in fields of its own."""
    if isinstance(error, OSError):
        return f" ({errno.errorcode.get(error.errno or 0, error.errno)})"
    if isinstance(error, BaseExceptionGroup):
        return f" ({', '.join(_kind(one) for one in error.exceptions[:_CAUSES])})"
    name = getattr(error, "name", None) or getattr(error, "sqlite_errorname", None)
    if not isinstance(name, str) or not name.replace(".", "_").isidentifier():
        return ""
    held = f" of {type(error.obj).__qualname__}" if isinstance(error, AttributeError) else ""
    return f" ({name}{held})"


def _place(trace: TracebackType | None) -> str:
    """The innermost place of our own code, else the innermost of all."""
    frames = [(_path(frame.f_code.co_filename), line) for frame, line in walk_tb(trace)]
    own = [(file, line) for file, line in frames if file.startswith("workstation/")]
    for file, line in reversed(own or frames):
        return f"{file}:{line}"
    return "an unknown place"


def _path(file: str) -> str:
    """Where a piece of code lies, without the folders of this machine."""
    path = Path(file)
    for root in (_ROOT, Path(sys.base_prefix)):
        if path.is_relative_to(root) and _LIBRARIES not in path.parts:
            return path.relative_to(root).as_posix()
    if _LIBRARIES in path.parts:
        return Path(*path.parts[path.parts.index(_LIBRARIES) + 1 :]).as_posix()
    return path.name
