from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check

Make = Callable[..., Any]


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == "link-private"]


def sourced(story: Make, address: str) -> Story:
    whole: Story = story(SignalCard(headline="One", sources=(Source(name="Harbour Post", url=address),)))
    return whole


@pytest.mark.parametrize(
    "address",
    [
        "file:///home/ada/report.html",
        "C:\\Users\\Ada\\report.pdf",
        "\\\\desk\\share\\report.pdf",
        "chrome-extension://abc/reader.html",
        "https://ada:secret@harbourpost.example/a",
        "https://ada@harbourpost.example/a",
        "https://harbourpost.example/a?access_token=abcdefghij",
        "https://harbourpost.example/a?id=7&token=abcdefghij",
        "https://store.example/report.pdf?X-Amz-Signature=abcdefghij",
        "https://store.example/report.pdf?sv=1&sig=abcdefghij",
    ],
)
def test_a_link_that_gives_something_away_blocks(story: Make, address: str) -> None:
    (problem,) = found(sourced(story, address))
    assert (problem.severity, problem.excerpt) == (Severity.BLOCKER, address)
    assert not [other for other in check(sourced(story, address), {}).problems if other.rule == "link-broken"]


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000/a",
        "http://LOCALHOST/a",
        "http://wiki.localhost/a",
        "http://127.0.0.1/a",
        "http://127.1/a",
        "http://2130706433/a",
        "http://0x7f000001/a",
        "http://0177.0.0.1/a",
        "http://0/a",
        "http://10.0.0.5/a",
        "http://172.16.9.1/a",
        "http://192.168.1.2/a",
        "http://169.254.169.254/a",
        "http://100.64.0.1/a",
        "http://[::1]/a",
        "http://[fd00::1]/a",
        "http://[fe80::1]/a",
        "http://[::ffff:10.0.0.5]/a",
        "http://intranet/a",
        "https://cms/a",
        "https://desk.local/a",
        "https://desk.internal/a",
        "https://desk.test/a",
        "https://nas.home.arpa/a",
        "https://mail.google.com/mail/u/0/#inbox/abc",
        "https://harbourpost.example/wp-admin/post.php?post=7",
        "https://harbourpost.example/?p=7&preview=true",
        "https://harbourpost.example/?p=7&preview_id=7&preview_nonce=abc",
        "https://harbourpost.example/node/7/edit",
        "https://harbourpost.example/admin/stories/7",
        "https://harbourpost.example/w/index.php?title=Dam&action=edit",
        "https://docs.google.com/document/d/abc/edit?usp=sharing",
        "https://docs.google.com/spreadsheets/u/1/d/abc",
        "https://drive.google.com/drive/folders/abc",
        "https://harbourpost.sharepoint.com/sites/desk/report.docx",
        "https://staging.harbourpost.example/a",
        "https://news-staging.harbourpost.example/a",
        "https://preview.harbourpost.example/a",
        "https://dev2.harbourpost.example/a",
    ],
)
def test_a_link_that_no_reader_can_follow_is_a_warning(story: Make, address: str) -> None:
    assert [problem.severity for problem in found(sourced(story, address))] == [Severity.WARNING]


@pytest.mark.parametrize(
    "address",
    [
        "https://harbourpost.example/a",
        "https://8.8.8.8/a",
        "https://[2606:4700::1111]/a",
        "https://localnews.example/a",
        "https://stage.example/a",
        "https://www.admin.example/a",
        "https://thetest.harbourpost.example/a",
        "https://developer.harbourpost.example/a",
        "https://harbourpost.example/draft/2026/preview/3",
        "https://harbourpost.example/sport/match-preview?draft=first-round",
        "https://harbourpost.example/credit/edition",
        "https://docs.google.com/document/d/e/abc/pub",
        "https://drive.google.com/file/d/abc/view",
        "https://harbourpost.example/a?token=7",
        "https://harbourpost.example/a?session=3",
        "https://harbourpost.example/a?key=dam-talks-2026",
        "https://harbourpost.example/@ada/posts",
        "https://harbourpost.example/wp-content/uploads/report.pdf",
        "mailto:desk@harbourpost.example",
    ],
)
def test_a_public_link_is_fine(story: Make, address: str) -> None:
    assert found(sourced(story, address)) == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://x.example/a;jsessionid=0A1B?id=7", "https://x.example/a?id=7"),
        ("https://x.example/a?PHPSESSID=abcdef123456&id=7", "https://x.example/a?id=7"),
        ("https://x.example/a?id=7&email=ada%40desk.example", "https://x.example/a?id=7"),
        ("https://x.example/a?unlocked_article_code=1.ab.cdef", "https://x.example/a"),
    ],
)
def test_what_names_the_editor_is_taken_off(story: Make, address: str, public: str) -> None:
    whole = sourced(story, address)
    (problem,) = found(whole)
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.signals[0].sources[0].url == public
    assert found(better) == []


def test_private_links_in_texts_are_told_where_they_stand(story: Make) -> None:
    whole = story(news=read_html('<p>A <a href="http://10.0.0.5/a">map</a> of it.</p>').body)
    (problem,) = found(whole)
    assert (str(problem.place), problem.place.at, problem.place.until) == ("news.href", 2, 5)
    assert "“map” in The News" in problem.message
