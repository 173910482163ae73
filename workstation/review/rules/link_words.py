"""The words of a link are there, and say what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.links.linked import links_in_texts, place_of_link, told_link
from workstation.review.manuscript import Manuscript

_SAYS_NOTHING = re.compile(
    r"(?:please )?click (?:here|this|on this link)|here|this link|(?:see |follow )?(?:the )?link|read more|more here"
    r"|learn more|url",
    re.IGNORECASE,
)
_AROUND = " \n\u00a0.,;:!?…»>→()[]"


def link_words(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a link that nobody sees and of one that says “click here”, which tells a listener nothing."""
    for passage, stretch in links_in_texts(manuscript):
        words = stretch.words.strip(_AROUND)
        if not words:
            message = "A link stands on no word, so nobody sees it. Take it away, or put it on what it leads to."
        elif _SAYS_NOTHING.fullmatch(words):
            message = f"{told_link(passage, stretch)} does not say where it leads. Put it on the words that name it."
        else:
            continue
        place, excerpt = place_of_link(passage, stretch), stretch.words if words else stretch.address
        yield Problem("link-text", Severity.WARNING, place, message, excerpt, about=stretch.address)
