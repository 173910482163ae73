"""The words that tell what a story is about: names and nouns of the story and of its sources' titles, weighed by their places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from workstation.domain.story import Story

HEADLINE, TITLE, CARD, BODY = 4.0, 2.0, 3.0, 1.0
NAME = 1.5
LEAST = 2.0
"""A word that stands once in a body, and is no name, tells nothing."""
MOST = 36

_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0610-\u065f\u0900-\u0dff])+(?:-(?:[^\W\d_])+)*")
_UNSPACED = re.compile(r"[\u3041-\u30fa\u3400-\u9fff]{2,}")
_LETTERS_AT_LEAST = 4


def topic_words(story: Story, titles: Iterable[str]) -> dict[str, float]:
    """The words, in small letters or as two characters of Chinese or Japanese, with their weights; the weightiest first.

    What is common in the inbox tells little: who uses the words weighs that as well.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for text, weight in _texts(story, titles):
        seen: set[str] = set()
        for word, factor in _words_of(text):
            weights[word] += weight * factor / (3 if word in seen else 1)
            seen.add(word)
    telling = ((word, weight) for word, weight in weights.items() if weight >= LEAST)
    return dict(sorted(telling, key=lambda pair: pair[1], reverse=True)[:MOST])


def names_in(headline: str) -> list[str]:
    """The words of a headline that stand in it as names: capitalised, though most others are not."""
    words = [word for word in _WORD.findall(headline) if len(word) >= _LETTERS_AT_LEAST]
    capitals = [word for at, word in enumerate(words) if word[0].isupper()]
    return capitals if len(capitals) <= len(words) / 2 else []


def topic_text(story: Story) -> str:
    """What a story is about in a few sentences: its headline, The News and the headlines of its cards."""
    parts = (story.headline, story.news.text, *(card.headline for card in story.signals))
    return ". ".join(part.strip(" .\n") for part in parts if part.strip())


def _texts(story: Story, titles: Iterable[str]) -> Iterable[tuple[str, float]]:
    yield story.headline, HEADLINE
    yield story.news.text, BODY
    for title in titles:
        yield title, TITLE
    for card in story.signals:
        yield card.headline, CARD
        yield card.body.text, BODY


def _words_of(text: str) -> Iterable[tuple[str, float]]:
    for run in _UNSPACED.findall(text):
        yield from ((run[at : at + 2], 1.0) for at in range(len(run) - 1))
    words = _WORD.findall(_UNSPACED.sub(" ", text))
    for at, written in enumerate(words):
        word = written.casefold()
        if len(word) >= (_LETTERS_AT_LEAST if written.isascii() else 3) and word not in _TELL_NOTHING:
            yield word, NAME if at and written[0].isupper() else 1.0


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(words.split())


_TELL_NOTHING = listed(
    "that this with from have been were will would could should their there they them then than when where which while what"
    " about after before between against over under into also only more most much many some such other others each every"
    " both said says told according report reported reports reporting wrote news paper outlet analysis analyst analysts"
    " official officials expert experts people year years week weeks month months today monday tuesday wednesday thursday"
    " friday saturday sunday january february march april june july august september october november december first last"
    " next time times make makes made take takes taken still even just like because since until through during without"
    " within among across itself himself herself being does doing done gets getting going come comes came back here very"
    " well another those these your ours government country countries state states president minister world"
)
