"""What a found article is worth beside the expected one: text by shingles, fields exactly after normalisation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from workstation.ingest.outlets import outlet_table

# One token a letter where words are not spaced (Chinese, Japanese, Thai, Lao, Burmese, Khmer), one a word elsewhere.
_TOKENS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|\\w+?(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])|\\w+"
)
_SHINGLE = 4
_NAMES = re.compile(r"\s*(?:[;|、，]|,(?!\s*Jr\b)|\s(?:and|und|et|y|e|en|og|och|و)\s|&)\s*")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las|il|lo|het|de|o|os)\s+|^l['’]", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_TOP_LEVEL = re.compile(r"(?:\.(?:co|com|org|net))?\.[a-z]{2,6}$", re.IGNORECASE)
_SIZES = re.compile(r"[-_](?:\d{2,4}x\d{2,4}|scaled|w\d{2,4}(?:_r\d+)?(?:_s)?)(?=\.\w+$)")


@dataclass(frozen=True)
class Found:
    """What a library found on a page."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    site: str | None = None
    lang: str | None = None
    image: str | None = None
    said: str | None = None
    """The outlet as the page alone tells it."""


def text_scores(found: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of four-token shingles, each as often as it stands there."""
    a, b = _shingles(found), _shingles(wanted)
    both = sum((a & b).values())
    return (both / sum(a.values()) if a else 0.0, both / sum(b.values()) if b else float(not a))


def f1(scores: Iterable[tuple[float, float]]) -> float:
    """The harmonic mean of the mean precision and the mean recall over pages, each page weighing the same."""
    pairs = list(scores)
    precision = sum(pair[0] for pair in pairs) / len(pairs)
    recall = sum(pair[1] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def field_scores(found: Found, wanted: Mapping[str, Any], url: str) -> dict[str, bool]:
    """Whether each field that has an expectation is right, and ``record`` where title, authors and date have one."""
    right: dict[str, bool] = {}
    if wanted.get("title"):
        right["title"] = plain(found.title) == plain(wanted["title"])
        if "authors" in wanted:
            right["author"] = people(found.authors) == people(wanted["authors"])
        else:
            right["nobody"] = not people(found.authors)
    if wanted.get("date"):
        right["date"] = same_day(found.date, wanted["date"])
    if wanted.get("site"):
        right["as spelt"] = plain(found.site) == plain(wanted["site"])
        right["outlet"] = outlet_key(found.site) == outlet_key(wanted["site"])
        right["same outlet"] = right["outlet"] or _in_one_row(found.site, wanted["site"])
    if wanted.get("lang"):
        right["language"] = subtag(found.lang) == subtag(wanted["lang"])
    if wanted.get("image"):
        images = wanted["image"] if isinstance(wanted["image"], list) else [wanted["image"]]
        right["picture"] = bool(found.image) and any(_picture(found.image, url) == _picture(image, url) for image in images)
    if {"title", "author", "date"} <= right.keys():
        right["record"] = right["title"] and right["author"] and right["date"]
    return right


def plain(value: str | None) -> str:
    """Letters and digits only, folded."""
    folded = unicodedata.normalize("NFKC", value or "").casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def outlet_key(name: str | None) -> str:
    """An outlet's name as it is compared: without accents, an article before it, brackets and a top-level domain behind it."""
    told = _BRACKETS.sub("", _TOP_LEVEL.sub("", _ARTICLE.sub("", (name or "").strip())))
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", told) if not unicodedata.combining(letter))
    return plain(bare) or plain(name)


def _in_one_row(found: str | None, wanted: str) -> bool:
    """Whether the outlet table knows both as names of one outlet ("ORF", "Österreichischer Rundfunk")."""
    row = outlet_table().of_name(found)
    return row is not None and row is outlet_table().of_name(wanted)


def people(names: Iterable[str]) -> frozenset[str]:
    """The set of names, each folded; several in one string are taken apart."""
    return frozenset(filter(None, (plain(part) for name in names for part in _NAMES.split(name))))


def same_day(found: str | None, wanted: str | float) -> bool:
    """The same day as written, or in UTC; ``wanted`` is ISO 8601 or seconds since 1970."""
    if not found:
        return False
    written = wanted if isinstance(wanted, str) else datetime.fromtimestamp(wanted, UTC).isoformat()
    return bool({found[:10], _in_utc(found)} & {written[:10], _in_utc(written)})


def subtag(tag: str | None) -> str:
    """The language of a tag; the names of Norwegian, Hebrew and Indonesian that are used for the same are one."""
    code = re.split("[-_]", tag or "")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code, code)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKENS.findall(unicodedata.normalize("NFKC", text).casefold())
    if 0 < len(tokens) < _SHINGLE:
        return Counter([tuple(tokens)])
    return Counter(zip(*(tokens[start:] for start in range(_SHINGLE)), strict=False))


def _in_utc(date: str) -> str:
    try:
        moment = datetime.fromisoformat(date.strip())
    except ValueError:
        return date[:10]
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()


def _picture(address: str, url: str) -> str:
    """What identifies a picture: its host-less path without size marks; the same picture is served in many sizes."""
    inner = re.search(r"(?:url|src|image)=(https?[^&]+)", address)
    path = urlsplit(unquote(inner.group(1)) if inner else urljoin(url, address)).path
    return _SIZES.sub("", unquote(path).rpartition("/")[2] or path).casefold()
