"""Every quoted word is true to its source. Likeness never passes a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.review.attribution import SHORT
from workstation.review.comparing import how_many_words
from workstation.review.findings import ALTERED, MISSING, UNARCHIVED
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.mending import fix_for

USE_SOURCE_WORDING = "Use source wording"


def quoted_words(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks altered words and words that no source has; warns where there is nothing to compare with, or another source."""
    for compared in manuscript.quotations:
        problem = _judge(compared, manuscript)
        if problem:
            yield problem


def _judge(compared: ComparedQuotation, manuscript: Manuscript) -> Problem | None:
    attribution = compared.attribution
    if attribution.verdict == ALTERED:
        return _altered(compared)
    meant = bool(compared.quotation.quote) or how_many_words(compared.printed) > SHORT
    if attribution.elsewhere and meant and compared.place.card is not None:
        return _wrong_source(compared)
    if attribution.verdict == MISSING:
        return _missing(compared, manuscript)
    if attribution.verdict == UNARCHIVED:
        return _unarchived(compared)
    return None


def _altered(compared: ComparedQuotation) -> Problem:
    item = compared.attribution.item
    told = "; ".join(_told(printed, source) for printed, source in compared.attribution.finding.differing)
    message = f"Altered words in {_where(compared.place)}: {told} ({item.outlet if item else 'its source'})."
    return Problem("quotation-altered", Severity.BLOCKER, compared.place, message, compared.printed, _fix(compared), about=told)


def _told(printed: str, source: str) -> str:
    if not source:
        return f"“{printed}” is not in the source"
    if not printed:
        return f"the source has “{source}” here"
    return f"“{printed}” is “{source}” in the source"


def _fix(compared: ComparedQuotation) -> Fix | None:
    """Only The News and the cards' bodies can be mended; a headline is a line to be written anew."""
    if compared.place.field not in ("news", "body"):
        return None
    quotation = compared.quotation
    text = compared.passage.quoting.text
    return fix_for(USE_SOURCE_WORDING, text, quotation.start, quotation.end, compared.attribution.finding.edits)


def _wrong_source(compared: ComparedQuotation) -> Problem:
    """Only a card names its sources; the headline and The News may quote any of the story's."""
    item = compared.attribution.item
    outlet = item.outlet or item.title if item else ""
    message = f"These words in {_where(compared.place)} are from {outlet}, not from the source named. Mend one or the other."
    return Problem("quotation-source", Severity.WARNING, compared.place, message, compared.printed, about=outlet)


def _missing(compared: ComparedQuotation, manuscript: Manuscript) -> Problem:
    """On a card a blocker; The News and the story's headline name no source, so there it is a warning."""
    place = compared.place
    severity = Severity.WARNING if place.card is None else Severity.BLOCKER
    message = f"These words are in no source of {_where(place)}. Correct them, or take the quotation marks away."
    message += _hint(compared, manuscript)
    about = _sources(compared, manuscript)
    return Problem("quotation-missing", severity, place, message, compared.printed, about=about)


def _sources(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    """The names of the card's sources, in which the words were sought."""
    card = compared.place.card
    return "" if card is None else ", ".join(sorted(source.name for source in manuscript.story.signals[card].sources))


def _hint(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    """Where the words may come from instead."""
    item = compared.attribution.item
    if item and compared.attribution.elsewhere:
        return f" {item.outlet or item.title} has them."
    if compared.place.card is None:
        return ""
    sources = manuscript.story.signals[compared.place.card].sources
    bare = [source.name for source in sources if not _has_text(source.item, manuscript)]
    return f" The text of {', '.join(bare)} is not archived: capture it to compare." if bare else ""


def _has_text(item_id: str | None, manuscript: Manuscript) -> bool:
    item = manuscript.items.get(item_id) if item_id else None
    return bool(item and item.text)


def _unarchived(compared: ComparedQuotation) -> Problem:
    message = f"These words in {_where(compared.place)} cannot be compared: no source of it is archived. Capture the source."
    return Problem("quotation-unarchived", Severity.WARNING, compared.place, message, compared.printed)


def _where(place: Place) -> str:
    if place.card is not None:
        return f"card {place.card + 1}" if place.field == "body" else f"the headline of card {place.card + 1}"
    return "The News" if place.field == "news" else "the headline"
