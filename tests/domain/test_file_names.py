import pytest

from workstation.domain.file_names import LONGEST, alike, fault
from workstation.domain.story import slug_from
from workstation.errors import ExportError
from workstation.export import write_files


@pytest.mark.parametrize(
    "name",
    ["con", "CON.html", "nul.tar.gz", "Com1.jpg", "lpt¹.txt", "aux .png", "a.", "a ",
     " a", "-rf", "~a", ".a", "a?b", "a:b", "a\\b",
     "a\nb", "a\x7fb", "a\u202egnp.exe", "a\u200b", "a\u2066b", "a\ud800", "a\ufeff", "", ".", "..", "ж" * 128 + ".html",
     "a\u2028b", "\uffff"],
)  # fmt: skip
def test_a_name_that_some_system_cannot_bear_is_refused_before_anything_is_written(tmp_path, name):
    assert fault(name)
    with pytest.raises(ExportError) as refused:
        write_files(tmp_path / "out", {f"a/{name}" if name else "": b"x"})
    assert refused.value.detail.isprintable()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["river-treaty.html", "Überschrift.jpg", "港.png", "console.html", "com10.txt", "a" * LONGEST,
                                  "नमस्ते.jpg",
                                  "a~b.html", "نامه\u200cها.jpg"])  # fmt: skip
def test_a_good_name_in_any_script_is_taken(tmp_path, name):
    assert not fault(name)
    write_files(tmp_path / "out", {name: b"x"})
    assert (tmp_path / "out" / name).read_bytes() == b"x"


@pytest.mark.parametrize(
    ("one", "other"), [("a.jpg", "A.JPG"), ("caf\u00e9.jpg", "cafe\u0301.jpg"), ("Straße.jpg", "STRASSE.jpg")]
)
def test_two_names_that_a_disk_takes_for_one_are_refused(tmp_path, one, other):
    assert alike(one) == alike(other)
    with pytest.raises(ExportError, match="capital letters or accents"):
        write_files(tmp_path / "out", {one: b"x", other: b"y"})


@pytest.mark.parametrize("headline", ["Con", "NUL", "Com1", "…", "日本", "-", "aux"])
def test_a_slug_is_always_a_good_name(headline):
    assert not fault(slug_from(headline))
    assert not fault(f"{slug_from(headline)}.html")
