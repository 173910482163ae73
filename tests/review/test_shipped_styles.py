"""The shipped rules of style: each does what its examples say, and none is noisy."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

from workstation import resources
from workstation.domain.house_style import StyleRule
from workstation.review.quoting.quotations import quoting_in
from workstation.review.styles.house_style import PATIENCE, _Page, _search_of, _slips_against, slips_in
from workstation.review.styles.style_examples import faults_of
from workstation.review.styles.style_file import read_style

from .shipped_styles import NAMES, every_rule, shipped

TEXTS = Path(__file__).parents[1] / "data" / "long-texts"


@pytest.mark.parametrize(("style", "rule"), every_rule(), ids=lambda value: getattr(value, "id", value))
def test_a_shipped_rule_does_what_its_examples_say(style: str, rule: StyleRule) -> None:
    assert len(rule.wrong) >= 2
    assert len(rule.right) >= 2
    assert list(faults_of(rule, shipped(style))) == []


@pytest.mark.parametrize(("style", "rule"), every_rule(), ids=lambda value: getattr(value, "id", value))
def test_a_shipped_rule_says_something_in_its_message_and_has_a_category(style: str, rule: StyleRule) -> None:
    assert rule.message.endswith(".")
    assert "{" not in rule.message.replace("{found}", "").replace("{new}", "")
    assert rule.category != "other"
    if rule.suggestion is None and any(new is None for _, new in rule.phrases):
        assert "{new}" not in rule.message


@pytest.mark.parametrize("style", NAMES)
def test_each_shipped_style_has_at_least_eighty_rules(style: str) -> None:
    assert len(shipped(style).rules) >= 80


@pytest.mark.parametrize("name", ["common", *NAMES])
def test_a_shipped_file_passes_the_trial_that_own_files_have_to_pass(name: str) -> None:
    file = resources.path(f"house-style/{name}.toml")
    assert read_style(file.read_bytes(), name).rules


# --- noise ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", NAMES)
def test_long_clean_texts_give_less_than_one_alarm_in_five_hundred_words(style: str) -> None:
    alarms: list[str] = []
    words = 0
    for file in sorted(TEXTS.glob(f"{style}-*.txt")):
        text = file.read_text(encoding="utf-8")
        words += len(text.split())
        alarms += [f"{file.name}: {slip.rule.id}: {text[slip.start : slip.end]}" for slip in slips_in(text, shipped(style))]
    assert words > 4500
    assert alarms == []


@pytest.mark.parametrize("style", NAMES)
def test_texts_of_the_other_style_are_told_apart(style: str) -> None:
    """Not noise: it is what the rules are for."""
    other = next(name for name in NAMES if name != style)
    texts = [file.read_text(encoding="utf-8") for file in TEXTS.glob(f"{other}-*.txt")]
    told = [len(slips_in(text, shipped(style))) for text in texts]
    assert sum(told) > 25
    assert sum(count > 0 for count in told) >= 9


@pytest.mark.parametrize("style", NAMES)
def test_what_a_pattern_contains_never_hides_a_match(style: str) -> None:
    texts = [file.read_text(encoding="utf-8") for file in TEXTS.glob("*.txt")]
    texts += [example.text for _, rule in every_rule() for example in rule.wrong]
    for sheet in shipped(style).sheets:
        for pattern in _search_of(sheet).patterns:
            for text in texts:
                page = _Page(text)
                within = page.plain if pattern.rule.case else page.small
                for match in pattern._compiled.finditer(within, timeout=10 * PATIENCE):
                    assert any(part in page.small for part in pattern.contains or ("",)), (pattern.rule.id, match)


@pytest.mark.parametrize("style", NAMES)
def test_a_long_text_is_judged_at_once(style: str) -> None:
    """Below 2 ms on a free machine; the test allows for a busy one."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(TEXTS.glob(f"{style}-0[12].txt")))[:3600]
    slips_in(text, shipped(style))
    took = []
    for number in range(10):
        other = f"{text} {number}."
        began = process_time()
        slips_in(other, shipped(style))
        took.append(process_time() - began)
    assert sorted(took)[4] < 0.012
    began = process_time()
    slips_in(other, shipped(style))
    assert process_time() - began < 0.001
    assert _slips_against.cache_info().maxsize


def test_long_texts_have_quotations_so_that_they_are_like_news() -> None:
    for file in TEXTS.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert 450 <= len(text.split()) <= 700, file.name
        assert quoting_in(text).quotations, file.name
        assert re.search(r"\d", text), file.name
