"""Files of stories from elsewhere are opened in the worker's process first: what would take too much there is not opened here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation.domain.story_archive import unpack
from workstation.domain.story_document import read_json
from workstation.errors import InputError, ReadError
from workstation.ingest.worker import ReadingWorker, StoppedError


def archive(data: bytes, _known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The job: open a story's archive, or the packet of its evidence; the answer is empty.

    Raises:
        ReadError: it is none, or is not sound.
    """
    try:
        read_json(unpack(data).document)
    except InputError as error:
        raise ReadError(error.title, error.detail) from error
    return {}, b""


def document(data: bytes, _known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The job: read a story's document; the answer is empty.

    Raises:
        ReadError: it is none.
    """
    try:
        read_json(data)
    except InputError as error:
        raise ReadError(error.title, error.detail) from error
    return {}, b""


def check_opens(worker: ReadingWorker, data: bytes, *, packed: bool) -> None:
    """Have the worker open ``data``, an archive if it is ``packed``, else a story's document.

    Raises:
        InputError: it is none, or opening it takes more time or memory than any real one.
    """
    try:
        worker.ask("story archive" if packed else "story document", data)
    except StoppedError as error:
        told = "Opening it took too much time or memory, so it was stopped. Ask for it again, with fewer sources."
        raise InputError("The file cannot be opened", told) from error
    except ReadError as error:
        raise InputError(error.title, error.detail) from error
