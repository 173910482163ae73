from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.word_diff import Change, diff_words

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.lists(
    st.sampled_from(["river ", "river", "the ", "lock\n", "锁", "川", ". ", "\n", "it’s ", "\u2028"]), max_size=30
).map("".join)


def told(pieces) -> str:
    """Pieces as one line: ``-removed-`` and ``+added+``."""
    signs = {Change.KEPT: "", Change.REMOVED: "-", Change.ADDED: "+"}
    return "".join(f"{signs[piece.change]}{piece.text}{signs[piece.change]}" for piece in pieces)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts_to_the_letter(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert all(piece.text for piece in pieces)


def test_a_changed_word_is_told_alone() -> None:
    assert told(diff_words("The lock opens on Thursday.", "The lock opens on Friday.")) == "The lock opens on -Thursday-+Friday+."


def test_a_dropped_not_is_seen() -> None:
    assert told(diff_words("They will not sign the treaty.", "They will sign the treaty.")) == "They will -not -sign the treaty."


def test_words_written_on_at_the_end_leave_the_last_one_as_it_was() -> None:
    assert told(diff_words("They met.\nThey signed", "They met.\nThey signed a treaty")) == "They met.\nThey signed+ a treaty+"


def test_chinese_is_compared_by_character() -> None:
    assert told(diff_words("船闸周四开放", "船闸周五开放")) == "船闸周-四-+五+开放"


def test_a_rewritten_sentence_is_no_confetti() -> None:
    pieces = diff_words(
        "Alpha barges moved to a harbour before sunrise today.",
        "Seventeen ministers flew to a summit against their advice today.",
    )
    assert [piece.change for piece in pieces] == [Change.REMOVED, Change.ADDED, Change.KEPT]


def test_a_new_paragraph_leaves_the_others_as_they_are() -> None:
    assert told(diff_words("One.\nThree.\n", "One.\nTwo.\nThree.\n")) == "One.\n+Two.\n+Three.\n"


def test_a_sentence_written_on_before_the_end_of_a_paragraph_leaves_the_paragraph_where_it_ends() -> None:
    assert told(diff_words("They met.\nNext", "They met. They signed.\nNext")) == "They met.+ They signed.+\nNext"
