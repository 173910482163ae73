from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.common_ends import common_head, common_tail

texts = st.text("ab\n🎈é", max_size=40)


@given(texts, texts, texts, texts)
def test_the_common_head_and_tail_are_the_longest(head: str, one: str, other: str, tail: str) -> None:
    first, second = head + one + tail, head + other + tail
    length = common_head(first, second)
    assert first[:length] == second[:length]
    assert length == min(len(first), len(second)) or first[length] != second[length]
    most = min(len(first), len(second)) - length
    end = common_tail(first, second, most)
    assert end <= most
    assert first[len(first) - end :] == second[len(second) - end :]
