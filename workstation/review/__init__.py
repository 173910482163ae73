"""Judgement: a story and the items it rests on become problems. Pure: the same story has the same problems."""

from workstation.review.background import Background
from workstation.review.checking import Review, check
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.rules import RULES

__all__ = ["RULES", "Background", "ComparedQuotation", "Manuscript", "Review", "check"]
