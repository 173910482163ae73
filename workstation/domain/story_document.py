"""A story as the document ``workstation-story/1`` (JSON), and back.

Reading is strict about what a story cannot do without and about types, kind about what is missing, and keeps every
key it does not know. What it had to leave out of a body is reported beside the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from workstation.domain.body import Body, write_html
from workstation.domain.body_lines import read_lines
from workstation.domain.claim import Claim
from workstation.domain.correction import Correction
from workstation.domain.story import INSIGHTS_AUTO, Crop, Extra, LeadImage, SignalCard, Source, SourceKind, Story
from workstation.errors import InputError

FORMAT = "workstation-story/1"

Document = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A story that was read, and a sentence for each thing that was left out of it."""

    story: Story
    left_out: tuple[str, ...] = ()


def write_document(story: Story) -> Document:
    """``story`` as a document; keys in the order of the contract, unknown keys after them."""
    return {
        "format": FORMAT,
        "slug": story.slug,
        "headline": story.headline,
        "insights": story.insights,
        "verticals": list(story.verticals),
        "region": story.region,
        "first_published": _write_time(story.first_published),
        "updated": _write_time(story.updated),
        "time_zone": story.time_zone,
        **_said(language=story.language, publication=story.publication, embargo=_write_time(story.embargo)),
        "bylines": list(story.bylines),
        "contributors": list(story.contributors),
        "sponsor": story.sponsor,
        **_said(corrections=[_write_correction(note) for note in story.corrections]),
        "lead_image": _write_image(story.lead_image),
        "news": write_html(story.news),
        **_said(claims=_write_claims(story.claims)),
        "signals": [_write_card(card) for card in story.signals],
        **_said(parked=[_write_card(card) for card in story.parked], notes=story.notes),
        **story.extra,
    }


def write_json(story: Story) -> str:
    """``story`` as the text of a document, with a final newline."""
    return json.dumps(write_document(story), ensure_ascii=False, indent=1) + "\n"


def read_json(text: str | bytes) -> DocumentReading:
    """The story in the text of a document.

    Raises:
        InputError: it is not JSON, not a story document of this format, or a field has the wrong shape.
    """
    try:
        document = json.loads(text)
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()  # half a character and NaN are no JSON
    except UnicodeEncodeError as error:
        raise InputError(
            "This is not a story document", "It holds half a character (a lone surrogate, like \\ud83d). Type that word again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError("This is not a story document", f"It is not valid JSON: {error}.") from error
    return read_document(document)


def read_document(document: object) -> DocumentReading:
    """The story in a document that is already parsed; see :func:`read_json`."""
    fields = _Fields(document, "the document")
    found = fields.take("format", _text)
    if found != FORMAT:
        raise InputError("This is not a story document", f"Its format is {found!r}; this program reads {FORMAT!r}.")
    left_out: list[str] = []
    story = Story(
        slug=_slug(fields.require("slug", _text)),
        headline=fields.require("headline", _text),
        insights=fields.take("insights", _text) or INSIGHTS_AUTO,
        verticals=fields.take("verticals", _texts) or (),
        region=fields.take("region", _text),
        first_published=fields.take("first_published", _time),
        updated=fields.take("updated", _time),
        time_zone=fields.take("time_zone", _text),
        language=fields.take("language", _text) or None,
        publication=fields.take("publication", _text) or None,
        embargo=fields.take("embargo", _time),
        bylines=fields.take("bylines", _texts) or (),
        contributors=fields.take("contributors", _texts) or (),
        sponsor=fields.take("sponsor", _text),
        corrections=_read_corrections(fields),
        lead_image=_read_image(fields.take("lead_image", _anything)),
        news=_read_body(fields.take("news", _text), "The News", left_out),
        claims=_read_claims(fields, "the document"),
        signals=_read_cards(fields, "signals", "Card", left_out),
        parked=_read_cards(fields, "parked", "Parked card", left_out),
        notes=fields.take("notes", _text) or "",
        extra=fields.rest(),
    )
    return DocumentReading(story, tuple(left_out))


def _said(**values: object) -> Document:
    """The keys that a story rarely has, without those that say nothing."""
    return {key: value for key, value in values.items() if value}


# --- parts ---------------------------------------------------------------------------------------------------------


def _write_correction(correction: Correction) -> Document:
    return {"made": _write_time(correction.made), "text": correction.text}


def _read_corrections(fields: _Fields) -> tuple[Correction, ...]:
    documents = fields.take("corrections", _list) or ()
    return tuple(_read_correction(document, f"corrections[{index}]") for index, document in enumerate(documents))


def _read_correction(document: object, where: str) -> Correction:
    fields = _Fields(document, where)
    return Correction(fields.require("made", _time), fields.require("text", _text))


def _write_image(image: LeadImage | None) -> Document | None:
    if image is None:
        return None
    return {
        "file": image.file,
        "alt": image.alt,
        "decorative": image.decorative,
        "caption": image.caption,
        "credit": image.credit,
        "file_photo": image.file_photo,
        **_said(original=image.original, crop=list(image.crop or ())),
        **image.extra,
    }


def _read_image(document: object) -> LeadImage | None:
    if document is None:
        return None
    fields = _Fields(document, "lead_image")
    return LeadImage(
        file=fields.take("file", _file_name) or "",
        alt=fields.take("alt", _text) or "",
        decorative=fields.take("decorative", _flag) or False,
        caption=fields.take("caption", _text) or "",
        credit=fields.take("credit", _text) or "",
        file_photo=fields.take("file_photo", _flag) or False,
        original=fields.take("original", _file_name) or None,
        crop=fields.take("crop", _crop),
        extra=fields.rest(),
    )


def _write_card(card: SignalCard) -> Document:
    return {
        "headline": card.headline,
        "sources": [_write_source(source) for source in card.sources],
        "body": write_html(card.body),
        **_said(claims=_write_claims(card.claims)),
        **card.extra,
    }


def _read_cards(fields: _Fields, key: str, name: str, left_out: list[str]) -> tuple[SignalCard, ...]:
    documents = fields.take(key, _list) or ()
    return tuple(_read_card(card, f"{key}[{at}]", f"{name} {at + 1}", left_out) for at, card in enumerate(documents))


def _read_card(document: object, where: str, name: str, left_out: list[str]) -> SignalCard:
    fields = _Fields(document, where)
    return SignalCard(
        headline=fields.take("headline", _text) or "",
        sources=tuple(
            _read_source(source, f"{where}.sources[{index}]") for index, source in enumerate(fields.take("sources", _list) or ())
        ),
        body=_read_body(fields.take("body", _text), name, left_out),
        claims=_read_claims(fields, where),
        extra=fields.rest(),
    )


def _write_claims(claims: tuple[Claim, ...]) -> list[Document]:
    return [{"words": claim.words, "quote": claim.quote} for claim in claims]


def _read_claims(fields: _Fields, where: str) -> tuple[Claim, ...]:
    documents = fields.take("claims", _list) or ()
    return tuple(_read_claim(document, f"{where}.claims[{index}]") for index, document in enumerate(documents))


def _read_claim(document: object, where: str) -> Claim:
    fields = _Fields(document, where)
    return Claim(fields.require("words", _text), fields.require("quote", _text))


def _write_source(source: Source) -> Document:
    return {
        "name": source.name,
        "kind": source.kind.value,
        "of": source.of,
        "url": source.url,
        "icon": source.icon,
        "item": source.item,
        **source.extra,
    }


def _read_source(document: object, where: str) -> Source:
    fields = _Fields(document, where)
    return Source(
        name=fields.require("name", _text),
        kind=fields.take("kind", _kind) or SourceKind.OUTLET,
        of=fields.take("of", _text),
        url=fields.take("url", _text),
        icon=fields.take("icon", _file_name) or None,
        item=fields.take("item", _text),
        extra=fields.rest(),
    )


def _read_body(html: str | None, where: str, left_out: list[str]) -> Body:
    reading = read_lines(html or "")
    left_out.extend(f"{where}: {sentence}" for sentence in reading.left_out)
    return reading.body


# --- values --------------------------------------------------------------------------------------------------------


class _Fields:
    """The keys of one JSON object, taken one by one; what nobody took is the rest."""

    def __init__(self, document: object, where: str) -> None:
        if not isinstance(document, dict):
            raise InputError("The story document cannot be read", f"{where} must be an object, not {_name(document)}.")
        self._left: dict[str, object] = dict(document)
        self._where = where

    def take(self, key: str, read: Callable[[object], T]) -> T | None:
        value = self._left.pop(key, None)
        if value is None:
            return None
        try:
            return read(value)
        except ValueError as error:
            raise InputError("The story document cannot be read", f"In {self._where}, “{key}” {error}.") from error

    def require(self, key: str, read: Callable[[object], T]) -> T:
        value = self.take(key, read)
        if value is None:
            raise InputError("The story document cannot be read", f"In {self._where}, “{key}” is missing.")
        return value

    def rest(self) -> Extra:
        return MappingProxyType(self._left)


def _name(value: object) -> str:
    names: Mapping[type, str] = {str: "text", list: "a list", dict: "an object", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _anything(value: object) -> object:
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {_name(value)}")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {_name(value)}")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"must be a list, not {_name(value)}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(entry) for entry in _list(value))


def _crop(value: object) -> Crop:
    numbers = [float(side) for side in _list(value) if isinstance(side, int | float) and not isinstance(side, bool)]
    if len(numbers) != 4 or len(_list(value)) != 4:
        raise ValueError("must be four numbers: left, top, width and height as fractions of the original")
    left, top, width, height = numbers
    if not (0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 - left + _HAIR and 0 < height <= 1 - top + _HAIR):
        raise ValueError("must lie inside the picture: fractions of its sides between 0 and 1")
    return left, top, width, height


_HAIR = 1e-6


def _kind(value: object) -> SourceKind:
    try:
        return SourceKind(_text(value))
    except ValueError as error:
        known = ", ".join(kind.value for kind in SourceKind)
        raise ValueError(f"must be one of {known}, not {value!r}") from error


def _time(value: object) -> datetime:
    text = _text(value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"must be a time like 2026-03-02T09:10:00-05:00, not {text!r}") from error
    if moment.tzinfo is None:
        raise ValueError(f"must carry its offset from UTC, like 2026-03-02T09:10:00-05:00, not {text!r}")
    return moment


def _write_time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


def _slug(slug: str) -> str:
    """A slug becomes a file name, so it may not hold a path."""
    if not _SLUG.fullmatch(slug):
        raise InputError(
            "The story document cannot be read",
            f"The slug {slug!r} may hold only letters, digits, hyphens, dots and underscores.",
        )
    return slug


def _file_name(value: object) -> str:
    """A picture lies beside its document or in a folder below it, never elsewhere; an empty name stays empty."""
    file = _text(value)
    if not file:
        return file
    path = PurePosixPath(file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or any(character in file for character in ":\0"):
        raise ValueError(f"must name a file beside the document, not {file!r}")
    return str(path)
