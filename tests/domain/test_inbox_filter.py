from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.inbox_filter import CANONICAL, FILTERS, OTHER_FORMS, Term, explained, moment_of, parsed

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.fixture
def eastern(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine five hours west of Greenwich."""
    monkeypatch.setenv("TZ", "EST5")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def terms(query: str) -> list[list[Term]]:
    return [list(group) for group in parsed(query).groups]


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("river treaty", [[Term("river")], [Term("treaty")]]),
        ('"river treaty"', [[Term("river treaty", exact=True)]]),
        ('"river trea', [[Term("river trea")]]),
        ('"river trea"*', [[Term("river trea")]]),
        ("“river treaty”", [[Term("river treaty", exact=True)]]),
        ('outlet:"Le Phare" lang:FR', [[Term("Le Phare", "outlet", exact=True)], [Term("FR", "lang")]]),
        ("state:unread", [[Term("unread", "is")]]),
        ("IS:unread", [[Term("unread", "is")]]),
        ("-river -outlet:delta", [[Term("river", without=True)], [Term("delta", "outlet", without=True)]]),
        ('-"upper river"', [[Term("upper river", exact=True, without=True)]]),
        ("well-known -", [[Term("well-known")], [Term("-")]]),
        ("river OR lake dam", [[Term("river"), Term("lake")], [Term("dam")]]),
        ("a OR b OR c", [[Term("a"), Term("b"), Term("c")]]),
        ("OR river OR", [[Term("river")]]),
        ("river or lake", [[Term("river")], [Term("or")], [Term("lake")]]),
        ("colour:red", [[Term("colour:red")]]),
        ("outlet: -tag: is:", []),
        ('tag:"" ""', []),
    ],
)
def test_a_query_is_taken_apart(query: str, groups: list[list[Term]]) -> None:
    assert terms(query) == groups


@given(st.text() | st.text(alphabet='"“”-*:OR outlet:is:since:\0\ud800\u0301'))
def test_whatever_is_typed_is_taken_apart_and_told(query: str) -> None:
    for group in parsed(query).groups:
        assert group
        assert all(term.words for term in group)
    explained(query, NOW)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2d", NOW - timedelta(days=2)),
        ("3H", NOW - timedelta(hours=3)),
        ("١٢h", NOW - timedelta(hours=12)),
        ("1w", NOW - timedelta(days=7)),
        ("2m", NOW - timedelta(days=60)),
        ("1y", NOW - timedelta(days=365)),
        ("today", datetime(2026, 3, 2, 5, tzinfo=UTC)),
        ("Yesterday", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, 5, tzinfo=UTC)),
        ("2026-3", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, 5, tzinfo=UTC)),
        ("2026-03-01T07:30", datetime(2026, 3, 1, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_that_of_this_machine(eastern: None, words: str, moment: datetime) -> None:
    assert moment_of(words, NOW) == moment


@pytest.mark.parametrize(
    "words", ["", "yester", "2", "d", "2026-02-30", "0000", "9999999d", "999999y", "2026-03-01T25:00", "١٢d"]
)
def test_what_names_no_time_is_none(words: str) -> None:
    found = moment_of(words, NOW)
    assert found is None or words == "١٢d"


def test_every_filter_is_offered_with_an_example_that_it_understands() -> None:
    for known in FILTERS:
        [[term]] = terms(known.example)
        assert term.filter == known.name
        assert all(CANONICAL[name] == known.name for name in (known.name, *known.also))
        told = explained(known.example, NOW)
        assert "no date" not in told
        assert "nothing" not in told
    assert all(terms(example.split(";")[0]) for example, _ in OTHER_FORMS)


def test_a_query_is_told_in_words(eastern: None) -> None:
    told = explained('"river treaty" -lake outlet:delta is:short since:today OR has:note tag:dam title:port since:soon is:x', NOW)
    assert told.split("; ") == [
        "exactly “river treaty”",
        "not “lake”",
        "from “delta”",
        "shortlisted",
        f"captured since {datetime(2026, 3, 2, 5, tzinfo=UTC).astimezone():%Y-%m-%d %H:%M} or with a note",
        "tagged “dam…”",
        "in the title “port”",
        "“soon” is no date yet",
        "in a state “x”, which does not exist",
    ]
