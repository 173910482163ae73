"""The sample desk that ships: whole, in many tongues, with every quotation true, and nowhere near a real outlet."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from workstation import resources
from workstation.domain.body import Body
from workstation.domain.item import Capture, ItemState
from workstation.domain.outlet import OutletKind
from workstation.domain.publication import Publication
from workstation.domain.quote import HighlightKind
from workstation.domain.story import Source, SourceKind, Story
from workstation.domain.story_document import read_json, write_json
from workstation.ingest.reading import read
from workstation.render.house.publication_file import read_publication

SAMPLE = resources.path("sample")
PUBLICATION = resources.path("publications/meridian")
DESK = json.loads((SAMPLE / "desk.json").read_text(encoding="utf-8"))
FILES = [entry["file"] for entry in DESK["sources"]]
EARLIEST, LATEST = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A source of the desk: what the desk says of it, and what the reader makes of it."""

    desk: dict[str, str]
    capture: Capture


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {entry["file"]: Entry(entry, _read(entry)) for entry in DESK["sources"]}


@pytest.fixture(scope="module")
def story() -> Story:
    return read_json((SAMPLE / DESK["story"]).read_bytes()).story


@pytest.fixture(scope="module")
def publication() -> Publication:
    return read_publication((PUBLICATION / "publication.toml").read_bytes(), _beside(PUBLICATION))


def _read(entry: dict[str, str]) -> Capture:
    path = SAMPLE / "sources" / entry["file"]
    return read(path.read_bytes(), captured=datetime.fromisoformat(entry["captured"]), name=path.name)


def _beside(folder: Path):
    return lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None


# --- the sources ---------------------------------------------------------------------------------------------------


def test_the_desk_names_every_source_file_and_no_other():
    assert sorted(FILES) == sorted(path.name for path in (SAMPLE / "sources").iterdir())


def test_there_are_sources_from_many_countries_and_tongues(entries):
    items = [entry.capture.item for entry in entries.values()]
    languages = {item.language for item in items}
    assert len(items) >= 12
    assert len({item.id for item in items}) == len(items)
    assert len({item.country for item in items}) >= 10
    assert len(languages) >= 5
    assert "ar" in languages
    assert languages & {"zh", "ja"}


def test_the_right_to_left_page_says_so_itself():
    assert '<html lang="ar-OM" dir="rtl">' in (SAMPLE / "sources" / "al-sariya.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_a_source_is_read_with_all_that_the_inbox_shows(entries, file):
    desk, item = entries[file].desk, entries[file].capture.item
    assert item.outlet == desk["outlet"]
    assert item.country == desk["country"]
    assert item.language in desk["languages"]
    assert item.author
    assert item.published
    assert urlsplit(item.url).hostname in desk["domains"]
    published = datetime.fromisoformat(item.published)
    assert EARLIEST <= published < LATEST
    assert published < datetime.fromisoformat(desk["captured"]) < LATEST


@pytest.mark.parametrize("file", FILES)
def test_a_source_is_an_article_of_readable_length(entries, file):
    assert 180 <= entries[file].capture.item.words <= 700


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".html")])
def test_a_page_is_read_whole_and_without_its_furniture(entries, file):
    """The article stands in one element of each page; what the reader keeps is that, and nothing around it."""
    page = _Furniture((SAMPLE / "sources" / file).read_text(encoding="utf-8"))
    item = entries[file].capture.item
    lines = item.text.split("\n")
    assert [paragraph for paragraph in page.article if paragraph not in lines] == []
    assert [line for line in lines if line not in page.article and line not in page.opening] == []


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".html")])
def test_the_icon_in_a_page_is_the_one_beside_the_story(entries, file):
    picture = Image.open(SAMPLE / entries[file].desk["icon"]).convert("RGBA")
    icon = entries[file].capture.icon
    assert icon is not None
    assert (icon.width, icon.height) == picture.size == (64, 64)
    address = "data:image/png;base64," + _base64(SAMPLE / entries[file].desk["icon"])
    assert address in (SAMPLE / "sources" / file).read_text(encoding="utf-8")


def test_every_source_has_an_icon_of_its_own(entries):
    icons = [(SAMPLE / entry.desk["icon"]).read_bytes() for entry in entries.values()]
    assert len(set(icons)) == len(entries)


def test_the_desk_uses_only_known_states_and_kinds():
    assert {ItemState(entry["state"]) for entry in DESK["sources"]} >= {ItemState.UNREAD, ItemState.SHORTLISTED, ItemState.USED}
    assert {OutletKind(entry["kind"]) for entry in DESK["sources"]} == set(OutletKind)


# --- highlights and quotes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [*DESK["highlights"], *DESK["quotes"]], ids=lambda mark: mark["exact"][:30])
def test_marked_words_stand_exactly_once_in_their_source(entries, mark):
    assert entries[mark["source"]].capture.item.text.count(mark["exact"]) == 1


def test_highlights_show_every_kind_on_three_sources_or_more():
    assert {HighlightKind(mark["kind"]) for mark in DESK["highlights"]} == set(HighlightKind)
    assert len({mark["source"] for mark in DESK["highlights"]}) >= 3


def test_a_quote_in_a_foreign_tongue_has_its_translation_beside_it(entries):
    foreign = [quote for quote in DESK["quotes"] if entries[quote["source"]].capture.item.language != "en"]
    assert foreign
    assert all(quote["translation"] for quote in foreign)


# --- the story -----------------------------------------------------------------------------------------------------


def test_the_story_is_read_with_nothing_left_out_and_written_again_as_it_was():
    text = (SAMPLE / "story.json").read_text(encoding="utf-8")
    reading = read_json(text)
    assert reading.left_out == ()
    assert write_json(reading.story) == text


def test_the_story_has_all_that_the_form_has(story):
    counts = sorted(len(card.sources) for card in story.signals)
    bodies = [card.body for card in story.signals]
    assert len(story.signals) >= 4
    assert 2 in counts
    assert 3 in counts
    assert story.news.words >= 40
    assert story.lead_image is not None
    assert story.lead_image.alt
    assert story.lead_image.caption
    assert story.lead_image.credit
    assert any(block.quoted for body in bodies for block in body.blocks)
    assert any(block.kind == "bullet" for body in bodies for block in body.blocks)
    assert any(source.kind is SourceKind.PERSON for card in story.signals for source in card.sources)


def test_every_card_has_the_length_of_the_form_and_links_to_each_of_its_sources(story):
    for card in story.signals:
        assert card.headline
        assert 50 <= card.body.words <= 110, card.headline
        assert {source.url for source in card.sources} <= set(card.body.links), card.headline


def test_every_source_of_a_card_bears_the_name_and_address_of_its_page(story, entries):
    for source in _sources(story):
        entry = entries[source.item]
        assert source.outlet == entry.capture.item.outlet
        assert source.url == entry.capture.item.url
        assert source.icon == entry.desk["icon"]
        assert entry.desk["state"] == ItemState.USED


def test_every_source_that_is_called_used_is_on_a_card(story, entries):
    used = {file for file, entry in entries.items() if entry.desk["state"] == ItemState.USED}
    assert used == {source.item for source in _sources(story)}


def test_every_quotation_on_a_card_stands_word_for_word_in_one_of_its_sources(story, entries):
    found = 0
    for card in story.signals:
        texts = [_typographic(entries[source.item].capture.item.text) for source in card.sources]
        for quotation in _quotations(card.body):
            assert any(_typographic(quotation) in text for text in texts), quotation
            found += 1
    assert found >= 8


def test_every_quotation_on_a_card_is_tied_to_a_quote_of_the_desk_with_the_same_words(story):
    quotes = {quote["id"]: quote for quote in DESK["quotes"]}
    tied = set()
    for card in story.signals:
        ids = [run.marks.quote for block in card.body.blocks for run in block.runs if run.marks.quote]
        assert [quotes[identity]["exact"] for identity in ids] == _quotations(card.body)
        assert all(quotes[identity]["source"] in {source.item for source in card.sources} for identity in ids)
        tied.update(ids)
    assert tied == set(quotes)


def test_every_picture_that_the_story_names_is_there(story):
    for name in story.files:
        with Image.open(SAMPLE / name) as picture:
            picture.verify()


def test_the_lead_image_is_large_to_look_at_and_small_to_load(story):
    path = SAMPLE / story.lead_image.file
    assert Image.open(path).size == (1600, 900)
    assert path.stat().st_size < 250_000


def test_no_address_of_the_sample_desk_leads_to_a_real_place():
    known = {"schema.org"}
    for path in SAMPLE.rglob("*"):
        if path.suffix in {".html", ".md", ".txt", ".json"}:
            hosts = {
                urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s\"'<>)]+", path.read_text("utf-8"))
            }
            assert [host for host in hosts - known if not host.endswith(".example")] == [], path.name


def _sources(story: Story) -> list[Source]:
    return [source for card in story.signals for source in card.sources]


def _quotations(body: Body) -> list[str]:
    """What stands between double quotation marks, of any tongue, in the text of a body."""
    return re.findall(r"[“„«「]([^“”„«»「」]+)[”»」]", body.text)


_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


def _typographic(text: str) -> str:
    """``text`` with its marks and spaces made plain; not a word is changed."""
    return re.sub(r"\s+", " ", text.translate(_TYPOGRAPHY))


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


class _Furniture(HTMLParser):
    """Tells a sample page's article (the paragraphs and headings of its body) from its opening and its furniture."""

    _BODY = frozenset({"article-body", "entry-content", "article-text", "story-body"})
    _OPENING = frozenset({"h1", "standfirst", "dek"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.article: list[str] = []
        self.opening: list[str] = []
        self._path: list[tuple[str, frozenset[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "br", "img"):
            self._path.append((tag, frozenset((dict(attrs).get("class") or "").split())))

    def handle_endtag(self, tag):
        if self._path and self._path[-1][0] == tag:
            self._path.pop()

    def handle_data(self, data):
        if not self._path or not data.strip():
            return
        tag, classes = self._path[-1]
        if tag in ("p", "h2") and len(self._path) > 1 and self._path[-2][1] & self._BODY:
            self.article.append(data.strip())
        elif (classes | {tag}) & self._OPENING:
            self.opening.append(data.strip())


# --- the publication -----------------------------------------------------------------------------------------------


def test_the_shipped_publication_has_all_that_a_page_shows(publication):
    assert publication.name == "Meridian"
    assert publication.rubric
    assert publication.tagline
    assert len(publication.editions) == 6
    assert all((edition.url or "").startswith("https://meridian.example/") for edition in publication.editions)
    assert publication.share == ("Post", "Email", "WhatsApp")
    assert publication.advertisements is False
    assert set(publication.files) == {publication.logo, publication.icon}


@pytest.mark.parametrize("night", ["", "_dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent"])
def test_the_publication_is_legible_by_day_and_by_night(publication, ink, ground, night):
    assert _contrast(publication.colours[ink + night], publication.colours[ground + night]) >= 4.5


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours by the formula of WCAG 2, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
