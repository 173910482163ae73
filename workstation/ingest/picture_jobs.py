"""Pictures that an editor brings, read in the worker's process: a picture is foreign bytes like a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation.domain.picture import Picture
from workstation.domain.story import Crop
from workstation.errors import InputError, ReadError
from workstation.ingest.confined import more_memory
from workstation.ingest.pictures import check_length, crop_picture, read_picture
from workstation.ingest.worker import ReadingWorker, StoppedError

_Answer = tuple[dict[str, Any], bytes]


def whole(data: bytes, _known: Mapping[str, Any]) -> _Answer:
    """The job: the picture as a page can show it; the answer holds ``media_type``, ``width`` and ``height``.

    Raises:
        ReadError: see :func:`workstation.ingest.pictures.read_picture`.
    """
    try:
        with more_memory():
            return _answer(read_picture(data))
    except InputError as error:
        raise ReadError(error.title, error.detail) from error


def part(data: bytes, known: Mapping[str, Any]) -> _Answer:
    """The job: what ``crop`` names of the picture, four numbers; the answer is that of :func:`whole`.

    Raises:
        ReadError: see :func:`workstation.ingest.pictures.crop_picture`.
    """
    left, top, width, height = map(float, known["crop"])
    try:
        with more_memory():
            return _answer(crop_picture(data, (left, top, width, height)))
    except InputError as error:
        raise ReadError(error.title, error.detail) from error


def _answer(picture: Picture) -> _Answer:
    return {"media_type": picture.media_type, "width": picture.width, "height": picture.height}, picture.data


# --- in the desk's process -----------------------------------------------------------------------------------------


def picture_of(worker: ReadingWorker | None, data: bytes) -> Picture:
    """The picture in ``data``; without a worker it is read here, which is for bytes of our own.

    Raises:
        InputError: it is no picture, too large, or of a kind that cannot be read.
    """
    return read_picture(data) if worker is None else _asked(worker, "picture", data, {})


def part_of(worker: ReadingWorker | None, data: bytes, crop: Crop) -> Picture:
    """The part of a picture that ``crop`` names; see :func:`picture_of`."""
    return crop_picture(data, crop) if worker is None else _asked(worker, "part of a picture", data, {"crop": list(crop)})


def _asked(worker: ReadingWorker, job: str, data: bytes, known: Mapping[str, Any]) -> Picture:
    check_length(data)
    try:
        answer, made = worker.ask(job, data, known)
    except StoppedError as error:
        told = "Reading it took too much time or memory, so it was stopped. Save it anew as a JPEG or PNG."
        raise InputError("The picture was not taken", told) from error
    except ReadError as error:
        raise InputError(error.title, error.detail) from error
    return Picture(made, str(answer["media_type"]), int(answer["width"]), int(answer["height"]))
