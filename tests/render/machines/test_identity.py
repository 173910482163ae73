"""Names and addresses that formats take which know ASCII alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.machines.identity import made_uri, story_uri, uri
from workstation.render.rendering import PLAIN, Terms
from workstation.render.words.addresses import address


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://ledger.example/lock?day=9&part=%5Bb%5D#a", "https://ledger.example/lock?day=9&part=%5Bb%5D#a"),
        (
            "https://manara.example/اخبار?صفحة=2",
            "https://manara.example/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1?%D8%B5%D9%81%D8%AD%D8%A9=2",
        ),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://desk@bücher.example:8080/ü", "https://desk@xn--bcher-kva.example:8080/%C3%BC"),
        ("https://😀.example/", "https://xn--e28h.example/"),
        ("https://ü..example/", "https://%C3%BC..example/"),
        ("mailto:desk@lock.example", "mailto:desk@lock.example"),
    ],
)
def test_an_address_becomes_a_uri(written: str, expected: str) -> None:
    assert uri(written) == expected
    assert uri(expected) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_printable_address_becomes_ascii_and_stays_the_same_then(host: str, rest: str) -> None:
    printable = address(f"https://{host}.example/{rest}")
    if printable:
        assert uri(printable).isascii()
        assert uri(uri(printable)) == uri(printable)


def test_a_story_is_named_by_its_address_else_by_its_publication_and_slug(story: Story, publication: Publication) -> None:
    assert story_uri(story, publication, Terms(address="https://lantern.example/ü")) == "https://lantern.example/%C3%BC"
    assert story_uri(story, publication, PLAIN) == made_uri(publication, story.slug)
    assert story_uri(story, publication, PLAIN) != story_uri(story, replace(publication, name="Another"), PLAIN)
