"""The words of a link are there, and say what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.links import links_in_texts, told_link
from workstation.review.manuscript import Manuscript

_SAYS_NOTHING = re.compile(
    r"(?:please )?click (?:here|this|on this link)|here|this link|(?:see |follow )?(?:the )?link|read more|more here"
    r"|learn more|url",
    re.IGNORECASE,
)
_AROUND = " \n\u00a0.,;:!?…»>→()[]"


def link_words(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a link that nobody sees and of one that says “click here”, which tells a listener nothing."""
    for place, stretch in links_in_texts(manuscript):
        words = stretch.words.strip(_AROUND)
        if not words:
            message = "A link stands on no word, so nobody sees it. Take it away, or put it on what it leads to."
            yield Problem("link-text", Severity.WARNING, place, message, stretch.address, about=stretch.address)
        elif _SAYS_NOTHING.fullmatch(words):
            message = f"{told_link(place, stretch)} does not say where it leads. Put it on the words that name it."
            yield Problem("link-text", Severity.WARNING, place, message, stretch.words, about=stretch.address)
