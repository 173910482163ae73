"""Pictures in WordPress: each is sent once, told of, and named by the text at its address there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Any

from workstation.domain.picture import PictureNote
from workstation.errors import SendError
from workstation.export.cms.calling import Answer
from workstation.export.cms.delivery import Memory, Parcel, SentPicture
from workstation.export.cms.pictures import named, source, source_of, stem, used_pictures
from workstation.export.cms.wordpress.site import Site, code_of, whole

_BLOCK = re.compile(r"<!-- wp:image( \{.*?\})? -->(.*?)<!-- /wp:image -->\n*", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_OWN_CLASS = re.compile(r"\bwp-image-\d+\b")
_ESCAPES = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "--": r"\u002d\u002d"}


def sent_pictures(site: Site, parcel: Parcel, memory: Memory, left_out: list[str]) -> dict[str, SentPicture]:
    """The pictures at the site by their files, sent where it has not got them; what it does not take is told."""
    sent: dict[str, SentPicture] = {}
    for note in used_pictures(parcel):
        picture = _sent(site, note, parcel, memory, left_out)
        if picture is not None:
            sent[note.file] = picture
    return sent


def with_pictures(parcel: Parcel, sent: Mapping[str, SentPicture]) -> str:
    """The text with the pictures as the site has them; the block of one that it has not is left out."""
    content = parcel.content
    for note in parcel.pictures:
        here, picture = source_of(parcel, note.file), sent.get(note.file)
        content = _BLOCK.sub(lambda found, s=here, p=picture: _block(found, s, p), content)  # type: ignore[misc]
        if picture is not None:
            content = content.replace(here, source(picture.address))
    return content


# --- one picture ---------------------------------------------------------------------------------------------------


def _sent(site: Site, note: PictureNote, parcel: Parcel, memory: Memory, left_out: list[str]) -> SentPicture | None:
    """A picture as the site has it, with what is told of it up to date; None where it does not take it."""
    key = _key(note, parcel, memory)
    picture = _remembered(site, memory.picture(key))
    if picture is None and "upload_files" not in site.may:
        left_out.append(f"{named(note)} was left out: {site.user_name} may not upload pictures. Ask an editor there to add it.")
        return None
    if picture is None:
        picture = _found(site, key) or _uploaded(site, note, key, left_out)
        if picture is None:
            return None
        memory.keep_picture(key, picture)
    if not _tells(picture.told, note):
        told = json.dumps({**_fields(note), "story": parcel.mark}, ensure_ascii=False, sort_keys=True)
        picture = _retold(site, note, SentPicture(media=picture.media, address=picture.address, told=told), left_out)
        memory.keep_picture(key, picture)
    return picture


def _key(note: PictureNote, parcel: Parcel, memory: Memory) -> str:
    """By what the picture is known: its SHA-256; one of this story's own where another story tells otherwise of it.

    A library has one alternative text for each picture, and a theme shows it wherever the picture is featured.
    """
    sha = note.picture.sha256
    known = memory.picture(sha)
    is_free = known is None or _tells(known.told, note) or _read(known.told).get("story", parcel.mark) == parcel.mark
    return sha if is_free else sha256(f"{parcel.mark} {sha}".encode()).hexdigest()


def _tells(told: str, note: PictureNote) -> bool:
    return _fields(note).items() <= _read(told).items()


def _read(told: str) -> dict[str, str]:
    return dict(json.loads(told)) if told else {}


def _remembered(site: Site, known: SentPicture | None) -> SentPicture | None:
    """A picture of an earlier delivery, where the site still has it."""
    if known is None:
        return None
    answer = site.call("GET", f"media/{known.media}", {"context": "view"})
    if answer.status in (404, 410):
        return None
    if not answer.good:
        raise site.refused(answer, "looking for a picture")
    return SentPicture(media=known.media, address=_address(answer.object) or known.address, told=known.told)


def _found(site: Site, key: str) -> SentPicture | None:
    """A picture whose upload was never answered: it bears our mark."""
    answer = site.call("GET", "media", {"slug": _mark(site, key), "author": site.user, "context": "view"})
    if not answer.good:
        raise site.refused(answer, "looking for a picture")
    return next((_picture(media) for media in answer.objects), None)


def _uploaded(site: Site, note: PictureNote, key: str, left_out: list[str]) -> SentPicture | None:
    name = f"{stem(note)}.{note.picture.extension}"
    answer = site.upload({"slug": _mark(site, key)}, note.picture.data, note.picture.media_type, name)
    if answer.good:
        return _picture(answer.object)
    if _is_refusal(answer):
        told = code_of(answer) or answer.status
        left_out.append(f"{named(note)} was left out: {answer.host} does not take it ({told}). Make it smaller, or add it there.")
        return None
    raise site.refused(answer, f"sending {named(note)[0].lower()}{named(note)[1:]}")


def _is_refusal(answer: Answer) -> bool:
    """Whether the site will never take the picture: too large, or of a kind that it does not know."""
    return answer.status in (413, 415) or (answer.status < 600 and code_of(answer).startswith("rest_upload_"))


def _retold(site: Site, note: PictureNote, picture: SentPicture, left_out: list[str]) -> SentPicture:
    answer = site.call("POST", f"media/{picture.media}", fields=_fields(note))
    if answer.good:
        return picture
    if answer.status in (401, 403) and code_of(answer):
        left_out.append(f"What is told of {named(note)[4:]} was not changed in the library: it is another user's.")
        return picture
    raise site.refused(answer, "telling of a picture")


def _picture(media: Mapping[str, Any]) -> SentPicture:
    number, address = whole(media.get("id")), _address(media)
    if not number or not address:
        raise SendError("The picture was not handed over", "The site named neither its id nor its address. Send it again.")
    return SentPicture(media=str(number), address=address, told="")


def _address(media: Mapping[str, Any]) -> str:
    address = str(media.get("source_url") or "")
    return address if address.startswith(("http://", "https://")) else ""


def _mark(site: Site, key: str) -> str:
    """The slug that a picture of ours bears: one for each user and picture. It keeps common words free for posts."""
    return f"signals-picture-{sha256(f'{site.user} {key}'.encode()).hexdigest()[:20]}"


def _fields(note: PictureNote) -> dict[str, str]:
    alternative = "" if note.decorative else " ".join(note.alternative_text.split())
    caption = " · ".join(" ".join(text.split()) for text in (note.caption, note.credit) if text.strip())
    return {"alt_text": alternative, "caption": _html(caption), "description": _html(note.credit)}


def _html(text: str) -> str:
    """Plain text as markup; square brackets could run as a shortcode."""
    return escape(" ".join(text.split()), quote=False).replace("[", "&#91;").replace("]", "&#93;")


# --- in the text ---------------------------------------------------------------------------------------------------


def _block(found: re.Match[str], source: str, picture: SentPicture | None) -> str:
    if source not in found.group(2):
        return found.group(0)
    if picture is None:
        return ""
    attributes = json.loads(found.group(1) or "{}") | {"id": int(picture.media)}
    inner = _IMAGE.sub(lambda image: _with_class(image.group(0), f"wp-image-{picture.media}"), found.group(2))
    end = found.group(0)[len(found.group(0).rstrip("\n")) :]
    return f"<!-- wp:image {_attributes(attributes)} -->{inner}<!-- /wp:image -->{end}"


def _with_class(image: str, name: str) -> str:
    held = _CLASS.search(image)
    if held is None:
        end = "/>" if image.endswith("/>") else ">"
        return f'{image.removesuffix(end).rstrip()} class="{name}"{end}'
    names = [*(part for part in held.group(1).split() if not _OWN_CLASS.fullmatch(part)), name]
    return image.replace(held.group(0), f' class="{" ".join(names)}"')


def _attributes(attributes: Mapping[str, Any]) -> str:
    """Attributes of a block, as WordPress writes them into its comment."""
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _ESCAPES.items():
        text = text.replace(character, escaped)
    return text
