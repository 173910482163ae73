"""Whether rules of style do what their examples say."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.house_style import Example, HouseStyle, StyleRule
from workstation.review.styles.house_style import mended_text, slips_in


def faults_of(rule: StyleRule, style: HouseStyle) -> Iterator[str]:
    """A sentence for each example of ``rule`` that ``style``, with all its rules, does not treat as it says."""
    language = next(iter(rule.languages))
    for example in rule.wrong:
        yield from _fault_of_wrong(rule, example, style, language)
    for text in rule.right:
        for slip in slips_in(text, style, language):
            yield f"“{text}” should be right, but “{slip.rule.id}” finds “{text[slip.start : slip.end]}”."


def _fault_of_wrong(rule: StyleRule, example: Example, style: HouseStyle, language: str) -> Iterator[str]:
    slips = slips_in(example.text, style, language)
    if not any(slip.rule is rule for slip in slips):
        yield f"“{example.text}” should be wrong, but nothing is found."
    elif example.mended is not None and mended_text(example.text, slips) != example.mended:
        yield f"“{example.text}” should become “{example.mended}”, but becomes “{mended_text(example.text, slips)}”."
    elif example.mended is None and any(slip.new is not None for slip in slips if slip.rule is rule):
        yield f"“{example.text}” has a suggestion; write the example as a pair, wrong and mended."
