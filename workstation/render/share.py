"""The share links under the lead image: where each word leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from workstation.render.characters import one_line

THIS_PAGE = "#story"

_INTENTS = {
    "email": "mailto:?subject={headline}",
    "e-mail": "mailto:?subject={headline}",
    "mail": "mailto:?subject={headline}",
    "post": "https://x.com/intent/post?text={headline}",
    "tweet": "https://x.com/intent/post?text={headline}",
    "x": "https://x.com/intent/post?text={headline}",
    "whatsapp": "https://wa.me/?text={headline}",
    "linkedin": "https://www.linkedin.com/feed/?shareActive=true&text={headline}",
    "bluesky": "https://bsky.app/intent/compose?text={headline}",
    "threads": "https://www.threads.net/intent/post?text={headline}",
    "reddit": "https://www.reddit.com/submit?title={headline}",
}
"""Services that take words alone: before it is published, nobody knows the address that the page will have."""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A word to share the story by, and its address."""

    word: str
    address: str


def share_link(word: str, headline: str) -> ShareLink:
    """The link for one word of the publication's share list; the page's own address where the word names no service."""
    intent = _INTENTS.get(one_line(word).casefold(), THIS_PAGE)
    return ShareLink(one_line(word), intent.format(headline=quote(one_line(headline), safe="")))
