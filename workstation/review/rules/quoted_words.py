"""Every quoted word is true to its source. Likeness never passes a quotation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from workstation.domain.grade import Grade
from workstation.domain.item import Item
from workstation.domain.language_tag import language_in
from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.quoting.attribution import SHORT
from workstation.review.quoting.comparing import how_many_words
from workstation.review.quoting.findings import Finding
from workstation.review.quoting.mending import fix_for
from workstation.review.quoting.words import folded_text, words_in

USE_SOURCE_WORDING = "Use source wording"
USE_TRANSLATION = "Use the kept translation"
_LONGEST_NAME = 8
"""Words of a name or title in quotation marks."""


def quoted_words(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks altered words, words of another source and words that no source has; warns where nothing can be compared.

    One or two words, and names of works and operations, are often nobody's words: there it only warns.
    """
    for compared in manuscript.quotations:
        judge = _JUDGES.get(compared.attribution.grade)
        problem = judge(compared, manuscript) if judge else None
        if problem:
            yield problem
    yield from _unarchived(manuscript)


# --- altered -------------------------------------------------------------------------------------------------------


def _altered(compared: ComparedQuotation, _: Manuscript) -> Problem:
    return _told_altered(compared)


@lru_cache(maxsize=1024)
def _told_altered(compared: ComparedQuotation) -> Problem:
    attribution = compared.attribution
    where, item = _where(compared.place), attribution.item
    if attribution.translated:
        told = _all_told(attribution.finding, "your translation")
        message = f"Words in {where} differ from the translation that you kept: {told}. Mend one or the other."
        return _problem(
            "quotation-altered", compared, Severity.BLOCKER, message, _fix(compared, USE_TRANSLATION, attribution.finding), told
        )
    told = _all_told(attribution.finding, "the source")
    owner = item and (item.outlet.strip() or item.title.strip())
    message = f"Altered words in {where}: {told} ({owner or 'its source'})."
    if _is_foreign(item, compared):
        message += " If it is your translation, keep it beside the original."
    return _problem(
        "quotation-altered", compared, _severity(compared), message, _fix(compared, USE_SOURCE_WORDING, attribution.finding), told
    )


def _all_told(finding: Finding, owner: str) -> str:
    return "; ".join(_told(printed, source, owner) for printed, source in finding.differing)


def _told(printed: str, source: str, owner: str) -> str:
    if not source:
        return f"“{printed}” is not in {owner}"
    if not printed:
        return f"{owner} has “{source}” here"
    return f"“{printed}” is “{source}” in {owner}"


def _fix(compared: ComparedQuotation, label: str, finding: Finding) -> Fix | None:
    """Only The News and the cards' bodies can be mended; a headline is a line to be written anew."""
    if compared.place.field not in ("news", "body"):
        return None
    quotation = compared.quotation
    return fix_for(label, compared.passage.text, quotation.start, quotation.end, finding.edits)


# --- in another source ---------------------------------------------------------------------------------------------


def _elsewhere(compared: ComparedQuotation, manuscript: Manuscript) -> Problem | None:
    """Only a card names its sources; the headline and The News may quote any of the story's."""
    item, card, tie = compared.attribution.item, compared.place.card, compared.quotation.quote
    if card is None and tie:
        return None
    if item is None or card is None or (_is_gentle(compared) and not tie):
        return _absent(compared, manuscript)
    unlinked = [source.name.casefold() for source in manuscript.story.signals[card].sources if not source.item]
    if (item.outlet or "").casefold() in unlinked:
        return None
    outlet, instead = item.source_name, compared.attribution.instead
    if not manuscript.story.signals[card].sources:
        message = f"These words in {_where(compared.place)} are from {outlet}, which the card does not name. Add it."
        return _problem("quotation-source", compared, Severity.BLOCKER, message, about=outlet)
    message = f"These words in {_where(compared.place)} are from {outlet}, not from the source named. Mend one or the other."
    if instead is None:
        return _problem("quotation-source", compared, Severity.BLOCKER, message, about=outlet)
    message += f" In the source named {_all_told(instead, 'it')}."
    fix = _fix(compared, USE_SOURCE_WORDING, instead)
    return _problem("quotation-source", compared, Severity.BLOCKER, message, fix, about=outlet)


# --- absent --------------------------------------------------------------------------------------------------------


def _absent(compared: ComparedQuotation, manuscript: Manuscript) -> Problem:
    """On a card a blocker, unless a source of it may have the words: one that is not archived, or one in another language.

    The News and the story's headline name no source, so there it is a warning. Words that are tied to a passage are its own.
    """
    translated = bool(_foreign_languages(compared, manuscript)) and not compared.quotation.quote
    unsure = compared.place.card is None or translated or bool(_bare(compared, manuscript))
    severity = Severity.WARNING if unsure else _severity(compared)
    message = _about_absent(compared, manuscript) + _hint(compared, manuscript)
    return _problem("quotation-missing", compared, severity, message, about=_sources(compared, manuscript))


def _about_absent(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    where = _where(compared.place)
    foreign = _foreign_languages(compared, manuscript)
    if compared.quotation.quote and foreign:
        return f"These words in {where} are not the source’s. If they are your translation, keep them beside the original."
    if foreign:
        return (
            f"The source is in {foreign}, and these words in {where} are not in it. Select the original passage in the"
            " reader and keep your words as its translation, or take the quotation marks away."
        )
    if how_many_words(compared.printed) <= SHORT:
        count = "One word" if how_many_words(compared.printed) == 1 else "Two words"
        return f"{count} in quotation marks in {where}, and no source has them. If nobody said so, take the marks away."
    if _is_name(compared.printed):
        return f"No source of {where} has this name or title. Check how it is spelt, or take the quotation marks away."
    return f"These words are in no source of {where}. Correct them, or take the quotation marks away."


def _foreign_languages(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    """The languages of the archived sources, by name, where all are foreign to the story and to the words; else nothing."""
    quote = manuscript.quotes.get(compared.quotation.quote or "")
    ids = (quote.item,) if quote else compared.passage.item_ids
    sources = [item for item_id in ids if (item := manuscript.items.get(item_id)) and item.text]
    if not sources or not all(_is_foreign(item, compared) and not _shares_words(compared.printed, item) for item in sources):
        return ""
    from babel import Locale  # noqa: PLC0415 - only a foreign source is named by its language

    names = (Locale("en").languages.get(language_in(item.language), item.language or "") for item in sources)
    return " and ".join(dict.fromkeys(names))


def _is_foreign(item: Item | None, compared: ComparedQuotation) -> bool:
    """Whether a source is known to be in another language than the story."""
    own, other = language_in(compared.passage.language), language_in(item.language if item else None)
    return bool(own and other and own != other)


@lru_cache(maxsize=512)
def _shares_words(printed: str, item: Item) -> bool:
    """Whether the words are those of the item's language: a third of them stand somewhere in its text."""
    source = folded_text(item.text)
    words = [word.folded for word in words_in(printed) if not word.is_sign]
    return sum(next(source.runs([word]), None) is not None for word in words) * 3 >= len(words)


def _sources(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    """The names of the card's sources, in which the words were sought."""
    card = compared.place.card
    return "" if card is None else ", ".join(sorted(source.name for source in manuscript.story.signals[card].sources))


def _hint(compared: ComparedQuotation, manuscript: Manuscript) -> str:
    """Which other source has the words, or which sources could not be looked into."""
    item = compared.attribution.item
    if item and compared.attribution.elsewhere:
        return f" {item.source_name} has them."
    bare = _bare(compared, manuscript)
    return f" The text of {', '.join(bare)} is not archived: capture it to compare." if bare else ""


def _bare(compared: ComparedQuotation, manuscript: Manuscript) -> list[str]:
    """The names of the card's sources that are not archived."""
    card = compared.place.card
    sources = () if card is None else manuscript.story.signals[card].sources
    return [source.name for source in sources if not _has_text(source.item, manuscript)]


def _has_text(item_id: str | None, manuscript: Manuscript) -> bool:
    item = manuscript.items.get(item_id) if item_id else None
    return bool(item and item.text)


# --- no text -------------------------------------------------------------------------------------------------------


def _unarchived(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns once of a card, and once of a story that has no archived source at all. A scare quote is no reason to capture one."""
    every = [each for each in manuscript.quotations if each.attribution.grade is Grade.UNARCHIVED and not _is_gentle(each)]
    if any(_has_text(item, manuscript) for item in manuscript.story.item_ids):
        cards = {compared.place.card: _where(compared.place) for compared in every}
        for card, where in cards.items():
            yield _uncompared([compared for compared in every if compared.place.card == card], where)
    elif every:
        yield _uncompared(every, "this story")


def _uncompared(every: list[ComparedQuotation], where: str) -> Problem:
    words = "These words" if len(every) == 1 else f"{len(every)} quotations"
    message = f"{words} in {where} cannot be compared: no source of it is archived. Capture the source."
    told = "\n".join(compared.printed for compared in every)
    return _problem("quotation-unarchived", every[0], Severity.WARNING, message, about=told)


_JUDGES: dict[Grade, Callable[[ComparedQuotation, Manuscript], Problem | None]] = {
    Grade.ALTERED: _altered,
    Grade.ELSEWHERE: _elsewhere,
    Grade.ABSENT: _absent,
}


def _problem(
    rule: str, compared: ComparedQuotation, severity: Severity, message: str, fix: Fix | None = None, about: str = ""
) -> Problem:
    return Problem(rule, severity, compared.place, message, compared.printed, fix, about)


def _severity(compared: ComparedQuotation) -> Severity:
    return Severity.WARNING if _is_gentle(compared) else Severity.BLOCKER


def _is_gentle(compared: ComparedQuotation) -> bool:
    """Whether the marks may stand for something else than somebody's words."""
    return how_many_words(compared.printed) <= SHORT or _is_name(compared.printed)


_CASED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = 3
"""Letters of a word that is written small in a title: of, and, the."""


def _is_name(printed: str) -> bool:
    """Whether the words are written like a name or a title: "Operation Quiet River", "The House of the Two Doors"."""
    words = _CASED.findall(printed)
    if not 1 < len(words) <= _LONGEST_NAME or printed.rstrip()[-1:] in ".!?,;" or printed.isupper():
        return False
    ends = (words[0], words[-1])
    return all(word[0].isupper() or (len(word) <= _SMALL and word not in ends) for word in words)


def _where(place: Place) -> str:
    if place.card is not None:
        return f"card {place.card + 1}" if place.field == "body" else f"the headline of card {place.card + 1}"
    return "The News" if place.field == "news" else "the headline"
