"""Stories, houses, sources and evidence with an attack, or whatever else is handed in, in each of their texts and addresses."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from html import escape
from itertools import count, cycle
from typing import Any

from PIL import Image

from workstation.domain.evidence import Evidence, Witness, WitnessKind
from workstation.domain.item import Item
from workstation.domain.picture import Picture
from workstation.domain.publication import Edition, Labels, Publication
from workstation.domain.story import LeadImage, Story
from workstation.domain.story_document import read_document

WHEN = datetime(2031, 7, 3, 12, 19, tzinfo=UTC)
_NAMELESS = re.compile("[:\0]|[.]{2,}")
FORMS = (
    "<p>المدينة لا تنام</p><p>x “المدينة لا تنام، يا Orrin!” a <strong>b</strong> <em>c</em><br>d</p>"
    "<ul><li>e</li></ul><ol><li>f</li></ol><blockquote><p>g</p></blockquote>"
)
"""Every mark that a body may hold."""


@dataclass
class Hands:
    """What is put into texts (``words``), where addresses belong (``addresses``), and where markup is read (``markup``)."""

    words: Iterator[str]
    addresses: Iterator[str]
    markup: Iterator[str]

    def body(self) -> str:
        """The HTML of a body: words that were escaped, an address that was, and markup as it came."""
        link = f'<a href="{escape(next(self.addresses))}">{escape(next(self.words))}</a>'
        listed = f"<ul><li>{escape(next(self.words))}</li></ul><blockquote><p>{escape(next(self.words))}</p></blockquote>"
        return f"{FORMS}<p>{escape(next(self.words))} {link}</p>{listed}<p>{next(self.markup)}"


def hands(attacks: list[str]) -> Hands:
    """Hands that hold one attack after the other, and begin anew when all were dealt."""
    return Hands(cycle(attacks), cycle(attacks[1:] + attacks[:1]), cycle(attacks[2:] + attacks[:2]))


def harmless_hands() -> Hands:
    """Hands that hold plain words and good addresses, each of them once."""
    number = count()
    return Hands(
        (f"Plain words {next(number)}" for _ in count()),
        (f"https://safe.test/{next(number)}" for _ in count()),
        (f"plain markup {next(number)}" for _ in count()),
    )


def file_name(text: str) -> str:
    """``text`` as the name of a picture, as far as a document may name one."""
    return f"a{_NAMELESS.sub('', text)[:120]}.png"


def pictures(told: Story) -> Mapping[str, Picture]:
    """A picture for every name in a story."""
    data = io.BytesIO()
    Image.new("RGB", (64, 48), "#47636b").save(data, "PNG")
    return dict.fromkeys(told.files, Picture(data.getvalue(), "image/png", 64, 48))


def document(held: Hands, cards: int) -> dict[str, Any]:
    """A story document with something of ``held`` in each of its texts, and under keys that nobody knows."""
    words, addresses = held.words, held.addresses

    def source(kind: str) -> dict[str, Any]:
        return {
            "name": next(words),
            "of": next(words),
            "url": next(addresses),
            "kind": kind,
            "icon": file_name(next(words)),
            "odd": next(words),
        }

    def card() -> dict[str, Any]:
        sources = [source("person"), source("outlet"), source("institute") | {"icon": None}]
        return {"headline": next(words), "sources": sources, "body": held.body(), next(words): next(words)}

    texts = {name: next(words) for name in ("headline", "insights", "region", "sponsor", "notes")}
    lists = {name: [next(words), next(words)] for name in ("verticals", "bylines", "contributors")}
    image = {"file": file_name(next(words))} | {name: next(words) for name in ("alt", "caption", "credit")}
    note = {"made": "2031-07-03T12:19:00+01:00", "text": next(words)}
    made: dict[str, Any] = {"format": "workstation-story/1", "slug": "odd", **texts, **lists, "lead_image": image}
    made |= {"first_published": "2031-07-03T08:05:00+01:00", "updated": "2031-07-03T12:19:00+01:00", "corrections": [note]}
    return made | {"news": held.body(), "signals": [card() for _ in range(cards)], "odd": next(words), next(words): [next(words)]}


def story(held: Hands, cards: int) -> Story:
    """The story of such a document, as it is read from a file."""
    return read_document(json.loads(json.dumps(document(held, cards)))).story


def house(held: Hands) -> Publication:
    """A publication with something of ``held`` in each of its texts; no file is asked whether it may be there."""
    words, (logo, icon) = held.words, (file_name(f"{number}{next(held.words)}".replace("/", "")) for number in range(2))
    return Publication(
        name=next(words),
        rubric=next(words),
        tagline=next(words),
        language=next(words),
        address="https://lantern.example/{year}/{slug}",
        share=(next(words), "Email", "Whatsapp"),
        editions=(Edition(next(words), next(held.addresses)), Edition(next(words), next(held.addresses))),
        labels=Labels(**{label.name: next(words) for label in fields(Labels)}),
        advertisements=True,
        logo=logo,
        icon=icon,
        files=dict.fromkeys(
            (logo, icon), next(iter(pictures(Story(slug="a", headline="", lead_image=LeadImage(file="a"))).values()))
        ),
    )


def item(held: Hands, number: int = 0) -> Item:
    """A source with something of ``held`` in each of its fields."""
    text = "\n".join(next(held.words) for _ in range(4)).replace("\r", " ")
    return Item(
        id=f"{number:012x}",
        url=next(held.addresses),
        title=next(held.words),
        outlet=next(held.words),
        author=next(held.words),
        published=next(held.words),
        language=next(held.words),
        country=next(held.words),
        text=text,
        words=12,
        captured=WHEN,
        media_type=next(held.words),
        sha256="0f" * 32,
        origins={"title": next(held.words)},
    )


def evidence(held: Hands, cards: int) -> Evidence:
    """Evidence for such a story, with something of ``held`` in all that it tells of witnesses and sources."""
    words, told = held.words, story(held, cards)
    source = item(held)

    def witness(kind: WitnessKind, place: str, *, is_found: bool) -> Witness:
        found = {"item": source.id, "start": 0, "end": len(source.text) // 2, "exact": source.text[: len(source.text) // 2]}
        return Witness(
            kind=kind,
            place=place,
            at=0,
            until=3,
            words=next(words),
            state=next(words),
            holds=is_found,
            folded=(next(words),),
            differing=((next(words), next(words)),),
            left_out=(next(words),),
            address=next(held.addresses),
            speaker=next(words),
            translation=next(words),
            waived=next(words),
            **(found if is_found else {}),
        )

    places = ["news", *(f"signals[{number}].body" for number in range(cards))]
    kinds = (WitnessKind.QUOTATION, WitnessKind.SENTENCE)
    borne = [witness(kind, place, is_found=is_found) for place in places for kind in kinds for is_found in (True, False)]
    named = [witness(WitnessKind.SOURCE, f"signals[{number}].sources[0]", is_found=bool(number % 2)) for number in range(cards)]
    return Evidence(
        story=told,
        publication=next(words),
        language=next(words),
        made=next(words),
        items={source.id: source},
        witnesses=(*borne, *named),
        versions={source.id: (next(words),)},
    )
