from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.domain.web_address import address_hash, agreed, canonical, same_page

PAGE = "https://harbour-gazette.example/world/2026/a-river-rises-again-81234"


@pytest.mark.parametrize(
    "disguise",
    [
        "http://www.harbour-gazette.example/world/2026/a-river-rises-again-81234/",
        "HTTPS://WWW.Harbour-Gazette.example:443/world/2026/a-river-rises-again-81234?utm_source=feed&fbclid=Ab3#comments",
        "https://m.harbour-gazette.example/world/2026/a-river-rises-again-81234?ref=rss",
        "https://amp.harbour-gazette.example/world/2026/a-river-rises-again-81234",
        "https://harbour-gazette.example/world/2026/a-river-rises-again-81234/amp/",
        "https://harbour-gazette.example/amp/world/2026/a-river-rises-again-81234?amp=1&gclid=x",
        "https://harbour-gazette.example/world/2026/%61-river-rises%2dagain-81234?outputType=amp",
        "https://harbour--gazette-example.cdn.ampproject.org/v/s/harbour-gazette.example/world/2026/a-river-rises-again-81234?usqp=m",
        "https://www.google.com/amp/s/www.harbour-gazette.example/world/2026/a-river-rises-again-81234",
    ],
)
def test_all_disguises_of_an_address_are_one(disguise: str) -> None:
    assert canonical(disguise) == PAGE
    assert address_hash(disguise) == address_hash(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/story?id=7&utm_source=x", "https://a.example/story?id=8&utm_source=x"),
        ("https://a.example/read?cid=71", "https://a.example/read?cid=72"),
        ("https://a.example/doc?ref=A-2041", "https://a.example/doc?ref=A-2042"),
        ("https://a.example/show?source=9", "https://a.example/show?source=10"),
        ("https://a.example/guitar/amp", "https://a.example/guitar"),
        ("https://a.example/#!/article/5", "https://a.example/#!/article/6"),
        ("https://a.example/#/article/5", "https://a.example/#/article/6"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/Story", "https://a.example/story"),
        ("https://m.co.uk/", "https://co.uk/"),
        ("https://sport.a.example/5", "https://a.example/5"),
        ("https://a.example:8080/5", "https://a.example/5"),
    ],
)
def test_two_articles_are_never_taken_for_one(one: str, other: str) -> None:
    assert not same_page(one, other)


@pytest.mark.parametrize(
    "text", [None, "", "lines of a poem", "file:///home/notes.html", "https://", "https://[::1", "mailto:a@b.example"]
)
def test_what_is_no_web_address_has_no_name_and_is_the_same_page_as_nothing(text: str | None) -> None:
    assert canonical(text) is None
    assert address_hash(text) is None
    assert not same_page(text, text)


parts = st.text(st.sampled_from(string.ascii_letters + string.digits + "-_.~%/&=+?#:@!é水 "), max_size=40)
hosts = st.sampled_from(
    ["a.example", "www.m.a.example", "amp.dev", "m.co.uk", "x.cdn.ampproject.org", "www.google.com", "é.example"]
)


@given(hosts, parts, parts)
@example("a.example", "amp/amp/a-b-c/amp/", "amp=1&a=%2f&&b")
@example("www.google.com", "amp/s/www.google.com/amp/s/a.example/x", "")
def test_the_name_of_a_name_is_itself(host: str, path: str, query: str) -> None:
    name = canonical(f"http://{host}/{path}?{query}")
    assert canonical(name) == name


names = st.sampled_from(["id", "p", "article", "story", "cid", "doc", "page", "nid", "tid", "v", "ref", "source"])
numbers = st.integers(0, 10**9)


@given(names, numbers, numbers, st.sampled_from(["", "&utm_source=x", "&fbclid=1", "&ref=rss"]))
def test_addresses_that_differ_in_a_number_are_never_joined(name: str, one: int, other: int, more: str) -> None:
    addresses = [f"https://a.example/read?{name}={number}{more}" for number in (one, other)]
    assert same_page(*addresses) == (one == other)
    paths = [f"https://a.example/news/{number}/amp{more.replace('&', '?')}" for number in (one, other)]
    assert same_page(*paths) == (one == other)


def test_a_page_is_believed_about_its_own_address_only_where_both_name_the_same_article() -> None:
    long = "https://a.example/p/81234567?from=abc&session=9"
    assert agreed(long, "https://www.a.example/world/river-81234567") == "https://www.a.example/world/river-81234567"
    assert agreed(PAGE + "?session=9", PAGE) == PAGE
    for nonsense in (
        None,
        "",
        "https://a.example/",
        "https://a.example/world",
        "https://b.example/p/81234567",
        "https://a.example/p/99999999",
    ):
        assert agreed(long, nonsense) == long


@given(
    st.from_regex(r"https?://(www\.|m\.|amp\.)?[a-z0-9-]{1,8}(\.[a-z0-9-]{1,4}){1,3}(/[A-Za-z0-9._~/-]{0,16})?", fullmatch=True)
)
def test_a_simple_address_is_named_at_once_as_the_long_way_names_it(address: str) -> None:
    assert canonical(address) == canonical(f"{address}#top")
