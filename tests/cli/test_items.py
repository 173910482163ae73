"""The calls about items that share a row or an address, and what can be captured without a window."""

from __future__ import annotations

import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

from workstation.domain.inbox_filter import FILTERS
from workstation.store import Store
from workstation.workflow.grouping import Grouping

WORDS = "The lock at Orrin opened on Thursday after nine years of repairs, and the barges began to move before sunrise."


def saved(folder: Path, words: str, name: str = "lock.html", url: str = "https://gazette.example/world/a-lock-81234") -> Path:
    file = folder / name
    text = f"<h1>A lock opens</h1><p>{words}</p><p>Nobody will pay tolls before September, the clerk of the council said.</p>"
    top = f"<!-- saved from url=(0043){url} --><html lang=en><head><title>A lock opens</title></head>"
    file.write_text(f"{top}<body><article>{text}</article></body></html>", encoding="utf-8")
    return file


def test_a_page_captured_again_has_two_versions_and_the_newest_is_answered(program, tmp_path: Path) -> None:
    first = program("capture", saved(tmp_path, WORDS)).text.strip()
    again = program("capture", saved(tmp_path, WORDS)).text.strip()
    newest = program("capture", saved(tmp_path, WORDS.replace("nine", "ten"))).text.strip()
    assert (first, program("items").text.count("\n")) == (again, 1)
    versions = program("item", first, "--versions", "--json").objects
    assert [(version["id"], version["newest"]) for version in versions] == [(newest, True), (first, False)]
    assert versions[1]["seen"] is not None
    assert {"id", "captured", "title", "words", "seen", "newest"} == set(versions[0])
    assert program("item", first, "--versions").lines[0].startswith(newest)
    assert [item["id"] for item in program("item", first, "--row", "--json").objects] == [newest, first]


def test_what_shares_a_row_is_told(program, tmp_path: Path) -> None:
    one = program("capture", saved(tmp_path, WORDS)).text.strip()
    other = program("capture", saved(tmp_path, WORDS, "b.html", "https://bell.example/b-81234")).text.strip()
    with Store.open(program.store) as store:
        Grouping(store).merge((one, other), one)
    (line,) = program("items").lines
    assert line.startswith(one)
    assert line.endswith("(+1 in this row)")
    assert [row.split()[0] for row in program("item", other, "--row").lines] == [one, other]


def test_a_source_that_cannot_be_asked_again_fails_in_one_line(program, tmp_path: Path) -> None:
    item = program("capture", saved(tmp_path, WORDS)).text.strip()
    asked = program("--offline", "revisit", item, "--json")
    assert asked.code == 3
    (answer,) = asked.objects
    assert (answer["id"], answer["outcome"], answer["newest"]) == (item, "unknown", item)
    assert program("revisit", "ffff").code == 2


def test_the_help_of_items_names_every_filter_and_each_can_be_asked(program, tmp_path: Path) -> None:
    program("capture", saved(tmp_path, WORDS))
    told = program("items", "--help").text
    for known in FILTERS:
        assert known.example in told
        assert program("items", "--query", known.example).code == 0
    assert program("items", "--query", 'site:gazette.example lang:en is:unread title:lock since:2d "nine years" -glacier').lines


def test_every_kind_of_file_is_captured_from_a_folder(program, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    saved(folder, WORDS)
    (folder / "note.txt").write_text(f"A note\n{WORDS} It was cold.")
    (folder / "plan.md").write_text(f"# A plan\n\n{WORDS} It was warm.")
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Date"] = "The Bell <n@bell.example>", "The week", "Thu, 05 Mar 2026 10:00:00 +0100"
    letter.set_content(f"{WORDS} So much for this week.")
    (folder / "week.eml").write_bytes(bytes(letter))
    entry = "<item><title>Tolls</title><link>https://bell.example/t-1</link><description>Tolls rise.</description></item>"
    (folder / "feed.xml").write_text(f'<rss version="2.0"><channel><title>The Bell</title>{entry}</channel></rss>')
    outline = '<opml version="2.0"><body><outline text="Bell" xmlUrl="https://bell.example/feed"/></body></opml>'
    (folder / "list.opml").write_text(outline)
    paragraph = f"<w:p><w:r><w:t>{WORDS} In a letter.</w:t></w:r></w:p>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(folder / "letter.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f"<w:document {space}><w:body>{paragraph}</w:body></w:document>")
    answer = program("--offline", "capture", folder, "--json")
    assert answer.code == 0, answer.err
    assert {json.dumps(item["title"]) for item in answer.objects} >= {'"A lock opens"', '"A plan"', '"The week"', '"Tolls"'}
    assert len(answer.objects) == 6
    assert len(program("feeds", "--json").objects) == 1


def test_the_perspective_of_a_story_is_told_in_counts_and_with_what_is_related(sampled) -> None:
    slug = sampled("story", "list", "--json").objects[0]["slug"]
    answer = sampled("perspective", slug, "--json")
    assert answer.code == 0, answer.err
    told = answer.objects[0]
    assert told["sources"] == len(told["outlets"]) == 9
    assert sum(country["sources"] for country in told["countries"]) + told["country_unknown"] == 9
    assert {language["language"] for language in told["languages"]} == {"en", "ar", "de", "fr", "ja", "zh"}
    assert sum(share["quotations"] for share in told["outlets"]) <= sum(speaker["quotations"] for speaker in told["speakers"])
    sourced = {country["country"] for country in told["countries"] if country["sources"]}
    assert {item["country"] for item in told["related"]} == {"TR", "KE", "BR"}
    assert not sourced & {item["country"] for item in told["related"]}
    assert all(item["shared"] or item["likeness"] for item in told["related"])
    lines = sampled("perspective", slug).lines
    assert "language: en 4, ar 1, de 1, fr 1, ja 1, zh 1" in lines
    ids = ",".join(item["id"] for item in told["related"])
    assert {item["id"] for item in sampled("items", "--query", f"id:{ids}", "--json").objects} == set(ids.split(","))


def test_a_story_that_is_not_there_has_no_perspective(sampled) -> None:
    assert sampled("perspective", "no-such-story").code == 2
