"""The share links under the lead image: where each word leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from workstation.render.words.characters import one_line

THIS_PAGE = "#story"

_MAIL = ("mailto:?subject={headline}", "&body={address}")
_X = ("https://x.com/intent/post?text={headline}", "&url={address}")
_INTENTS = {
    "email": _MAIL,
    "e-mail": _MAIL,
    "mail": _MAIL,
    "post": _X,
    "tweet": _X,
    "x": _X,
    "whatsapp": ("https://wa.me/?text={headline}", "%20{address}"),
    "linkedin": ("https://www.linkedin.com/feed/?shareActive=true&text={headline}", "%20{address}"),
    "bluesky": ("https://bsky.app/intent/compose?text={headline}", "%20{address}"),
    "threads": ("https://www.threads.net/intent/post?text={headline}", "&url={address}"),
    "reddit": ("https://www.reddit.com/submit?title={headline}", "&url={address}"),
}
"""Services that take words alone, because not every house says where its stories stand; and how they take an address."""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A word to share the story by, and its address."""

    word: str
    address: str


def share_link(word: str, headline: str, canonical: str | None = None) -> ShareLink:
    """The link for one word of the publication's share list; the page's own address where the word names no service.

    ``canonical`` is the address of the story, where it is known: it is shared with the headline.
    """
    words, place = _INTENTS.get(one_line(word).casefold(), (THIS_PAGE, ""))
    intent = words + place if canonical else words
    values = {"headline": quote(one_line(headline), safe=""), "address": quote(canonical or "", safe="")}
    return ShareLink(one_line(word), intent.format(**values))
