from __future__ import annotations

import random

import numpy as np
import pytest

from workstation.domain.likeness import Likeness, PrintIndex, likeness, print_of, same_story, shingles_of, shingles_of_all

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
    assert likeness(shingles_of(""), shingles_of("")) == Likeness(0.0, 0.0, 0.0)
    index = PrintIndex()
    index.add([1, 2], np.array([print_of(shingles_of("")), print_of(shingles_of(written(80, WORDS, " ")))]))
    assert len(index) == 1
    assert index.alike(np.array([print_of(shingles_of(""))])) == [[]]


def test_reports_made_from_one_form_are_no_copies_though_they_share_most_of_their_words() -> None:
    """Weather, markets, results: every sentence has other names and figures, but the words between them are the same."""
    frame = [[chance.choice(WORDS) for _ in range(chance.randint(4, 9))] for _ in range(40)]

    def report() -> str:
        return " ".join(f"{' '.join(part)} {chance.randint(100, 9999)}" for part in frame)

    one, other = report(), report()
    assert likeness(shingles_of(one), shingles_of(other)).shared > 0.4
    assert not is_story(one, other)


def test_a_story_that_very_many_print_is_found_though_its_keys_are_crowded() -> None:
    story = written(260, WORDS, " ")
    others = [written(140, WORDS, " ") for _ in range(40)]
    prints = np.array([print_of(shingles_of(text)) for text in [*others, *[story] * 80]])
    index = PrintIndex()
    index.add(range(120), prints)
    found = index.alike(prints[119:])[0]
    assert set(found) <= set(range(40, 120)) and len(found) >= 40


def test_many_texts_are_cut_as_each_alone_would_be() -> None:
    texts = [written(90, WORDS, " "), "", written(200, CHARACTERS, ""), "a " * 9, f"{written(60, WORDS, ' ')} \U0001f600 \ud800"]
    for together, text in zip(shingles_of_all(texts), texts, strict=True):
        alone = shingles_of(text)
        assert (together.short == alone.short).all() and (together.passages == alone.passages).all()
        assert len(together.short) == len(alone.short)
