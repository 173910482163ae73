"""An ellipsis leaves out little, and nothing that turns the sense round."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem, Severity
from workstation.review.manuscript import Manuscript
from workstation.review.words import words_in

LONGEST_GAP = 40
"""Words; what is further apart was hardly said together."""

_TURNING_GAP = 6
_NEGATIONS = frozenset(
    " ".join(
        (
            "not no never nor neither cannot none without hardly",
            "nicht kein keine keinen nie niemals ohne",
            "pas jamais non sans nunca jamás sin não nem",
            "niet geen inte ikke не нет",
            "لا لن لم ليس غير לא אין",
            "不 没 沒 未 無 안 못",
        )
    ).split()
)


def elisions(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of an ellipsis that leaves out many words, and of one (or of brackets) that leaves out a denial."""
    for compared in manuscript.quotations:
        for left_out in compared.attribution.finding.left_out:
            told = _judge(left_out)
            if told:
                yield Problem("quotation-elision", Severity.WARNING, compared.place, told, compared.printed)


def _judge(left_out: str) -> str | None:
    words = [word.folded for word in words_in(left_out) if not word.is_sign]
    if len(words) > LONGEST_GAP:
        return f"The ellipsis leaves out {len(words)} words. Quote the two parts separately."
    denied = [word for word in words if word.lower() in _NEGATIONS or word.lower().endswith("n't")]
    if denied and len(words) <= _TURNING_GAP:
        return f"The quotation leaves out “{left_out}”. Check that the sense stays the same."
    return None
