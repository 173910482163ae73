from __future__ import annotations

import random

import numpy as np
import pytest

from workstation.domain.likeness import Likeness, PrintIndex, likeness, print_of, same_story, shingles_of

chance = random.Random(3)
WORDS = [
    f"{a}{b}{c}"
    for a in ("ka", "lo", "ri", "mu", "te")
    for b in ("van", "sol", "dir", "pem")
    for c in ("a", "et", "ing", "u", "os")
]
CHARACTERS = [chr(number) for number in range(0x4E00, 0x4E00 + 900)]


def written(words: int, known: list[str], between: str) -> str:
    return between.join(chance.choices(known, k=words))


def is_story(one: str, other: str, *, one_outlet: bool = False, days: tuple[str | None, str | None] = (None, None)) -> bool:
    return same_story(likeness(shingles_of(one), shingles_of(other)), one_outlet=one_outlet, published=days)


@pytest.mark.parametrize(("known", "between"), [(WORDS, " "), (CHARACTERS, "")])
def test_a_touched_and_cut_copy_is_found_among_others_and_is_the_same_story(known: list[str], between: str) -> None:
    texts = [written(320, known, between) for _ in range(200)]
    story = texts[77]
    copy = story[: int(len(story) * 0.8)].replace(known[0], known[1]) + between + written(20, known, between)
    prints = np.array([print_of(shingles_of(text)) for text in [*texts, copy]])
    index = PrintIndex()
    index.add(range(0, 100), prints[:100])
    index.add(range(100, 201), prints[100:])
    assert 77 in index.alike(prints[200:])[0]
    assert is_story(story, copy)
    assert not any(is_story(text, copy) for number, text in enumerate(texts) if number != 77)


def test_case_marks_and_spaces_do_not_make_another_text() -> None:
    text = written(80, WORDS, " ")
    dressed = "“" + text.upper().replace(" ", ",  ") + "”\n"
    assert (print_of(shingles_of(text)) == print_of(shingles_of(dressed))).all()


def test_short_texts_are_copies_only_where_they_are_identical_and_a_notice_never() -> None:
    short = written(40, WORDS, " ")
    assert is_story(short, f"{short}!")
    assert not is_story(short, f"{short} {WORDS[0]}")
    notice = "Log in to go on reading this article"
    assert not is_story(notice, notice)


def test_one_outlet_and_distant_days_ask_for_nearly_the_same_text() -> None:
    story = written(300, WORDS, " ")
    half = f"{story[: len(story) // 2]} {written(150, WORDS, ' ')}"
    assert is_story(story, half)
    assert not is_story(story, half, one_outlet=True)
    assert not is_story(story, half, days=("2026-03-01", "2026-03-09T10:00:00Z"))
    assert is_story(story, half, days=("2026-03-01", "yesterday"))
    assert is_story(story, story, one_outlet=True, days=("2026-03-01", "2026-03-09"))


def test_nothing_is_like_nothing() -> None:
    assert likeness(shingles_of(""), shingles_of("")) == Likeness(0.0, 0.0)
    index = PrintIndex()
    index.add([1, 2], np.array([print_of(shingles_of("")), print_of(shingles_of(written(80, WORDS, " ")))]))
    assert len(index) == 1
    assert index.alike(np.array([print_of(shingles_of(""))])) == [[]]
