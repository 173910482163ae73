"""Of a long page only what changed is sent, and what is left out says which element of the screen stands there."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import body_from_text
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Story
from workstation.render.profiles import render
from workstation.ui.preview.shortened import shortened

words = st.text("ab &", min_size=1, max_size=3)
paragraphs = st.lists(words, min_size=1, max_size=3)
pages = st.lists(paragraphs, max_size=6)
DIRECTIONS = ("ltr", "rtl", "auto")


def page(cards: list[list[str]], filling: str = "x" * 1500) -> str:
    inner = "".join(
        '<div class="card">\n<h3>Card</h3>\n'
        + "".join(f'<p dir="{DIRECTIONS[len(paragraph) % 3]}">{paragraph}{filling}</p>\n' for paragraph in card)
        + "</div>\n"
        for card in cards
    )
    return f'<html>\n<div class="news">\n<p dir="auto">News{filling}</p>\n</div>\n<div class="signals">\n{inner}</div>\n</html>\n'


def elements(text: str, line: str) -> list[str]:
    """The paragraphs, or the cards, of a page as they stand in it."""
    if line == "p":
        return re.findall(r'<p dir="(?:ltr|rtl|auto)">.*?</p>\n', text)
    return re.findall(r'<div class="card">\n.*?\n</div>\n', text, re.S)


def filled_in(text: str, old: str) -> str:
    """A shortened page with the elements of the old one where it names them."""
    for tag in ("div", "p"):
        olds = elements(old, tag)
        text = re.sub(rf'<{tag} data-stays="(\d+)"></{tag}>\n', lambda found, olds=olds: olds[int(found.group(1))], text)
    return text


@given(pages, pages)
def test_a_shortened_page_filled_in_again_is_the_new_page(old: list[list[str]], new: list[list[str]]) -> None:
    before, after = page(old), page(new)
    short = shortened(before, after)
    if short is not None:
        assert filled_in(short.text, before) == after
        assert (short.cards, short.paragraphs) == (len(elements(before, "div")), len(elements(before, "p")))


@given(pages, st.data())
def test_one_changed_paragraph_leaves_little_to_send(old: list[list[str]], data: st.DataObject) -> None:
    cards = [*old, ["last"], ["one"]]
    at = data.draw(st.integers(0, len(cards) - 1))
    changed = [["changed", *card[1:]] if number == at else card for number, card in enumerate(cards)]
    short = shortened(page(cards), page(changed))
    if page(cards) != page(changed) and len(page(cards)) > 12_000:
        assert short is not None
        assert len(short.text) < 8_000


def test_a_short_page_is_sent_whole() -> None:
    assert shortened(page([["a"]], ""), page([["b"]], "")) is None


def test_a_page_of_another_form_is_sent_whole() -> None:
    old = "<section>\n" + "<p>one</p>\n" * 2000
    assert shortened(old, old + "<p>two</p>\n") is None


def test_what_stands_between_cards_is_never_left_out_with_them() -> None:
    old = page([["a"], ["b"], ["c"], ["d"]]).replace("</div>\n<div class", "</div>\n<hr>\n<div class")
    new = old.replace("News", "Newer")
    short = shortened(old, new)
    assert short is None or short.text.count("<hr>") == new.count("<hr>")


def printed(*bodies: str) -> str:
    """The very page that the preview shows of a story with these cards."""
    cards = tuple(SignalCard(headline="Card", body=body_from_text(body)) for body in bodies)
    story = Story(slug="long", headline="Long", news=body_from_text("The news."), signals=cards)
    return render("page", story, Publication(name="The Lantern"), {}).text


def test_of_the_real_page_little_is_sent_after_a_key_in_one_of_its_cards() -> None:
    cards = ["\n".join([f"Paragraph {number} of words. " * 20] * 3) for number in range(60)]
    old, new = printed(*cards), printed(*cards[:30], f"{cards[30]}!", *cards[31:])
    short = shortened(old, new)
    assert short is not None
    assert len(short.text) < len(new) / 3
    assert filled_in(short.text, old) == new


def test_of_the_real_page_little_is_sent_after_a_key_in_one_of_many_paragraphs() -> None:
    lines = [f"Paragraph {number} of words. " * 20 for number in range(200)]
    old, new = printed("\n".join(lines)), printed("\n".join([*lines[:90], f"{lines[90]}!", *lines[91:]]))
    short = shortened(old, new)
    assert short is not None
    assert len(short.text) < len(new) / 3
    assert filled_in(short.text, old) == new
