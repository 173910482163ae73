from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.store.deltas import DeltaError, apply_delta, digest_of, make_delta

texts = st.binary(max_size=300) | st.lists(st.sampled_from([b"river ", b"lock ", b"\xc3\xa9\n"]), max_size=200).map(b"".join)


@given(texts, texts)
def test_a_delta_leads_from_its_base_to_its_text(base: bytes, text: bytes) -> None:
    assert apply_delta(base, make_delta(base, text), digest_of(text)) == text


@given(texts, texts, st.binary(max_size=40))
def test_a_delta_on_another_base_never_gives_a_wrong_text(base: bytes, text: bytes, other: bytes) -> None:
    try:
        assert apply_delta(other, make_delta(base, text), digest_of(text)) == text
    except DeltaError:
        assert other != base


@given(texts, texts, st.data())
def test_a_damaged_delta_never_gives_a_wrong_text(base: bytes, text: bytes, data: st.DataObject) -> None:
    delta = bytearray(make_delta(base, text))
    delta[data.draw(st.integers(0, len(delta) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(DeltaError):
        assert apply_delta(base, bytes(delta), digest_of(text)) == text


def test_a_damaged_delta_cannot_ask_for_all_memory() -> None:
    claims_a_terabyte = bytes.fromhex("28b52ffde0") + (1 << 40).to_bytes(8, "little") + b"\x01\x00\x00"
    with pytest.raises(DeltaError, match="believable"):
        apply_delta(b"", claims_a_terabyte, b"")


def test_a_word_typed_anywhere_into_a_long_text_is_small() -> None:
    text = b"".join(b"%d is the gauge at the upper lock tonight.\n" % (count * 7919) for count in range(7000))
    assert len(text) > 300_000
    for at in (0, len(text) // 2, len(text)):
        typed = text[:at] + b"typed " + text[at:]
        assert len(make_delta(text, typed)) < 150
        assert len(make_delta(typed, text)) < 150
