"""An ellipsis leaves out little, and neither it nor brackets hide what turns the sense round."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.quoting.comparing import how_many_words
from workstation.review.quoting.denials import denials_in
from workstation.review.quoting.findings import LeftOut

LONGEST_GAP = 40
"""Words; what is further apart was hardly said together."""

_SHOWN = 300
"""Characters of the words left out that a message shows around a denial."""


def elisions(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of an ellipsis that leaves out many words or a denial; blocks brackets that hide or put in a denial."""
    for compared in manuscript.quotations:
        item = compared.attribution.item
        language = item.language if item and not compared.attribution.translated else None
        for left_out in compared.attribution.finding.left_out:
            yield from _judge(compared, left_out, language)


def _judge(compared: ComparedQuotation, left_out: LeftOut, language: str | None) -> Iterator[Problem]:
    words = how_many_words(left_out.words)
    if words > LONGEST_GAP:
        message = f"The ellipsis leaves out {words} words. Quote the two parts separately."
        yield _problem(compared, Severity.WARNING, message, f"long: {left_out.words}")
    hidden, put_in = denials_in(left_out.words, language), denials_in(left_out.inserted)
    shown = _shown(left_out.words, hidden)
    if hidden and (put_in or not left_out.bracketed):
        message = f"The quotation leaves out “{shown}”. Check that the sense stays the same."
        yield _problem(compared, Severity.WARNING, message, left_out.words)
    elif hidden:
        message = f"The brackets hide “{shown}” of the source, which may turn the sense round. Quote the words themselves."
        yield _problem(compared, Severity.BLOCKER, message, left_out.words)
    elif put_in:
        message = f"The brackets put in “{left_out.inserted}”, and the source denies nothing here. Take these words out."
        yield _problem(compared, Severity.BLOCKER, message, left_out.inserted)


def _problem(compared: ComparedQuotation, severity: Severity, message: str, about: str) -> Problem:
    return Problem("quotation-elision", severity, compared.place, message, compared.printed, about=about)


def _shown(words: str, denials: tuple[str, ...]) -> str:
    """The words left out; of very many, those around the first denial."""
    if len(words) <= _SHOWN or not denials:
        return words
    at = max(0, words.casefold().find(denials[0]))
    first, last = max(0, at - _SHOWN // 2), at + _SHOWN // 2
    return f"{'… ' if first else ''}{words[first:last].strip()}{' …' if last < len(words) else ''}"
