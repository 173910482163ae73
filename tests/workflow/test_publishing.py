from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.body import Marks, body_from_text, read_html
from workstation.domain.grade import Grade
from workstation.domain.story import Story
from workstation.errors import BlockedError, ExportError, InputError, NotFoundError, StoreError
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.reviewing import Reviewed

from .conftest import MakeDesk, png


@pytest.fixture
def sample(desk: Desk) -> int:
    """The number of the sample story: a whole one, with pictures, sources and quotes."""
    return desk.sampling.load()[1]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def spoil(desk: Desk, number: int) -> None:
    """Change a word inside the first quotation of the story."""
    story = desk.writing.story(number)
    card = story.signals[0]
    block = card.body.blocks[0]
    runs = tuple(replace(run, text=f"never {run.text}") if run.marks.quote else run for run in block.runs)
    body = replace(card.body, blocks=(replace(block, runs=runs), *card.body.blocks[1:]))
    desk.writing.edit(number, story.with_changed_card(replace(card, body=body)), label="Spoil", spot=Spot("body", card.key))


# --- pages and exports ---------------------------------------------------------------------------------------------


def test_the_page_the_preview_and_the_export_are_the_same_bytes(desk: Desk, sample: int, tmp_path: Path) -> None:
    page = desk.publishing.page(sample)
    exported = desk.publishing.export(sample, "page", tmp_path / "out")
    preview = desk.publishing.write_preview(sample, tmp_path / "elsewhere" / "look.html")
    looked_at = desk.publishing.write_page(sample, tmp_path / "browser")
    assert exported.main.name == f"{desk.writing.story(sample).slug}.html"
    assert exported.main.read_bytes() == page.files[page.main] == preview.read_bytes() == looked_at.read_bytes()
    assert exported.entry.sha256 == sha256(exported.main.read_bytes()).hexdigest()
    assert tree(tmp_path / "out") == {**page.files, "manifest.json": (tmp_path / "out" / "manifest.json").read_bytes()}
    assert sorted(exported.files) == sorted(tmp_path / "out" / name for name in (*page.files, "manifest.json"))
    assert exported.missing == ()


@pytest.mark.parametrize("profile", ["page", "fragment"])
def test_two_exports_are_the_same_bytes_also_from_the_next_start(
    desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk, profile: str
) -> None:
    desk.publishing.export(sample, profile, tmp_path / "one")
    desk.store.close()
    make_desk().publishing.export(sample, profile, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_words_that_are_not_saved_yet_are_on_the_page_and_are_saved_by_the_export(
    desk: Desk, sample: int, tmp_path: Path
) -> None:
    story = replace(desk.writing.story(sample), headline="Typed a moment ago")
    desk.writing.edit(sample, story, label="Headline", spot=Spot("headline"))
    assert "Typed a moment ago" in desk.publishing.page(sample).text
    exported = desk.publishing.export(sample, "page", tmp_path)
    assert "Typed a moment ago" in exported.main.read_text(encoding="utf-8")
    assert not desk.writing.has_unsaved


def test_an_export_is_entered_in_the_ledger_and_on_the_list(desk: Desk, sample: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    exported = desk.publishing.export(sample, "fragment", out)
    (entry,) = desk.publishing.ledger(sample)
    assert (entry.slug, entry.profile, entry.folder) == (desk.writing.story(sample).slug, "fragment", str(out))
    assert entry.publication == desk.publishing.publication().name
    assert entry.sha256 == exported.entry.sha256
    assert entry.files == {name: sha256(data).hexdigest() for name, data in tree(out).items()}
    (listed,) = desk.writing.entries()
    assert listed.status == "exported"
    assert listed.exported == entry.exported


def test_a_blocked_story_writes_nothing_in_any_form(desk: Desk, sample: int, tmp_path: Path) -> None:
    spoil(desk, sample)
    for profile in desk.publishing.profiles():
        with pytest.raises(BlockedError):
            desk.publishing.export(sample, profile.name, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert desk.publishing.ledger(sample) == []
    assert desk.publishing.page(sample).text


def test_a_blocked_story_leaves_the_last_export_as_it_was(desk: Desk, sample: int, tmp_path: Path) -> None:
    desk.publishing.export(sample, "page", tmp_path / "out")
    before = tree(tmp_path / "out")
    spoil(desk, sample)
    with pytest.raises(BlockedError):
        desk.publishing.export(sample, "page", tmp_path / "out")
    assert tree(tmp_path / "out") == before


def test_a_waiver_with_a_reason_lets_a_blocked_story_out(desk: Desk, sample: int, tmp_path: Path) -> None:
    spoil(desk, sample)
    with pytest.raises(InputError, match="reason"):
        desk.publishing.export(sample, "page", tmp_path / "out", waive="")
    assert not (tmp_path / "out").exists()
    desk.publishing.export(sample, "page", tmp_path / "out", waive="The speaker confirmed it")
    assert [waiver.reason for _, waiver in desk.reviewing.review(sample).waived] == ["The speaker confirmed it"]


def typed_meanwhile(desk: Desk, number: int, monkeypatch: pytest.MonkeyPatch, headline: str) -> None:
    """The editor types while the export checks the story."""
    review = desk.reviewing.review

    def slow(number: int, story: Story | None = None) -> Reviewed:
        reviewed = review(number, story)
        newer = replace(desk.writing.story(number), headline=headline)
        desk.writing.edit(number, newer, label="Headline", spot=Spot("headline"))
        spoil(desk, number)
        return reviewed

    monkeypatch.setattr(type(desk.reviewing), "review", lambda _self, number, story=None: slow(number, story))


def test_what_is_exported_is_what_was_checked_whatever_is_typed_meanwhile(
    desk: Desk, sample: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = desk.writing.story(sample)
    page = desk.publishing.page(sample)
    with monkeypatch.context() as typing:
        typed_meanwhile(desk, sample, typing, "Typed meanwhile")
        desk.publishing.export(sample, "page", tmp_path / "out")
    assert {**tree(tmp_path / "out"), **page.files} == tree(tmp_path / "out")
    (entry,) = desk.publishing.ledger(sample)
    assert (entry.slug, desk.writing.story(sample).slug) == (checked.slug, checked.slug)
    assert desk.writing.story(sample).headline == "Typed meanwhile"
    assert desk.reviewing.review(sample).blockers
    desk.writing.save_all()
    assert desk.store.stories.get(sample) == desk.writing.story(sample)


def test_a_blocker_typed_meanwhile_is_not_waived_with_the_others(
    desk: Desk, sample: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as typing:
        typed_meanwhile(desk, sample, typing, "Typed meanwhile")
        desk.publishing.export(sample, "page", tmp_path / "out", waive="All is well")
    assert desk.store.stories.waivers(sample) == []


def test_an_export_that_cannot_be_written_waives_nothing(desk: Desk, sample: int, tmp_path: Path) -> None:
    spoil(desk, sample)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError):
        desk.publishing.export(sample, "page", tmp_path / "file", waive="The speaker confirmed it")
    assert desk.store.stories.waivers(sample) == []
    assert desk.reviewing.review(sample).blockers


def test_a_spiked_story_that_is_exported_stays_spiked_and_comes_back_as_exported(desk: Desk, sample: int, tmp_path: Path) -> None:
    desk.writing.spike(sample)
    desk.publishing.export(sample, "page", tmp_path / "out")
    assert [entry.status for entry in desk.writing.entries(include_spiked=True)] == ["killed"]
    assert len(desk.publishing.ledger(sample)) == 1
    desk.writing.bring_back(sample)
    assert [entry.status for entry in desk.writing.entries()] == ["exported"]


def test_an_unknown_profile_is_refused_with_those_that_are_known(desk: Desk, sample: int, tmp_path: Path) -> None:
    with pytest.raises((InputError, NotFoundError), match="fragment"):
        desk.publishing.export(sample, "leaflet", tmp_path / "out")


def test_an_export_that_cannot_be_written_is_not_in_the_ledger(desk: Desk, sample: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError):
        desk.publishing.export(sample, "page", tmp_path / "file")
    assert desk.publishing.ledger(sample) == []
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_picture_that_is_gone_is_told(desk: Desk, sample: int, tmp_path: Path) -> None:
    story = desk.writing.story(sample)
    assert story.lead_image
    gone = replace(story, lead_image=replace(story.lead_image, file="gone.jpg"))
    desk.writing.edit(sample, gone, label="Picture", spot=Spot("lead_image"))
    exported = desk.publishing.export(sample, "page", tmp_path, waive="a test")
    assert exported.missing == ("gone.jpg",)
    assert "gone.jpg" not in exported.main.read_text(encoding="utf-8")


def test_the_insights_line_is_the_one_on_the_page(desk: Desk, sample: int) -> None:
    line = desk.publishing.insights(desk.writing.story(sample))
    assert line
    assert line in desk.publishing.page(sample).text


# --- publications --------------------------------------------------------------------------------------------------

OWN = """
name = "The Lantern"
rubric = "Lantern Signals"
tagline = "Seen from many shores."
time_zone = "Europe/Lisbon"
dateline_format = "d MMMM y"
logo = "logo.png"
[labels]
news = "What is known"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "publications" / "lantern"
    folder.mkdir(parents=True)
    (folder / "logo.png").write_bytes(png())
    file = folder / "publication.toml"
    file.write_text(OWN)
    return file


def test_an_own_publication_dropped_into_the_folder_can_be_chosen_and_stays(
    desk: Desk, sample: int, own: Path, make_desk: MakeDesk
) -> None:
    assert own in desk.publishing.publications.files()
    assert "What is known" not in desk.publishing.page(sample).text
    assert desk.publishing.publications.set_default(own).stories == {sample}
    assert "What is known" in desk.publishing.page(sample).text
    assert desk.publishing.publication().files["logo.png"].data == png()
    desk.store.close()
    desk = make_desk()
    assert desk.publishing.publications.default_file() == own
    assert desk.publishing.publication().name == "The Lantern"


@pytest.mark.parametrize("broken", ["name = ", 'rubric = "without a name"', "name = 3", 'name = "x"\ntime_zone = "Mars/Base"'])
def test_a_broken_publication_is_refused_and_the_last_good_one_stays(desk: Desk, sample: int, own: Path, broken: str) -> None:
    desk.publishing.publications.set_default(own)
    bad = own.with_name("bad.toml")
    bad.write_text(broken)
    with pytest.raises(InputError):
        desk.publishing.publications.set_default(bad)
    assert desk.publishing.publication().name == "The Lantern"
    assert desk.publishing.publications.default_file() == own


def test_a_publication_that_is_missing_is_refused_by_its_path(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.toml"):
        desk.publishing.publications.set_default(tmp_path / "gone.toml")


@pytest.mark.parametrize("after", [None, "name = "])
def test_a_chosen_publication_that_breaks_or_goes_gives_way_to_the_shipped_one(
    desk: Desk, own: Path, make_desk: MakeDesk, after: str | None
) -> None:
    shipped = desk.publishing.publication().name
    desk.publishing.publications.set_default(own)
    desk.store.close()
    if after is None:
        own.unlink()
    else:
        own.write_text(after)
    assert make_desk().publishing.publication().name == shipped


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_document_with_its_pictures_goes_to_another_desk(desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk) -> None:
    out = desk.documents.export_document(sample, tmp_path / "out" / "story.json")
    there = make_desk("there.db")
    imported = there.documents.import_document(out)
    assert imported.left_out == ()
    assert imported.slug == desk.writing.story(sample).slug
    assert there.writing.story(imported.story) == desk.writing.story(sample)
    assert there.writing.files(imported.story) == desk.writing.files(sample)
    assert there.publishing.page(imported.story).files == desk.publishing.page(sample).files


def test_an_archive_brings_items_and_quotes_so_that_the_review_holds_there(
    desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk
) -> None:
    out = desk.documents.export_document(sample, tmp_path / "story.zip")
    there = make_desk("there.db")
    imported = there.documents.import_document(out)
    story = desk.writing.story(sample)
    assert there.writing.story(imported.story) == story
    assert there.writing.files(imported.story) == desk.writing.files(sample)
    assert imported.changes.items == {entry.id for entry in there.gathering.items()} == set(story.item_ids)
    for item in story.item_ids:
        assert there.gathering.item(item) == desk.gathering.item(item)
        assert there.gathering.original(item) == desk.gathering.original(item)
    assert there.store.quotes.all_of(story.quote_ids) == desk.store.quotes.all_of(story.quote_ids)
    here, checked = desk.reviewing.review(sample), there.reviewing.require_clear(imported.story)
    assert checked.quotations == here.quotations
    assert {check.grade for check in checked.quotations} <= {Grade.EXACT, Grade.FOLDED}
    assert there.publishing.page(imported.story).files == desk.publishing.page(sample).files


def test_a_document_never_takes_the_place_of_another_storys_picture(desk: Desk, sample: int, tmp_path: Path) -> None:
    image = desk.writing.story(sample).lead_image
    assert image is not None
    other = tmp_path / image.file
    other.write_bytes(b"the picture of another story")
    with pytest.raises(InputError, match=image.file):
        desk.documents.export_document(sample, tmp_path / "story.json")
    assert tree(tmp_path) == tree(tmp_path) | {image.file: b"the picture of another story"}
    assert not (tmp_path / "story.json").exists()
    other.unlink()
    desk.documents.export_document(sample, tmp_path / "story.json")
    before = tree(tmp_path)
    desk.documents.export_document(sample, tmp_path / "story.json")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["story.json", "story.zip"])
def test_a_draft_that_cannot_be_saved_can_still_be_written_as_a_document(
    desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def failing(_id: int, _story: Story) -> None:
        raise StoreError("Not saved", "The disk is full.")

    monkeypatch.setattr(desk.store.stories, "save", failing)
    story = replace(desk.writing.story(sample), headline="Precious")
    desk.writing.edit(sample, story, label="Headline", spot=Spot("headline"))
    with pytest.raises(StoreError):
        desk.writing.save_all()
    out = desk.documents.export_document(sample, tmp_path / "copy" / name)
    there = make_desk("there.db")
    imported = there.documents.import_document(out)
    assert there.writing.story(imported.story) == desk.writing.story(sample)
    assert there.writing.files(imported.story) == desk.writing.files(sample)
    assert desk.writing.unsaved() == [sample]


def test_a_text_that_is_not_the_originals_is_told_and_not_kept(
    desk: Desk, item: str, tmp_path: Path, make_desk: MakeDesk
) -> None:
    number = desk.writing.new("A lock")
    text = desk.gathering.item(item).text
    true, false = (text.index(words) for words in ("We waited", "Nobody will pay"))
    desk.quoting.quote_in_card(item, true, true + len("We waited for two harvests"), number, None)
    desk.quoting.quote_in_card(item, false, false + len("Nobody will pay tolls"), number, None)
    out = desk.documents.export_document(number, tmp_path / "story.zip")
    forge = altered_archive("items.json", lambda data: data.replace(b"Nobody will pay", b"Anybody must pay"))
    forged = forge(out.read_bytes())
    forge = altered_archive("items.json", lambda data: data.replace(b'"end": %d' % (false + 21), b'"end": %d' % (false + 22)))
    out.write_bytes(forge(forged))
    there = make_desk("there.db")
    imported = there.documents.import_document(out)
    assert there.gathering.item(item) == desk.gathering.item(item)
    assert [quote.exact for quote in there.quoting.quotes_of(item)] == ["We waited for two harvests"]
    assert len(imported.left_out) == 2
    assert "another text than its original has" in imported.left_out[0]
    assert "Anybody must pay tolls" in imported.left_out[1]


def test_what_an_archive_says_of_a_source_is_not_believed(desk: Desk, item: str, tmp_path: Path, make_desk: MakeDesk) -> None:
    number = desk.writing.new("A lock")
    desk.quoting.quote_in_card(item, 0, 8, number, None)
    out = desk.documents.export_document(number, tmp_path / "story.zip")
    forge = altered_archive(
        "items.json", lambda data: data.replace(b"Harbour Gazette", b"The Forger").replace(b"A lock opens", b"A lock burns")
    )
    out.write_bytes(forge(out.read_bytes()))
    there = make_desk("there.db")
    there.documents.import_document(out)
    assert there.gathering.item(item) == desk.gathering.item(item)


@pytest.mark.parametrize("name", ["tide-of-1.2 metres.md", "tide.txt"])
def test_a_source_from_a_file_is_the_same_on_the_other_desk(desk: Desk, tmp_path: Path, make_desk: MakeDesk, name: str) -> None:
    (tmp_path / name).write_text("The water rose twice in one night, and the clerk wrote it down.", encoding="utf-8")
    item = desk.gathering.capture_file(tmp_path / name).items[0]
    number = desk.writing.new("Tide")
    desk.quoting.quote_in_card(item, 4, 9, number, None)
    out = desk.documents.export_document(number, tmp_path / "story.zip")
    there = make_desk("there.db")
    assert there.documents.import_document(out).left_out == ()
    assert there.gathering.item(item) == desk.gathering.item(item)


def test_two_archives_of_one_story_are_the_same_bytes(desk: Desk, sample: int, tmp_path: Path) -> None:
    one = desk.documents.export_document(sample, tmp_path / "one.zip").read_bytes()
    assert desk.documents.export_document(sample, tmp_path / "two.zip").read_bytes() == one


def test_an_archive_whose_sources_are_here_already_leaves_them_as_they_are(desk: Desk, sample: int, tmp_path: Path) -> None:
    out = desk.documents.export_document(sample, tmp_path / "story.zip")
    before = desk.gathering.items()
    desk.writing.rename(sample, "kept-here")
    desk.writing.save_all()
    imported = desk.documents.import_document(out)
    assert desk.gathering.items() == before
    desk.reviewing.require_clear(imported.story)


def test_a_document_may_end_only_in_json_or_zip(desk: Desk, sample: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.json or \.zip"):
        desk.documents.export_document(sample, tmp_path / "story.html")
    assert not (tmp_path / "story.html").exists()


def test_a_document_without_its_pictures_is_taken_and_they_are_named(desk: Desk, tmp_path: Path) -> None:
    document = {"format": "workstation-story/1", "slug": "lock", "headline": "A lock", "lead_image": {"file": "gone.jpg"}}
    (tmp_path / "story.json").write_text(json.dumps(document))
    imported = desk.documents.import_document(tmp_path / "story.json")
    assert len(imported.left_out) == 1
    assert "gone.jpg" in imported.left_out[0]


def test_what_a_document_may_not_hold_is_left_out_and_told(desk: Desk, tmp_path: Path) -> None:
    document = {
        "format": "workstation-story/1",
        "slug": "lock",
        "headline": "A lock",
        "news": '<p onclick="x()">It <u>opened</u>.</p><script>alert(1)</script>',
        "mine": {"kept": True},
    }
    (tmp_path / "story.json").write_text(json.dumps(document))
    imported = desk.documents.import_document(tmp_path / "story.json")
    assert len(imported.left_out) == 2
    story = desk.writing.story(imported.story)
    assert story.news == body_from_text("It opened.")
    assert json.loads(desk.documents.document(story))["mine"] == {"kept": True}


def altered_archive(name: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Changes one entry of an archive."""

    def altered(data: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
            assert any(entry.startswith(name) for entry in old.namelist())
            for entry in old.namelist():
                content = old.read(entry)
                new.writestr(entry, change(content) if entry.startswith(name) else content)
        return held.getvalue()

    return altered


BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "no json": ("story.json", lambda _: b"{"),
    "no story": ("story.json", lambda _: b"[]"),
    "no headline": ("story.json", lambda data: data.replace(b'"headline"', b'"headlin"', 1)),
    "a path for a slug": ("story.json", lambda data: data.replace(b'"slug": "', b'"slug": "../', 1)),
    "a picture elsewhere": ("story.json", lambda data: data.replace(b'"file": "', b'"file": "../../', 1)),
    "half a character": ("story.json", lambda data: data.replace(b'"headline": "', b'"headline": "\\ud83d', 1)),
    "cut": ("story.zip", lambda data: data[: len(data) // 2]),
    "no archive": ("story.zip", lambda _: b"PK\x03\x04 not at all"),
    "a broken story": ("story.zip", altered_archive("story.json", lambda _: b"{")),
    "an altered source": ("story.zip", altered_archive("items/", lambda data: data + b" ")),
    "an altered text": (
        "story.zip",
        altered_archive("items.json", lambda data: data.replace(b'"text": "', b'"text": "never ')),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_document_leaves_nothing_behind(desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk, case: str) -> None:
    name, change = BROKEN[case]
    out = desk.documents.export_document(sample, tmp_path / "out" / name)
    whole = out.read_bytes()
    out.write_bytes(change(whole))
    assert out.read_bytes() != whole
    there = make_desk("there.db")
    with pytest.raises(InputError):
        there.documents.import_document(out)
    assert there.gathering.items() == []
    assert there.writing.entries(include_spiked=True) == []


def test_a_document_whose_slug_is_taken_leaves_nothing_behind(
    desk: Desk, sample: int, tmp_path: Path, make_desk: MakeDesk
) -> None:
    out = desk.documents.export_document(sample, tmp_path / "story.zip")
    there = make_desk("there.db")
    there.store.stories.add(Story(slug=desk.writing.story(sample).slug, headline="Mine"))
    with pytest.raises(InputError, match="slug"):
        there.documents.import_document(out)
    assert there.gathering.items() == []
    assert [entry.headline for entry in there.writing.entries()] == ["Mine"]


def test_a_document_that_is_not_there_is_refused_by_its_path(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json"):
        desk.documents.import_document(tmp_path / "gone.json")


def test_the_quote_marks_of_a_body_are_in_the_document_and_not_on_the_page(desk: Desk, sample: int) -> None:
    story = desk.writing.story(sample)
    assert any(run.marks != Marks() for run in story.signals[0].body.blocks[0].runs)
    assert "data-quote" in desk.documents.document(story)
    assert "data-quote" not in desk.publishing.page(sample).text
    assert read_html(json.loads(desk.documents.document(story))["signals"][0]["body"]).body == story.signals[0].body


def test_a_chosen_publication_that_broke_meanwhile_is_told_and_nothing_is_exported_in_another_name(
    desk: Desk, sample: int, own: Path, make_desk: MakeDesk, tmp_path: Path
) -> None:
    desk.publishing.publications.set_default(own)
    desk.store.close()
    own.write_text("name = ")
    desk = make_desk()
    assert desk.publishing.publications.make_ready() is not None
    assert desk.publishing.publications.names()[own] == "lantern/publication.toml (cannot be used)"
    with pytest.raises(InputError):
        desk.publishing.export(sample, "page", tmp_path / "out")
    with pytest.raises(InputError):
        desk.publishing.write_preview(sample, tmp_path / "out" / "look.html")
    assert not (tmp_path / "out").exists()
    own.write_text(OWN)
    desk.publishing.publications.set_default(own)
    desk.publishing.export(sample, "page", tmp_path / "out")
