import json
from datetime import UTC, datetime

import pytest

from workstation.ingest.facts import facts_of
from workstation.ingest.language import language_of
from workstation.ingest.markup import bounded, parse

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://www.harbourpost.example/news/ferry"
LONG = "The first ferry left the old harbour of Vell at dawn on Monday, with forty people and two goats aboard."


def facts(head="", body="", url=URL):
    return facts_of(parse(bounded(f"<html><head>{head}</head><body>{body}<p>{LONG}</p></body></html>")), url, CAPTURED)


def ld(**article):
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **article})}</script>"


def value(finding):
    return finding.value if finding else None


def test_a_headline_that_article_and_heading_share_outvotes_the_one_that_is_made_for_sharing():
    head = ld(headline="Ferry line opens") + '<meta property="og:title" content="You will not believe this boat">'
    assert value(facts(head, "<h1>Ferry line opens</h1>").title) == "Ferry line opens"


def test_a_tail_behind_the_headline_goes_when_another_signal_has_it_without():
    head = '<meta property="og:title" content="Ferry line opens | Sea News"><title>Ferry line opens | Sea News</title>'
    assert value(facts(head, "<h1>Ferry line opens</h1>").title) == "Ferry line opens"


def test_a_heading_that_has_no_word_of_the_title_is_not_the_headline():
    assert value(facts("<title>Ferry line opens after nine years</title>", "<h1>Sea News</h1>").title).startswith("Ferry line")
    assert value(facts("<title>渡轮航线重新开通_港口_海港日报</title>", "<h1>海港日报</h1>").title).startswith("渡轮航线重新开通")


def test_a_front_page_is_called_what_its_outlet_calls_it():
    head = '<title>Harbour Post: news from the coast</title><meta property="og:title" content="Harbour Post">'
    named = head + '<meta property="og:site_name" content="Harbour Post">' + '<meta name="twitter:title" content="Harbour Post">'
    found = facts(named, "<h1>Ferry line opens</h1>", url="https://www.harbourpost.example/")
    assert value(found.title) == "Harbour Post"


def test_copies_of_the_title_for_sharing_do_not_outvote_article_and_heading():
    made = "You will not believe this boat"
    head = f'<title>{made}</title><meta property="og:title" content="{made}"><meta name="twitter:title" content="{made}">'
    found = facts(
        head + f'<meta name="title" content="{made}">' + ld(headline="This boat opens a line"), "<h1>This boat opens a line</h1>"
    )
    assert value(found.title) == "This boat opens a line"


def test_the_section_goes_with_the_outlets_name():
    head = (
        '<title>여객선이 출항했다 - 정치ㅣ하버포스트</title><meta property="og:site_name" content="하버포스트">'
        '<meta property="article:section" content="정치">'
    )
    assert value(facts(head).title) == "여객선이 출항했다"


def test_authors_that_two_signals_name_outvote_a_third_one():
    head = ld(author=[{"@type": "Person", "name": "Mara Lind"}]) + '<meta name="author" content="mlind">'
    found = facts(head, "<h1>x</h1><div class=byline>By Mara Lind</div>").author
    assert (found.value, found.origin) == ("Mara Lind", "json-ld")


def test_all_authors_are_told_where_the_page_prints_only_the_first():
    people = [{"@type": "Person", "name": name} for name in ("Mara Lind", "Jon Berg", "Ilse Tamm")]
    head = ld(author=people) + '<meta name="author" content="Mara Lind">'
    assert value(facts(head, '<a rel="author" href="/m">Mara Lind</a>').author) == "Mara Lind, Jon Berg, Ilse Tamm"


def test_a_byline_that_only_the_page_prints_is_found_and_says_so():
    found = facts(body="<h1>Ferry line opens</h1><p class=meta>Written by Mara Lind on 2 March 2026</p>").author
    assert (found.value, found.origin) == ("Mara Lind", "byline")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Ferry</h1><p>Built by hand over years</p>",
        "<h1>Ferry</h1><aside><div class=author>Jon Berg</div></aside>",
        "<h1>Ferry</h1><div class='related-posts'><span class=author>Jon Berg</span></div>",
        "<h1>Ferry</h1><div class=author-share>Twitter Facebook</div>",
        "<h1>Ferry</h1>" + "".join(f"<div><a rel=author href=/{n}>Person Number{n * 'x'}</a></div>" for n in range(1, 8)),
    ],
)
def test_nobody_is_invented_from_lists_shares_and_sentences(body):
    assert facts(body=body).author is None


def test_an_outlet_that_its_json_ld_names_as_author_is_one_only_when_nobody_else_is():
    house = ld(author={"@type": "Organization", "name": "The Harbour Post"}, publisher={"name": "The Harbour Post"})
    assert value(facts(house).author) == "The Harbour Post"
    assert value(facts(house, "<h1>x</h1><div class=byline>By Mara Lind</div>").author) == "Mara Lind"


def test_the_day_that_most_signals_name_wins_and_keeps_its_time():
    head = (
        '<meta property="article:published_time" content="2026-02-27T08:00:00+01:00"><meta name="date" content="2026-03-01">'
        '<meta name="dc.date" content="2026-02-27">'
    )
    assert value(facts(head, url="https://harbourpost.example/2026/02/27/ferry").published) == "2026-02-27T08:00:00+01:00"


def test_figures_in_an_address_that_are_no_day_are_no_date():
    assert facts(url="https://harbourpost.example/articles/194709-13-ways-to-sail").published is None


def test_a_date_is_read_from_below_the_headline_in_the_pages_own_calendar():
    assert value(facts(body="<article><h1>کشتی</h1><span>۱۱ اسفند ۱۴۰۴</span></article>").published) == "2026-03-02"


def test_a_day_that_is_a_piece_of_the_title_outvotes_one_in_a_caption():
    body = "<h1>Ferry line opens</h1><p>The old ferry on its last day, 24 February 2026</p>"
    assert value(facts("<title>Ferry line opens | The Harbour Post | 28.02.2026</title>", body).published) == "2026-02-28"


def test_near_relations_are_told_apart_by_the_languages_and_the_country_of_the_outlet():
    text = "Pemerintah mengatakan feri baru itu akan berlayar antara pulau-pulau mulai hari Senin. Harganya akan lebih rendah."
    assert language_of(text, "en", written=("id", "en")) == "id"
    assert language_of(text, None, country="MY") == "ms"
    assert language_of(text, "id", country="MY") == "id"
    assert language_of("The first ferry left the old harbour of Vell at dawn on Monday.", None, ("id",), "ID") == "en"


def test_the_outlet_is_told_as_most_signals_do_without_its_companys_form():
    head = ld(publisher={"name": "Harbour Post Verlag GmbH & Co. KG"}) + (
        '<meta property="og:site_name" content="harbourpost.example"><title>Ferry line opens - Harbour Post</title>'
    )
    assert value(facts(head).outlet) == "Harbour Post"


def test_the_lead_picture_is_the_pages_choice_with_a_whole_address_and_no_logo():
    head = '<meta property="og:image" content="/img/logo.png">' + ld(image=[{"url": "//cdn.harbourpost.example/boat.jpg"}])
    found = facts(head).picture
    assert (found.value, found.origin) == ("https://cdn.harbourpost.example/boat.jpg", "json-ld")
    assert value(facts('<meta property="og:image" content="javascript:alert(1)">').picture) is None


def test_a_drawing_in_the_place_of_a_picture_that_loads_later_is_no_picture():
    drawn = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3C/svg%3E"
    body = f'<article><figure><img src="{drawn}" data-src="/pictures/ferry.jpg"></figure></article>'
    assert value(facts(body=body).picture) == "https://www.harbourpost.example/pictures/ferry.jpg"


def test_a_relation_that_news_is_hardly_written_in_counts_as_the_language_itself():
    text = "第一班渡輪星期一黎明離開舊港，船上有四十名乘客，港務局長話夏天之前會有第二艘船。" * 4
    assert language_of(text) == "zh"
    assert language_of("הספינה הראשונה יצאה מן הנמל הישן עם שחר ביום שני ועליה ארבעים נוסעים ושתי עזים." * 3, "iw") == "he"
