"""A sentence that was tied to a passage still has one behind it, in a source that its card names."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.claim import ClaimCheck, ClaimState
from workstation.domain.problem import Problem, Severity
from workstation.review.grounds.claims import claims_of
from workstation.review.manuscript import Manuscript


def broken_ties(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a tied sentence whose passage is gone, or whose source was taken off its card."""
    if not manuscript.story.claims and not any(card.claims for _, card in manuscript.cards):
        return
    for check in claims_of(manuscript):
        message = _fault(check, manuscript)
        if message and check.claim:
            yield Problem("broken-tie", Severity.WARNING, check.place, message, check.words, about=check.claim.quote)


def _fault(check: ClaimCheck, manuscript: Manuscript) -> str:
    if check.state is ClaimState.LOST:
        return "The passage that this sentence was tied to is gone from the archive. Tie it to another one."
    card = check.place.card
    if check.state is not ClaimState.TIED or card is None or check.item is None:
        return ""
    own = {source.item for source in manuscript.story.signals[card].sources if source.item}
    pages = own | {version for item in own for version in manuscript.background.versions.get(item, ())}
    if check.item in pages:
        return ""
    return f"This sentence is tied to {check.outlet or 'a source'}, which card {card + 1} does not name. Add it, or tie it anew."
