"""Each verb of the command line, called as other programs call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from workstation import cli
from workstation.render.profiles import PROFILES
from workstation.store import Store

from .conftest import Answer, Program

ITEM_KEYS = {"id", "url", "title", "outlet", "author", "published", "language", "text", "words", "state", "captured", "sha256"}
PROBLEM_KEYS = {"rule", "severity", "place", "message", "excerpt", "fix", "at", "until", "fingerprint"}
SLUG = "oriel-strait-landslide"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A lock opens</title></head><body><article>'
    "<h1>A lock opens</h1><p>The lock at Orrin opened on Thursday after nine years of repairs, and the barges began to move.</p>"
    "<p>“Nobody will pay tolls before September,” the clerk of the river council said.</p></article></body></html>"
).encode()


def document(slug: str = "lock", **fields: object) -> dict[str, object]:
    return {"format": "workstation-story/1", "slug": slug, "headline": "A lock", "news": "<p>It opened.</p>", **fields}


def write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def blocked(item: str) -> dict[str, object]:
    """A story with an altered quotation."""
    source = {"name": "Harbour Gazette", "url": "https://harbourgazette.example/lock", "item": item}
    body = "<p>“Nobody will pay high tolls before October,” the clerk of the river council said.</p>"
    return document("blocked", signals=[{"headline": "Tolls", "sources": [source], "body": body}])


def one_line(answer: Answer) -> str:
    """The one line of a failure."""
    assert answer.out == b""
    lines = answer.err.splitlines()
    assert len(lines) == 1, answer.err
    assert "Traceback" not in answer.err
    return lines[0]


# --- gathering -----------------------------------------------------------------------------------------------------


def test_a_captured_file_is_found_shown_and_given_back_byte_for_byte(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "lock.html"
    file.write_bytes(PAGE)
    captured = program("--json", "capture", file)
    assert captured.code == 0
    (item,) = captured.objects
    assert set(item) == ITEM_KEYS
    assert (item["title"], item["language"], item["state"]) == ("A lock opens", "en", "unread")
    assert item["sha256"] == sha256(PAGE).hexdigest()
    assert "Captured “A lock opens”" in captured.err

    assert program("items", "--query", "tolls", "--json").objects == [item]
    assert program("items", "--query", "glacier").out == b""
    assert program("item", item["id"], "--original").out == PAGE
    assert program("item", item["id"][:6], "--text").text == item["text"] + "\n"
    assert program("--json", "item", item["id"]).objects == [item]
    assert f"sha256: {item['sha256']}" in program("item", item["id"]).lines


def test_what_cannot_be_captured_fails_and_the_rest_is_kept(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One\n\nSome words.")
    answer = program("capture", tmp_path / "a.md", tmp_path / "gone.html", "--json")
    assert answer.code == 3
    assert [item["title"] for item in answer.objects] == ["One"]
    assert "neither an address nor a file" in answer.err
    assert "Traceback" not in answer.err


def test_offline_an_address_is_kept_and_said_so(program: Program) -> None:
    answer = program("--offline", "capture", "https://harbourgazette.example/lock")
    assert answer.code == 3
    assert "waits in the inbox" in one_line(answer)


def test_a_file_whose_name_is_no_text_is_captured(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("One line of words.\nAnother line of words.")
    answer = program("capture", folder)
    assert answer.code == 0, answer.err
    assert len(answer.lines) == 1


def test_the_list_is_as_long_as_asked(sampled: Program) -> None:
    assert len(sampled("items", "--limit", "3", "--json").objects) == 3
    assert len(sampled("items").lines) >= 12
    assert all(set(item) == ITEM_KEYS for item in sampled("items", "--json").objects)


def test_an_item_that_is_not_there_is_a_wrong_call(sampled: Program) -> None:
    answer = sampled("item", "0000zzz")
    assert answer.code == 2
    assert "0000zzz" in one_line(answer)


# --- stories -------------------------------------------------------------------------------------------------------


def test_a_story_is_imported_listed_shown_and_exported_as_a_document(program: Program, tmp_path: Path) -> None:
    imported = program("--json", "story", "import", write(tmp_path / "lock.json", document(news="<p>It <u>opened</u>.</p>")))
    assert imported.code == 0
    assert imported.objects[0]["slug"] == "lock"
    assert "<u>" in imported.objects[0]["left_out"][0]
    assert "<u>" in imported.err
    (listed,) = program("story", "list", "--json").objects
    assert (listed["slug"], listed["headline"], listed["status"], listed["exported"]) == ("lock", "A lock", "draft", None)
    assert program("story", "list").lines == ["lock  draft     A lock"]

    shown = program("story", "show", "lock")
    assert json.loads(shown.out)["news"] == "<p>It opened.</p>"
    (whole,) = program("--json", "story", "show", "lock").objects
    assert whole == json.loads(shown.out)
    out = tmp_path / "out.json"
    answer = program("story", "export-document", "lock", "--out", out)
    assert (answer.code, answer.lines) == (0, [str(out)])
    assert out.read_bytes() == shown.out


def test_an_archive_brings_a_story_to_another_store_clear(sampled: Program, program: Program, tmp_path: Path) -> None:
    out = tmp_path / "story.zip"
    assert sampled("story", "export-document", SLUG, "--out", out).code == 0
    assert "story.json" in zipfile.ZipFile(out).namelist()
    assert program("story", "import", out).lines == [SLUG]
    assert program("review", SLUG).code == 0
    assert program("story", "show", SLUG).out == sampled("story", "show", SLUG).out


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'{"format": "x"}', json.dumps(document(lead_image={"file": "../x"})).encode()],
    ids=["no json", "no object", "another format", "a picture elsewhere"],
)
def test_a_broken_document_is_refused_in_one_line(program: Program, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "story.json").write_bytes(content)
    answer = program("story", "import", tmp_path / "story.json")
    assert answer.code == 3
    one_line(answer)
    assert program("story", "list").out == b""


def test_a_document_whose_slug_is_taken_fails_and_one_that_is_not_there_is_a_wrong_call(program: Program, tmp_path: Path) -> None:
    (tmp_path / "story.json").write_text(json.dumps(document()), encoding="utf-8")
    assert program("story", "import", tmp_path / "story.json").code == 0
    taken = program("story", "import", tmp_path / "story.json")
    assert taken.code == 3
    assert "slug" in one_line(taken)
    gone = program("story", "import", tmp_path / "gone.json")
    assert gone.code == 2
    assert "gone.json" in one_line(gone)


def test_a_story_that_is_not_there_is_a_wrong_call(program: Program) -> None:
    answer = program("story", "show", "nowhere")
    assert answer.code == 2
    assert "nowhere" in one_line(answer)


# --- review, export, preview ---------------------------------------------------------------------------------------


def test_a_blocker_answers_no_until_it_is_waived_with_a_reason(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lock.html").write_bytes(PAGE)
    item = program("capture", tmp_path / "lock.html").lines[0]
    program("story", "import", write(tmp_path / "blocked.json", blocked(item)))

    reviewed = program("review", "blocked", "--json")
    assert reviewed.code == 1
    assert all(set(problem) == PROBLEM_KEYS for problem in reviewed.objects)
    blockers = [problem for problem in reviewed.objects if problem["severity"] == "blocker"]
    assert any(problem["place"] == "signals[0].body" and problem["fix"]["new"] for problem in blockers)

    out = tmp_path / "out"
    refused = program("export", "blocked", "--profile", "page", "--out", out)
    assert refused.code == 1
    assert "Card 1" in one_line(refused)
    assert not out.exists()

    waived = program("export", "blocked", "--profile", "page", "--out", out, "--waive", "Confirmed by telephone", "--json")
    assert waived.code == 0
    [told] = waived.objects
    assert told["sha256"] == sha256((out / "blocked.html").read_bytes()).hexdigest()
    assert (told["version"], told["change"], told["missing"], told["remarks"]) == (1, "first", [], [])
    again = program("review", "blocked")
    assert again.code == 0
    assert "Confirmed by telephone" in again.err


def test_a_problem_is_waived_by_its_fingerprint_told_with_all_and_stands_again(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lock.html").write_bytes(PAGE)
    item = program("capture", tmp_path / "lock.html").lines[0]
    program("story", "import", write(tmp_path / "blocked.json", blocked(item)))
    known = program("review", "blocked", "--json").objects
    problem = next(problem for problem in known if problem["severity"] == "warning")

    assert program("waive", "blocked", "0123", "--reason", "Agreed").code == 2
    assert program("waive", "blocked", problem["fingerprint"], "--reason", "  ").code == 2
    assert program("waive", "blocked", problem["fingerprint"], "--reason", "Agreed").code == 0
    assert problem not in program("review", "blocked", "--json").objects
    told = [answer for answer in program("review", "blocked", "--all", "--json").objects if "waived" in answer]
    assert told == [{**problem, "waived": "Agreed"}]
    assert program("waive", "blocked", problem["fingerprint"], "--withdraw").code == 0
    assert program("review", "blocked", "--json").objects == known


def test_fixes_are_applied_by_rule_and_all_at_once(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lock.html").write_bytes(PAGE)
    item = program("capture", tmp_path / "lock.html").lines[0]
    program("story", "import", write(tmp_path / "blocked.json", blocked(item)))
    before = program("story", "show", "blocked").out
    unknown = program("review", "blocked", "--fix", "no-such-rule")
    assert unknown.code == 1
    assert "0 problems of the rule “no-such-rule” had a fix. Rules that have one: " in unknown.err
    assert program("story", "show", "blocked").out == before
    answer = program("review", "blocked", "--fix", "--json")
    assert answer.code == 0
    assert not any(problem["severity"] == "blocker" for problem in answer.objects)
    assert program("story", "show", "blocked").out != before


def test_a_clear_story_answers_yes_and_the_sample_has_no_blocker(sampled: Program) -> None:
    answer = sampled("review", SLUG)
    assert answer.code == 0
    assert "blocker" not in answer.text


def test_what_is_in_order_follows_the_problems_when_asked_for(sampled: Program) -> None:
    assert not sampled("review", SLUG, "--json").objects
    told = sampled("review", SLUG, "--json", "--all").objects
    assert all(set(line) == PROBLEM_KEYS and line["severity"] == "pass" for line in told)
    assert "Every quotation matches its source" in told[0]["message"]
    words = sampled("review", SLUG)
    assert "in order: Every quotation matches its source" in words.err
    assert words.out == b""


def test_preview_and_export_give_the_same_bytes_each_time(sampled: Program, tmp_path: Path) -> None:
    for name in ("one", "two"):
        answer = sampled("export", SLUG, "--profile", "page", "--out", tmp_path / name)
        assert (answer.code, answer.lines) == (0, [str(tmp_path / name / f"{SLUG}.html")])
    look = tmp_path / "look.html"
    assert sampled("preview", SLUG, "--out", look).lines == [str(look)]
    page = (tmp_path / "one" / f"{SLUG}.html").read_bytes()
    assert page == (tmp_path / "two" / f"{SLUG}.html").read_bytes() == look.read_bytes()


def test_all_profiles_or_several_go_into_one_folder(sampled: Program, tmp_path: Path) -> None:
    every = sampled("export", SLUG, "--profile", "all", "--out", tmp_path / "all")
    assert (every.code, len(every.lines)) == (0, 15)
    assert all(Path(line).is_file() for line in every.lines)
    told = json.loads((tmp_path / "all" / "manifest.json").read_text(encoding="utf-8"))
    assert len({told["profile"], *(other["profile"] for other in told["others"])}) == 15
    some = sampled("export", SLUG, "--profile", "text, page,text", "--out", tmp_path / "some", "--json")
    assert [line["profile"] for line in some.objects] == ["text", "page"]
    assert sampled("export", SLUG, "--profile", "page,leaflet", "--out", tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_another_publication_is_printed_for_one_call_only(sampled: Program, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('name = "The Lantern"\n[labels]\nnews = "What is known"\n')
    look = tmp_path / "look.html"
    sampled("preview", SLUG, "--out", look, "--publication", tmp_path / "own.toml")
    assert "What is known" in look.read_text(encoding="utf-8")
    sampled("preview", SLUG, "--out", look)
    assert "What is known" not in look.read_text(encoding="utf-8")


def test_a_story_whose_publication_is_not_here_is_not_exported_in_another_name(program: Program, tmp_path: Path) -> None:
    document = {"format": "workstation-story/1", "slug": "low-water", "headline": "Low water", "publication": "The Lantern"}
    (tmp_path / "story.json").write_text(json.dumps(document))
    program("story", "import", tmp_path / "story.json")
    call = ["export", "low-water", "--profile", "page", "--out", tmp_path / "out", "--waive", "A test"]
    refused = program(*call)
    assert refused.code == 1
    assert "“The Lantern”" in one_line(refused)
    assert not (tmp_path / "out").exists()
    assert "“The Lantern”" in program("review", "low-water").text
    (tmp_path / "own.toml").write_text('name = "The Lamp"')
    assert program(*call, "--publication", tmp_path / "own.toml").code == 0
    assert "The Lamp" in (tmp_path / "out" / "low-water.html").read_text(encoding="utf-8")


def test_a_broken_publication_or_profile_is_a_wrong_call(sampled: Program, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("name = ")
    for arguments in (["--profile", "page", "--publication", str(tmp_path / "own.toml")], ["--profile", "leaflet"]):
        answer = sampled("export", SLUG, "--out", tmp_path / "out", *arguments)
        assert answer.code == 2
        one_line(answer)
    assert not (tmp_path / "out").exists()


def test_an_export_that_cannot_be_written_fails_in_one_line(sampled: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = sampled("export", SLUG, "--profile", "page", "--out", tmp_path / "file")
    assert answer.code == 3
    assert str(tmp_path / "file") in one_line(answer)


def test_the_demo_does_the_main_job(program: Program, tmp_path: Path) -> None:
    answer = program("demo", "--out", tmp_path / "demo", "--json")
    assert answer.code == 0
    assert "Captured 15 sample sources." in answer.err
    assert "0 blockers" in answer.err
    assert [export["profile"] for export in answer.objects] == list(PROFILES)
    for export in answer.objects:
        assert sha256(Path(export["file"]).read_bytes()).hexdigest() == export["sha256"]
        assert all(Path(file).is_file() for file in export["files"])


def test_the_sample_desk_is_loaded_and_removed(program: Program) -> None:
    assert program("sample").code == 0
    assert program("story", "list").lines[0].startswith(SLUG)
    assert program("sample", "--remove").code == 0
    assert program("story", "list").out == b""


# --- the store -----------------------------------------------------------------------------------------------------


def test_a_backup_is_put_back_whole(program: Program, tmp_path: Path) -> None:
    program("story", "import", write(tmp_path / "lock.json", document()))
    backup = tmp_path / "backup.db"
    assert program("backup", "--out", backup).lines == [str(backup)]
    program("story", "import", write(tmp_path / "later.json", document("later")))
    restored = program("restore", backup)
    assert (restored.code, restored.lines) == (0, [str(program.store)])
    assert [story["slug"] for story in program("story", "list", "--json").objects] == ["lock"]


def test_what_is_no_backup_is_refused_and_the_store_stays(program: Program, tmp_path: Path) -> None:
    program("story", "import", write(tmp_path / "lock.json", document()))
    (tmp_path / "no.db").write_bytes(b"no backup")
    answer = program("restore", tmp_path / "no.db")
    assert answer.code in (2, 3)
    one_line(answer)
    assert len(program("story", "list").lines) == 1


def test_the_doctor_finds_a_sound_store_sound_and_a_spoilt_one_not(program: Program, tmp_path: Path) -> None:
    assert "does not exist yet" in program("doctor").err
    assert not program.store.exists()
    program("story", "import", write(tmp_path / "lock.json", document()))
    sound = program("doctor")
    assert (sound.code, sound.out) == (0, b"")
    program.store.write_bytes(program.store.read_bytes().replace(b"It opened.", b"It closed."))
    spoilt = program("doctor", "--json")
    assert spoilt.code == 1
    assert any("lock" in found["problem"] for found in spoilt.objects)


def test_a_second_process_on_the_same_store_may_read_and_is_refused_politely_when_it_would_write(program: Program) -> None:
    holding = (
        "import sys; from pathlib import Path; from workstation.store import Store;"
        "store = Store.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(program.store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert program("items").code == 0
        for call in (["restore", str(program.store)], ["sample"]):
            answer = program(*call)
            assert answer.code == 3
            assert one_line(answer)
        assert "open" in program("sample").err
        holder.communicate("")
    assert program("items").code == 0


def test_a_store_that_cannot_be_opened_fails_in_one_line(program: Program, tmp_path: Path) -> None:
    program.store.write_bytes(b"this is no database at all, and it is longer than a header would be" * 20)
    answer = program("items")
    assert answer.code == 3
    assert "Traceback" not in answer.err
    program.store.unlink()
    program.store.mkdir()
    assert program("items").code == 3


def test_a_home_that_cannot_be_written_fails_in_one_line(program: Program, tmp_path: Path) -> None:
    (tmp_path / "no home").write_text("a file")
    program.environment["HOME"] = str(tmp_path / "no home")
    answer = program("items", store=False)
    assert answer.code == 3
    one_line(answer)


def test_the_store_may_be_named_by_the_environment(program: Program, tmp_path: Path) -> None:
    program.environment["WORKSTATION_STORE"] = str(program.store)
    program("story", "import", write(tmp_path / "lock.json", document()), store=False)
    assert program("story", "list").lines == ["lock  draft     A lock"]


# --- the call itself -----------------------------------------------------------------------------------------------


def test_options_may_stand_before_and_after_the_verb(program: Program, tmp_path: Path) -> None:
    write(tmp_path / "lock.json", document())
    program("story", "import", tmp_path / "lock.json")
    store = ["--store", str(program.store)]
    calls = (["--json", *store, "story", "list"], ["story", "list", *store, "--json"], ["story", *store, "list", "--json"])
    answers = [program(*call, store=False) for call in calls]
    assert [answer.code for answer in answers] == [0, 0, 0]
    assert len({answer.out for answer in answers}) == 1
    assert answers[0].objects[0]["slug"] == "lock"


WRONG_CALLS = [
    ["bogus"],
    ["--bogus", "items"],
    ["story"],
    ["story", "bogus"],
    ["item"],
    ["capture"],
    ["items", "--limit", "0"],
    ["items", "--limit", "many"],
    ["export", "lock"],
    ["item", "a", "--text", "--original"],
]
VERBS = ("demo", "capture", "feeds", "items", "item", "revisit", "story", "review", "export", "preview", "sample", "doctor")
VERBS += ("backup", "backups", "restore", "waive", "evidence", "verify")


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_told_in_one_line_that_names_the_help(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.parse(call)
    told = capsys.readouterr()
    assert stopped.value.code == 2
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "--help" in told.err
    assert "_count" not in told.err


def test_a_wrong_call_exits_with_2_and_makes_no_store(program: Program) -> None:
    answer = program("items", "--limit", "0")
    assert answer.code == 2
    assert "--limit" in one_line(answer)
    assert not program.store.exists()


def test_help_names_every_verb(program: Program) -> None:
    answer = program("--help")
    assert (answer.code, answer.err) == (0, "")
    assert all(f"\n    {verb} " in answer.text for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.parse([verb, "--help"])
    assert stopped.value.code == 0
    assert "--store FILE" in capsys.readouterr().out


def test_words_go_out_as_utf_8_whatever_the_machine_speaks(sampled: Program) -> None:
    plain = sampled("items")
    sampled.environment["PYTHONIOENCODING"] = "ascii"
    try:
        answer = sampled("items")
    finally:
        del sampled.environment["PYTHONIOENCODING"]
    assert answer.code == 0, answer.err
    assert answer.out == plain.out


@pytest.mark.parametrize("call", [["items", "--json"], ["story", "list"]], ids=["much to say", "little to say"])
def test_a_reader_that_goes_away_is_no_failure_to_talk_about(sampled: Program, call: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "workstation", "--store", str(sampled.store), *call],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=sampled.environment,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        told = writer.stderr.read().decode()
        writer.wait(60)
    assert told == ""


def test_no_verb_loads_the_window(sampled: Program) -> None:
    """Where Qt cannot start, the command line works; and a verb does not pay for the window."""
    script = (
        "import sys; from workstation import app; code = app.run(sys.argv[1:]);"
        "loaded = [name for name in sys.modules if name.startswith(('PySide6', 'qtawesome', 'workstation.ui'))];"
        "print(loaded, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--store", str(sampled.store), "review", SLUG],
        capture_output=True,
        env=sampled.environment,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[-1] == "[]"


def test_a_short_verb_does_not_load_what_reading_needs(sampled: Program) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "workstation", "--store", str(sampled.store), "story", "list"],
        capture_output=True,
        env=sampled.environment,
        check=False,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "workstation.cli" in loaded
    assert not loaded & {"PySide6", "requests", "bs4", "trafilatura", "PIL.Image"}


# --- status and embargo --------------------------------------------------------------------------------------------


def test_the_list_tells_status_and_embargo_and_an_export_does_not_hide_it(program: Program, tmp_path: Path) -> None:
    held = document("held", embargo="2999-03-03T09:00:00-05:00", time_zone="America/New_York", notes="Ring the clerk")
    program("story", "import", write(tmp_path / "held.json", held))
    program("story", "import", write(tmp_path / "free.json", document("free", embargo="2001-03-03T09:00:00-05:00")))
    told = {entry["slug"]: entry for entry in program("story", "list", "--json").objects}
    assert (told["held"]["embargo"], told["held"]["notes"]) == ("2999-03-03T09:00:00-05:00", "Ring the clerk")
    assert {"slug", "headline", "status", "changed", "exported"} <= set(told["free"])
    assert any("draft" in line and "(embargo: 3 Mar 2999, 09:00 (New York))" in line for line in program("story", "list").lines)
    exported = program("export", "held", "--profile", "page", "--out", tmp_path / "out", "--waive", "for the test")
    assert exported.code == 0
    assert "Under embargo until 3 Mar 2999, 09:00 (New York)" in exported.err
    assert "embargo" in {problem["rule"] for problem in program("review", "held", "--json").objects}
    exported = program("export", "free", "--profile", "page", "--out", tmp_path / "out", "--waive", "for the test")
    assert "embargo" not in exported.err


def test_items_lists_what_a_saved_view_asks_for_and_names_the_views_there_are(sampled: Program) -> None:
    with Store.open(sampled.store) as store:
        store.views.add("Trade", "tag:economy", "newest")
    viewed, asked = sampled("items", "--view", "trade"), sampled("items", "--query", "tag:economy")
    assert 0 < len(viewed.lines) < len(sampled("items").lines)
    assert viewed.lines == asked.lines
    assert len(sampled("items", "--view", "Trade", "--query", "zzzz").lines) == 0
    unknown = sampled("items", "--view", "Lakes")
    assert unknown.code == 2
    assert "Unread" in unknown.err


def test_quotations_tells_the_grade_and_the_passage_of_each(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lock.html").write_bytes(PAGE)
    (item,) = program("capture", tmp_path / "lock.html", "--json").objects
    source = {"name": "Harbour Gazette", "url": "https://harbourgazette.example/lock", "item": item["id"]}
    body = "<p>“Nobody will pay tolls in September,” the clerk said of “the barges.”</p>"
    card = {"headline": "“Nobody will pay”", "sources": [source], "body": body}
    news = "<p>The council says that “nobody … before September.”</p>"
    story = document(headline="Toll lock ‘opened on Thursday’", news=news, signals=[card])
    assert program("story", "import", write(tmp_path / "lock.json", story)).code == 0

    told = program("review", "lock", "--quotations", "--json")
    assert told.code == 0
    assert [(one["place"], one["grade"]) for one in told.objects] == [
        ("headline", "exact"),
        ("news", "edited"),
        ("signals[0].headline", "exact"),
        ("signals[0].body", "altered"),
        ("signals[0].body", "folded"),
    ]
    assert all(one["item"] == item["id"] and one["standing"] == {item["id"]: 1} for one in told.objects)
    assert all(item["text"][one["start"] : one["end"]] == one["passage"] for one in told.objects)
    printed = {"headline": story["headline"], "signals[0].headline": card["headline"]}
    assert all(
        printed[one["place"]][one["at"] : one["until"]] == one["printed"] for one in told.objects if one["place"] in printed
    )
    *_, altered, folded = told.objects
    assert altered["differing"] == [{"printed": "in", "source": "before"}]
    assert (folded["printed"], folded["folded"]) == ("the barges.", ["the final punctuation"])

    people = program("review", "lock", "--quotations")
    assert people.lines[-2].startswith("altered: signals[0].body: ") and "” there)" in people.lines[-2]
    assert people.lines[-1] == "folded: signals[0].body: the barges. (the final punctuation)"
    assert "4 of 5 quotations match their sources." in people.err


def test_words_of_another_captured_source_are_told_in_headlines_and_without_spaces(program: Program, tmp_path: Path) -> None:
    words = "<p>局长对记者说：“这里的安全没有折扣。”卡车从四月起绕行。</p>"
    chinese = f"<html lang='zh'><body><article><h1>老桥</h1>{words}</article></body></html>"
    (tmp_path / "lock.html").write_bytes(PAGE)
    (tmp_path / "bridge.html").write_text(chinese, encoding="utf-8")
    lock, bridge = program("capture", tmp_path / "lock.html", tmp_path / "bridge.html", "--json").objects
    cards = [
        {"headline": "A lock", "sources": [{"name": "Harbour Gazette", "item": lock["id"]}], "body": "<p>“安全没有折扣”</p>"},
        {"headline": "“The barges began to move”", "sources": [{"name": "Bridge", "item": bridge["id"]}], "body": "<p>Text</p>"},
    ]
    story = document(headline="A lock", signals=cards)
    assert program("story", "import", write(tmp_path / "lock.json", story)).code == 0
    told = program("review", "lock", "--quotations", "--json").objects
    assert [(one["grade"], one["item"]) for one in told] == [("elsewhere", bridge["id"]), ("elsewhere", lock["id"])]


def test_the_quotations_and_the_claims_are_not_asked_for_together(sampled: Program) -> None:
    assert sampled("review", SLUG, "--quotations", "--claims").code == 2


def test_claims_tells_each_sentence_and_what_it_rests_on(sampled: Program) -> None:
    told = sampled("review", SLUG, "--claims", "--json")
    assert told.code == 0
    keys = {"state", "place", "at", "until", "words", "item", "start", "end", "passage", "outlet"}
    assert all(set(claim) == keys for claim in told.objects)
    assert {claim["place"] for claim in told.objects} >= {"news", "signals[0].body", "signals[4].body"}
    quoted = [claim for claim in told.objects if claim["state"] == "quoted"]
    assert len(quoted) > 8
    assert all(claim["passage"] and claim["item"] for claim in quoted)
    assert "sentences rest on a passage" in sampled("review", SLUG, "--claims").err
