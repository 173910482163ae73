from datetime import UTC, datetime

from workstation.ingest.exact_text import in_own_words
from workstation.ingest.markup import bounded, parse
from workstation.ingest.reading import read

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ONE = "The first ferry left the old harbour of Vell at dawn on Monday, with forty people and two goats aboard."
TWO = "The harbour master says that the council will pay for a second boat, if the winter is a mild one for the island."
THREE = "Until now the islanders crossed by fishing boat, which took three hours, or did not cross at all."
FOUR = "Four of them have sold their boats already, and a fifth one has become a café at the end of the pier."
STANDFIRST = "Eleven years after the plan was drawn, the islands have a boat of their own."


def tree(body):
    return parse(bounded(f"<html><head><title>x</title></head><body>{body}</body></html>"))


def paragraphs(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def test_words_of_a_link_that_an_extractor_lost_are_back_in_their_sentence():
    linked = TWO.replace("the council will pay", '<a href="/c">the council will pay</a>')
    lost = TWO.replace("the council will pay ", "")
    assert (
        in_own_words(tree(f"<article>{paragraphs(ONE, linked, THREE)}</article>"), f"{ONE}\n{lost}\n{THREE}")
        == f"{ONE}\n{TWO}\n{THREE}"
    )


def test_no_space_comes_into_a_word_that_is_partly_bold():
    page = tree(f"<article>{paragraphs('The tre<b>k</b> of 선박<em>이다</em>.', ONE)}</article>")
    assert in_own_words(page, f"The tre k of 선박 이다.\n{ONE}") == f"The trek of 선박이다.\n{ONE}"


def test_a_paragraph_that_was_skipped_between_two_others_is_told():
    page = tree(f"<article>{paragraphs(ONE, TWO, THREE, FOUR)}</article>")
    assert in_own_words(page, f"{ONE}\n{TWO}\n{FOUR}") == f"{ONE}\n{TWO}\n{THREE}\n{FOUR}"


def test_captions_and_lines_that_only_lead_elsewhere_are_left_out():
    body = (
        f"<article>{paragraphs(ONE)}<figure><figcaption>The boat at the pier. Photo: Jon Berg</figcaption></figure>"
        f"{paragraphs(TWO)}"
        f'<p><a href="/b">Read more: the boats of the north</a></p>{paragraphs(THREE)}'
        f'<div class="newsletter-box"><p>Get the news from the harbour each morning.</p></div>{paragraphs(FOUR)}</article>'
    )
    extracted = "\n".join(
        [
            ONE, "The boat at the pier. Photo: Jon Berg", TWO, "Read more: the boats of the north", THREE,
            "Get the news from the harbour each morning.", FOUR,
        ]
    )  # fmt: skip
    assert in_own_words(tree(body), extracted) == f"{ONE}\n{TWO}\n{THREE}\n{FOUR}"


def test_a_page_that_calls_its_whole_article_shared_keeps_it():
    body = f'<div class="share-content">{paragraphs(ONE, TWO, THREE)}</div>'
    assert in_own_words(tree(body), f"{ONE}\n{TWO}\n{THREE}") == f"{ONE}\n{TWO}\n{THREE}"


def test_dashes_at_the_beginning_of_a_paragraph_stay_as_they_are():
    spoken = "– We waited eleven years for this boat, said the harbour master of Vell on Monday."
    assert in_own_words(tree(f"<article>{paragraphs(spoken, ONE)}</article>"), f"{spoken}\n{ONE}") == f"{spoken}\n{ONE}"


def test_the_standfirst_that_a_page_prints_begins_its_text_and_its_byline_and_date_do_not():
    head = (
        f'<title>Ferry line opens</title><meta name="description" content="{STANDFIRST}"><meta name="author" content="Mara Lind">'
    )
    body = f"<h1>Ferry line opens</h1><p class=intro>{STANDFIRST}</p><p>By Mara Lind</p><p>2 March 2026</p>"
    data = f"<html><head>{head}</head><body><article>{body}{paragraphs(ONE, TWO, THREE, FOUR)}</article></body></html>"
    item = read(data.encode(), captured=CAPTURED, name="a.html").item
    assert item.text == "\n".join([STANDFIRST, ONE, TWO, THREE, FOUR])
    assert (item.author, item.published) == ("Mara Lind", "2026-03-02")


def test_the_lines_that_an_extractor_draws_through_a_table_are_no_words():
    table = "<table><tr><th>Boat</th><th>Seats</th></tr><tr><td>Marta</td><td>forty</td></tr></table>"
    drawn = f"{ONE}\n| Boat | Seats |\n|---|---|\n| Marta | forty |\n{TWO}"
    told = in_own_words(tree(f"<article><p>{ONE}</p>{table}<p>{TWO}</p></article>"), drawn)
    assert told == f"{ONE}\nBoat | Seats\nMarta | forty\n{TWO}"
    assert in_own_words(tree(table), "| Boat | Seats |\n|---|---|\n| | |") == "Boat | Seats"


def test_an_article_in_the_cell_of_a_table_keeps_its_paragraphs():
    lines = [ONE, TWO, THREE, FOUR]
    body = f"<table><tr><td><img src=x></td><td>{'<br><br>'.join(lines)}</td></tr></table>"
    assert in_own_words(tree(body), f"| | {' '.join(lines)} |") == "\n".join(lines)
