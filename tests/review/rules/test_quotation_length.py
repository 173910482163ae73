"""A quotation is short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.problem import Severity
from workstation.review import check

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def test_a_quotation_longer_than_sixty_words_is_a_warning(story: Make, card: Make, item: Make) -> None:
    text = " ".join(f"word{number}" for number in range(80))
    source = item("long", text)
    for count, expected in ((60, []), (61, ["quotation-length"])):
        whole = story(card(f"<p>“{' '.join(text.split()[:count])}”</p>", source))
        found = [problem.rule for problem in check(whole, {"long": source}).problems if problem.rule.startswith("quotation")]
        assert found == expected
