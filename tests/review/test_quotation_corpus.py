"""Every quotation of the corpus is graded as an editor would: tests/data/quotations, one file a language, all invented.

A case is a printed quotation. Unless it says otherwise, its card names the sources ``a`` and ``b`` of the file, and ``c`` is
known but not named; ``source`` is the one that has the words (``a`` by default), and ``at`` its words there (as printed by
default). The labels were written before the code was run; ``why`` says what was judged.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.review.conftest import make_item
from workstation.domain.grade import Grade
from workstation.domain.item import Item
from workstation.review.quoting.attribution import Attribution, attribute

_FOLDER = Path(__file__).parents[1] / "data" / "quotations"
_LANGUAGES = sorted(path.stem for path in _FOLDER.glob("*.json"))
_WANTED = {grade for grade in Grade if grade is not Grade.TRANSLATED}
_LEAST = 0.98
_PASSING = {Grade.EXACT, Grade.FOLDED, Grade.EDITED, Grade.SEVERAL}


@dataclass(frozen=True)
class Judged:
    """A case of the corpus with what was found, and how that differs from its label."""

    language: str
    case: dict[str, Any]
    found: Attribution
    differences: tuple[str, ...]

    @property
    def wrongly_passed(self) -> bool:
        """Whether words pass that are not true to their source."""
        return self.found.grade in _PASSING and Grade(self.case["grade"]) not in _PASSING

    def __str__(self) -> str:
        return f"{self.language} “{self.case['printed']}”: {'; '.join(self.differences)}"


def _judged(language: str) -> list[Judged]:
    corpus = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    items = {name: make_item(name, source["text"], source["outlet"]) for name, source in corpus["sources"].items()}
    return [_judge(language, case, items) for case in corpus["cases"]]


def _judge(language: str, case: dict[str, Any], items: dict[str, Item]) -> Judged:
    own = [items["a"], items["b"]]
    known = items
    if case["grade"] == "unarchived":
        own, known = [make_item("empty", "")], {}
    found = attribute(case["printed"], own, known, None)
    return Judged(language, case, found, tuple(_differences(case, found, items)))


def _differences(case: dict[str, Any], found: Attribution, items: dict[str, Item]) -> list[str]:
    told = [f"{name} {seen!r}, not {wanted!r}" for name, seen, wanted in _compared(case, found, items) if seen != wanted]
    return [line for line in told if line]


def _compared(case: dict[str, Any], found: Attribution, items: dict[str, Item]) -> list[tuple[str, object, object]]:
    grade, finding = Grade(case["grade"]), found.finding
    pairs: list[tuple[str, object, object]] = [("grade", found.grade.value, grade.value)]
    if grade in (Grade.ABSENT, Grade.UNARCHIVED):
        return pairs
    if grade in _PASSING or grade is Grade.ELSEWHERE:
        pairs.append(("folded", sorted(map(str, finding.folded)), sorted(case.get("folded", []))))
    if "differing" in case:
        pairs.append(("differing", [list(pair) for pair in finding.differing], case["differing"]))
    if "places" in case:
        pairs.append(("places", found.places, case["places"]))
    if case.get("nowhere"):
        return [*pairs, ("item", found.item, None)]
    source = case.get("source", "a")
    words = case.get("at", case["printed"] if grade is not Grade.ALTERED else None)
    pairs.append(("item", found.item and found.item.id, source))
    if words is not None:
        start = items[source].text.index(words)
        cut = items[source].text[finding.start or 0 : finding.end or 0]
        pairs.append(("place", (finding.start, cut), (start, words)))
    return pairs


def _confusion(judged: list[Judged]) -> str:
    counts = Counter((case.case["grade"], case.found.grade.value) for case in judged)
    grades = [grade.value for grade in Grade]
    rows = ["labelled \\ found " + " ".join(f"{grade:>10}" for grade in grades)]
    rows += [f"{label:>16} " + " ".join(f"{counts[label, grade] or '.':>10}" for grade in grades) for label in grades]
    return "\n".join(rows)


def test_the_corpus_is_graded_as_labelled_and_nothing_passes_wrongly() -> None:
    judged = [case for language in _LANGUAGES for case in _judged(language)]
    wrong = [case for case in judged if case.differences]
    told = "\n".join([_confusion(judged), *map(str, wrong)])
    assert [str(case) for case in judged if case.wrongly_passed] == [], told
    assert len(wrong) <= (1 - _LEAST) * len(judged), told


def test_the_corpus_is_large_and_speaks_many_languages() -> None:
    sizes = {language: len(_judged(language)) for language in _LANGUAGES}
    assert len(sizes) >= 14
    assert sum(sizes.values()) >= 420


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_grade_stands_in_every_language(language: str) -> None:
    assert {Grade(case.case["grade"]) for case in _judged(language)} == _WANTED
