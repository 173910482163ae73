"""The lead image can be seen, heard and credited."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript
from workstation.review.words import words_in

_PLACE = Place("lead_image")
_REPEATS_FROM = 4
"""So many words in common at the start are a repetition, not chance."""


def lead_image(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a telling picture without alternative text, of a missing credit and of a caption told twice."""
    image = manuscript.story.lead_image
    if image is None:
        return
    if not image.decorative and not image.alt.strip():
        message = "The lead image has no alternative text. Say what it shows, or mark it as decorative."
        yield Problem("lead-image-text", Severity.WARNING, _PLACE, message, image.file)
    elif not image.decorative and _repeats(image.alt, image.caption):
        message = "The alternative text repeats the caption. Say what the picture shows; the caption is read out anyway."
        yield Problem("lead-image-text", Severity.WARNING, _PLACE, message, image.alt)
    if not image.credit.strip():
        message = "The lead image has no credit. Name who made it."
        yield Problem("lead-image-credit", Severity.WARNING, _PLACE, message, image.file)


def _repeats(alt: str, caption: str) -> bool:
    """Whether one text is the other, or begins with it, but for case and punctuation."""
    ours, theirs = _words(alt), _words(caption)
    shared = min(len(ours), len(theirs))
    return ours[:shared] == theirs[:shared] and (shared >= _REPEATS_FROM or (bool(ours) and ours == theirs))


def _words(text: str) -> list[str]:
    return [word.folded.casefold() for word in words_in(text) if not word.is_sign]
