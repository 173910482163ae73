"""A publication from its TOML file. Unknown keys are let be: other programs may add their own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TypeVar

from workstation.domain.image_ratio import ratio_of
from workstation.domain.picture import Picture
from workstation.domain.publication import CreditPlace, Edition, Labels, Limits, Publication
from workstation.errors import InputError
from workstation.render.house.style_sheet import read_css
from workstation.render.house.theme import check_colour, check_font
from workstation.render.pictures.placing import picture_from
from workstation.render.words.dateline import format_time, time_zone

T = TypeVar("T")
D = TypeVar("D")
Table = Mapping[str, object]
Files = Callable[[str], bytes | None]

_TITLE = "The publication file cannot be read"
LAYOUTS = ("page", "fragment")
"""The profiles whose template a house can replace."""
_NO_TABLE: Table = MappingProxyType({})
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def read_publication(toml: bytes, files: Files) -> Publication:
    """The publication in a TOML file with the keys of :class:`Publication`.

    ``files`` gives the bytes of the file of a name beside it, or None; it is asked for the logo and the icon, for the style
    sheets and what they name, and for the templates.

    Raises:
        InputError: it is not TOML in UTF-8, ``name`` is missing, a value has the wrong form, a picture is missing or is
            none of PNG, JPEG, WebP and GIF, or a style sheet or template cannot be used.
    """
    table = _parsed(toml)
    name = _take(table, "name", _text, "")
    if not name.strip():
        raise InputError(_TITLE, '“name” is missing: add a line like name = "The Meridian".')
    plain = Publication(name=name)
    logo, icon = (_take(table, key, _file_name, None) for key in ("logo", "icon"))
    layouts = _layouts(_take(table, "templates", _table, _NO_TABLE))
    publication = Publication(
        name=name,
        rubric=_take(table, "rubric", _text, plain.rubric),
        tagline=_take(table, "tagline", _text, plain.tagline),
        language=_take(table, "language", _language, plain.language),
        time_zone=_take(table, "time_zone", _text, plain.time_zone),
        dateline_format=_take(table, "dateline_format", _text, plain.dateline_format),
        address=_take(table, "address", _text, ""),
        share=_take(table, "share", _texts, ()),
        advertisements=_take(table, "advertisements", _flag, False),
        image_ratios=_take(table, "image_ratios", _ratios, plain.image_ratios),
        picture_credit=_take(table, "picture_credit", _credit_places, plain.picture_credit),
        house_style=_take(table, "house_style", _text, None),
        house_style_off=_take(table, "house_style_off", _texts, ()),
        labels=_labels(_take(table, "labels", _table, _NO_TABLE)),
        limits=_limits(_take(table, "limits", _table, _NO_TABLE)),
        editions=tuple(_edition(entry, number) for number, entry in enumerate(_take(table, "editions", _list, ()), start=1)),
        colours=_values(table, "colours", check_colour),
        fonts=_values(table, "fonts", check_font),
        logo=logo,
        icon=icon,
        files=MappingProxyType({file: _picture(file, files) for file in (logo, icon) if file}),
        css=read_css(_take(table, "css", _file_names, ()), files),
        templates=MappingProxyType(_templates(layouts, files)),
        layouts=MappingProxyType(layouts),
    )
    _check_dateline(publication)
    return publication


def _parsed(toml: bytes) -> Table:
    try:
        return tomllib.loads(toml.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_TITLE, "It is not UTF-8 text; save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(_TITLE, f"It is not valid TOML: {error}.") from error


def _labels(table: Table) -> Labels:
    known = {field.name for field in fields(Labels)}
    return Labels(**{key: _take(table, key, _text, "", "labels.") for key in table if key in known})


def _layouts(table: Table) -> dict[str, str]:
    """The file of the template that each profile begins with."""
    unknown = [key for key in table if key not in LAYOUTS]
    if unknown:
        raise InputError(_TITLE, f"“templates.{unknown[0]}” is no form that has a template; there are {', '.join(LAYOUTS)}.")
    return {key: _take(table, key, _file_name, "", "templates.") for key in table}


def _templates(layouts: Mapping[str, str], files: Files) -> dict[str, str]:
    if not layouts:
        return {}
    from workstation.render.house.own_templates import read_templates  # noqa: PLC0415 - most houses have no templates of their own

    return read_templates(layouts, files)


def _limits(table: Table) -> Limits:
    known = {field.name for field in fields(Limits)}
    return Limits(**{key: _take(table, key, _limit, None, "limits.") for key in table if key in known})


def _edition(entry: object, number: int) -> Edition:
    where = f"editions[{number}]"
    if not isinstance(entry, dict):
        raise InputError(_TITLE, f"“{where}” must be a table, like [[editions]] with name and url.")
    name = _take(entry, "name", _text, "", f"{where}.")
    if not name.strip():
        raise InputError(_TITLE, f"“{where}.name” is missing.")
    return Edition(name, _take(entry, "url", _text, None, f"{where}."))


def _values(table: Table, key: str, check: Callable[[str, str], None]) -> Mapping[str, str]:
    inner = _take(table, key, _table, _NO_TABLE)
    values = {name: _take(inner, name, _text, "", f"{key}.") for name in inner}
    for name, value in values.items():
        check(name, value)
    return MappingProxyType(values)


def _picture(file: str, files: Files) -> Picture:
    data = files(file)
    if data is None:
        raise InputError(_TITLE, f"The picture “{file}” is not beside it.")
    picture = picture_from(data)
    if picture is None:
        raise InputError(_TITLE, f"“{file}” is no PNG, JPEG, WebP or GIF picture.")
    return picture


def _check_dateline(publication: Publication) -> None:
    """A wrong zone or pattern is told when the file is read, not at the first export."""
    moment = datetime(2000, 1, 1, tzinfo=UTC).astimezone(time_zone(publication.time_zone))
    format_time(moment, publication.dateline_format, publication.language)


# --- values --------------------------------------------------------------------------------------------------------


def _take(table: Table, key: str, read: Callable[[object], T], default: D, where: str = "") -> T | D:
    """The value of ``key`` read by ``read``, or ``default`` where the table has none."""
    if key not in table:
        return default
    try:
        return read(table[key])
    except ValueError as error:
        raise InputError(_TITLE, f"“{where}{key}” must be {error}, not {table[key]!r}.") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text between quotation marks")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _limit(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number of at least 1")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("a list")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValueError('a list of texts, like ["Post", "Email"]')
    return tuple(value)


def _ratios(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) and ratio_of(entry) for entry in value):
        raise ValueError('a list of ratios, width to height, like ["16:9", "3:2", "1:1"]')
    return tuple(dict.fromkeys(value))


def _credit_places(value: object) -> tuple[CreditPlace, ...]:
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list) or not entries or not all(entry in list(CreditPlace) for entry in entries):
        raise ValueError(f"one or several of {', '.join(CreditPlace)}")
    return tuple(dict.fromkeys(map(CreditPlace, entries)))


def _table(value: object) -> Table:
    if not isinstance(value, dict):
        raise ValueError("a table")
    return value


def _language(value: object) -> str:
    if not _LANGUAGE.fullmatch(_text(value)):
        raise ValueError("a language tag like “en” or “pt-BR”")
    return _text(value)


def _file_name(value: object) -> str:
    path = PurePosixPath(_text(value).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.name or not path.parts:
        raise ValueError("the name of a file beside it")
    return str(path)


def _file_names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_file_name(value),)
    if not isinstance(value, list):
        raise ValueError("the name of a file beside it, or a list of such names")
    return tuple(_file_name(entry) for entry in value)
