"""Pictures in Ghost: each is sent once, under a name that tells its bytes, and named by the text at its address there.

Ghost keeps no list of its pictures. So what is about to be sent is put on record first, with the month whose folder Ghost puts
it into; when no answer came, the picture is looked for there before it is sent again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from workstation.domain.picture import PictureNote
from workstation.errors import SendError
from workstation.export.cms.calling import TITLE, Answer
from workstation.export.cms.delivery import Handling, Memory, Parcel, SentPicture
from workstation.export.cms.ghost.site import Site, error_of, words_of
from workstation.export.cms.pictures import named, source, source_of, stem, used_pictures

_FIGURE = re.compile(r"<figure\b[^>]*>.*?</figure>\n*", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_DAY = timedelta(days=1)
_NEVER = frozenset({400, 413, 415, 422})
"""What Ghost answers where it will never take a picture: too large, broken, of a kind that it does not know."""


def sent_pictures(site: Site, parcel: Parcel, memory: Memory, handling: Handling, left_out: list[str]) -> dict[str, str]:
    """The addresses of the pictures there by their files, sent where the site has not got them; what it refuses is told."""
    addresses: dict[str, str] = {}
    used = used_pictures(parcel)
    for number, note in enumerate(used, 1):
        address = _held(site, memory.picture(note.picture.sha256))
        if not address:
            handling.progress(f"Sending picture {number} of {len(used)}" if len(used) > 1 else "Sending the picture")
            address = _sent(site, note, memory, left_out)
        if address:
            addresses[note.file] = address
    return addresses


def with_pictures(parcel: Parcel, addresses: Mapping[str, str]) -> str:
    """The text with the pictures as the site has them; the figure of one that it has not is left out."""
    content = parcel.content
    for note in used_pictures(parcel):
        here = source_of(parcel, note.file)
        if note.file in addresses:
            content = content.replace(here, source(addresses[note.file]))
            continue
        content = _FIGURE.sub(lambda found, h=here: "" if h in found[0] else found[0], content)  # type: ignore[misc]
        content = _IMAGE.sub(lambda found, h=here: "" if h in found[0] else found[0], content)  # type: ignore[misc]
    return content


def _held(site: Site, known: SentPicture | None) -> str:
    """The address of a picture of an earlier delivery, empty where the site has it no more."""
    if known is None or (known.address.startswith(f"{site.url}/") and site.lacks(known.address)):
        return ""
    return known.address


def _sent(site: Site, note: PictureNote, memory: Memory, left_out: list[str]) -> str:
    """The address of a picture there, empty where the site does not take it."""
    sha = note.picture.sha256
    known = memory.picture(sha)
    name = f"{stem(note)}-{sha[:16]}.{note.picture.extension}"
    address = _found(site, name, known.told) if known is not None and known.told else ""
    if not address:
        memory.keep_picture(sha, SentPicture(media="", address="", told=f"{site.clock:%Y/%m/%d}"))
        address = _uploaded(site, note, name, left_out)
    if address:
        memory.keep_picture(sha, SentPicture(media=name, address=address, told=""))
    return address


def _found(site: Site, name: str, day: str) -> str:
    """Where a picture lies whose upload on ``day`` (year/month/day, as the site told it) was never answered."""
    for month in _months(day):
        address = f"{site.url}/content/images/{month}/{name}"
        if site.shows(address):
            return address
    return ""


def _months(day: str) -> list[str]:
    """The folders that it may lie in: Ghost goes by the clock of its own zone."""
    try:
        sent = datetime.strptime(day, "%Y/%m/%d")
    except ValueError:
        return []
    return list(dict.fromkeys(f"{moment:%Y/%m}" for moment in (sent, sent - _DAY, sent + _DAY)))


def _uploaded(site: Site, note: PictureNote, name: str, left_out: list[str]) -> str:
    form, media_type = _form({"purpose": "image", "ref": name}, name, note)
    answer = site.upload("images/upload/", form, media_type)
    if answer.good:
        return _address(answer)
    if answer.status in _NEVER and (error_of(answer) or answer.status == 413):
        reason = words_of(error_of(answer)) if error_of(answer) else "it is too large"
        left_out.append(
            f"{named(note)} was left out: {answer.host} does not take it ({reason}). Make it smaller, or add it there."
        )
        return ""
    raise site.refused(answer, f"sending the picture {named(note)[12:]}")


def _address(answer: Answer) -> str:
    images: Any = answer.object.get("images")
    first = images[0] if isinstance(images, list) and images else None
    address = str(first.get("url") or "") if isinstance(first, dict) else ""
    if not address.startswith(("https://", "http://")):
        raise SendError(TITLE, f"{answer.host} did not say where the picture lies. Send it again: nothing is doubled.")
    return address


def _form(fields: Mapping[str, str], name: str, note: PictureNote) -> tuple[bytes, str]:
    """A form with a file, and its media type."""
    border = f"workstation-{uuid4().hex}"
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += f"Content-Type: {note.picture.media_type}\r\n\r\n"
    return b"".join([*parts, head.encode(), note.picture.data, f"\r\n--{border}--\r\n".encode()]), (
        f"multipart/form-data; boundary={border}"
    )
