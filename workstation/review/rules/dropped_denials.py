"""A quotation does not leave the "not" before its first word, or behind its last one, to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.domain.grade import Grade
from workstation.domain.item import Item
from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.quoting.attribution import SHORT
from workstation.review.quoting.comparing import how_many_words
from workstation.review.quoting.denials import denials_in
from workstation.review.quoting.findings import Edit
from workstation.review.quoting.mending import fix_for

_BEFORE = re.compile(r"(?:^|[\s\"“«‘„「])([^\W\d_][^\s\"“”«».,;:!?]*)[ \u00a0\u202f]\Z")
_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_][^\s\"“”«».,;:!?।۔]*)")
_FAR = 30
"""Characters in which the neighbouring word is sought."""
_DENIES_BEHIND = frozenset({"hi", "ur", "bn", "ne", "mr", "tr"})
"""Languages whose denial follows what it denies."""
_HALF = ("ne", "n'", "n’")
"""The first half of a French denial: the quotation may have the other one."""


def dropped_denials(manuscript: Manuscript) -> Iterator[Problem]:
    """Tells of true words that the source denies with the very next word, where the story's own sentence denies nothing.

    A blocker where the words are printed as a whole statement; of a part of a sentence the story's words may say it otherwise.
    """
    for compared in manuscript.quotations:
        problem = _judged(compared)
        if problem:
            yield problem


@lru_cache(maxsize=2048)
def _judged(compared: ComparedQuotation) -> Problem | None:
    attribution = compared.attribution
    is_whole = attribution.grade in (Grade.EXACT, Grade.FOLDED) and not attribution.translated
    if attribution.item is None or not is_whole or how_many_words(compared.printed) <= SHORT:
        return None
    before, behind = _denials_around(compared, attribution.item)
    if (before or behind) and not denials_in(_around(compared), compared.passage.language):
        return _problem(compared, attribution.item, before, behind)
    return None


def _denials_around(compared: ComparedQuotation, item: Item) -> tuple[str, str]:
    """The source's words right before and right behind the quoted ones, if they deny them."""
    start, end = compared.attribution.finding.start, compared.attribution.finding.end
    if start is None or end is None:
        return "", ""
    language = (item.language or "").partition("-")[0]
    before = _BEFORE.search(item.text[max(0, start - _FAR) : start])
    behind = _BEHIND.match(item.text[end : end + _FAR]) if language in _DENIES_BEHIND else None
    found = [word[1] if word and denials_in(word[1], language) else "" for word in (before, behind)]
    if found[0].casefold() in _HALF and denials_in(compared.printed, language):
        found[0] = ""
    return found[0], found[1]


def _around(compared: ComparedQuotation) -> str:
    """The words of the sentence that the quotation stands in, before and behind it."""
    passage, start, end = compared.passage, compared.quotation.start, compared.quotation.end
    inside = [sentence for sentence in passage.sentences if sentence.start < end and start < sentence.end]
    if not inside:
        return ""
    return f"{passage.text[inside[0].start : start]} {passage.text[end : inside[-1].end]}"


def _problem(compared: ComparedQuotation, item: Item, before: str, behind: str) -> Problem:
    denial, where = (before, "before") if before else (behind, "behind")
    outlet = item.outlet or "The source"
    message = f"{outlet} has “{denial}” right {where} these words, which turns their sense round. Quote it, too."
    severity = Severity.BLOCKER if _is_statement(compared, item) else Severity.WARNING
    fix = _fix(compared, item, before) if before else None
    return Problem("quotation-denial", severity, compared.place, message, compared.printed, fix, denial)


def _is_statement(compared: ComparedQuotation, item: Item) -> bool:
    """Whether the words are printed as a whole sentence: with a capital that the source does not have, or behind a colon."""
    start = compared.attribution.finding.start or 0
    raised = compared.printed[:1].isupper() and item.text[start : start + 1].islower()
    return raised or compared.passage.text[: compared.quotation.start - 1].rstrip().endswith((":", "："))


def _fix(compared: ComparedQuotation, item: Item, before: str) -> Fix | None:
    """The denial put in before the first word; a headline is a line to be written anew."""
    start = compared.attribution.finding.start or 0
    first, own = item.text[start : start + 1], compared.printed[:1]
    if compared.place.field not in ("news", "body") or first.casefold() != own.casefold():
        return None
    denial = before[:1].upper() + before[1:] if own.isupper() else before
    edit = Edit(0, 1, f"{denial} {first}")
    quotation = compared.quotation
    return fix_for(f"Quote “{before}”, too", compared.passage.text, quotation.start, quotation.end, (edit,))
