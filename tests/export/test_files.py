"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from workstation.errors import ExportError
from workstation.export import finish_killed, write_files
from workstation.export.plans import Plan

NEW = {"a-files/lead.png": b"new picture", "a-files/manifest.json": b"{}", "a.html": b"new text"}
OLD = {"a-files/lead.png": b"old picture", "a.html": b"old text", "kept.txt": b"not ours"}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def fill(folder: Path) -> None:
    for name, data in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_every_file_is_written_and_nothing_else_stays(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    write_files(folder, NEW)
    assert tree(folder) == NEW
    assert names(folder) == {*NEW, "a-files"}


def test_files_that_stood_there_are_replaced_and_others_left(tmp_path: Path) -> None:
    fill(tmp_path)
    write_files(tmp_path, NEW)
    assert tree(tmp_path) == {**NEW, "kept.txt": b"not ours"}


def test_pictures_come_first_and_the_text_last(tmp_path: Path) -> None:
    paths = write_files(tmp_path, {"a.html": b"", "lead.png": b"", "a-files/manifest.json": b"", "a-files/x.jpg": b""})
    assert [str(path.relative_to(tmp_path)) for path in paths] == ["a-files/x.jpg", "lead.png", "a-files/manifest.json", "a.html"]


class Failing:
    """Lets a system call pass ``times`` times, then fails it as a full disk does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, times: int, code: int) -> None:
        self._call = getattr(owner, name)
        self._left = times
        self._code = code
        monkeypatch.setattr(owner, name, self._counted)
        self.failed = False

    def _counted(self, *arguments: object, **options: object) -> object:
        self._left -= 1
        if self._left == -1:
            self.failed = True
            raise OSError(self._code, os.strerror(self._code))
        return self._call(*arguments, **options)


@pytest.mark.parametrize("times", range(10))
@pytest.mark.parametrize("stood", [True, False])
def test_a_disk_that_fills_up_at_any_moment_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, stood: bool
) -> None:
    folder = tmp_path / "out"
    if stood:
        fill(folder)
    before = names(tmp_path), tree(tmp_path)
    disk = Failing(monkeypatch, os, "fsync", times, errno.ENOSPC)
    if times >= (8 if stood else 9):
        write_files(folder, NEW)  # there is no further moment to fail at
        assert not disk.failed
        return
    with pytest.raises(ExportError, match="disk is full"):
        write_files(folder, NEW)
    assert (names(tmp_path), tree(tmp_path)) == before


@pytest.mark.parametrize("name", ["a-files/lead.png", "a-files/manifest.json", "a.html"])
def test_a_folder_where_a_file_should_go_changes_nothing(tmp_path: Path, name: str) -> None:
    others = {other: data for other, data in OLD.items() if other != name}
    for other, data in others.items():
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).write_bytes(data)
    (tmp_path / name).mkdir(parents=True)
    before = names(tmp_path), tree(tmp_path)
    with pytest.raises(ExportError, match="is a folder where a file should go"):
        write_files(tmp_path, NEW)
    assert (names(tmp_path), tree(tmp_path)) == before


def test_an_interruption_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    before = tree(tmp_path)

    moved: list[Path] = []
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, NEW)
    assert tree(tmp_path) == before


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ExportError, match="out is a file, not a folder"):
        write_files(tmp_path / "out" / "deeper", NEW)
    assert tree(tmp_path) == {"out": b"a file"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="may not write"):
        write_files(tmp_path, NEW)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENAMETOOLONG, errno.EIO])
def test_each_cause_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    Failing(monkeypatch, os, "fsync", 0, code)
    with pytest.raises(ExportError) as told:
        write_files(tmp_path / "out", NEW)
    assert str(tmp_path / "out") in told.value.detail
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    "name", ["../a.html", "/etc/a.html", "a\\b.html", "C:a.html", "", "x/../../a", "./a", "a\x00b", "\ud800"]
)
def test_a_name_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="not a name inside the folder"):
        write_files(tmp_path / "out", {name: b"x"})
    assert names(tmp_path) == set()


def test_names_that_some_disks_cannot_tell_apart_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="capital letters"):
        write_files(tmp_path, {"A.png": b"", "a.png": b""})


def test_a_symbolic_link_is_replaced_and_what_it_leads_to_left(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.html").write_bytes(b"precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.html").symlink_to(tmp_path / "elsewhere.html")
    write_files(tmp_path / "out", {"a.html": b"new"})
    assert (tmp_path / "elsewhere.html").read_bytes() == b"precious"
    assert (tmp_path / "out" / "a.html").read_bytes() == b"new"


def test_what_a_killed_export_left_goes_with_the_next_one_and_an_export_on_its_way_stays(tmp_path: Path) -> None:
    killed, running = tmp_path / ".workstation-export-killed", tmp_path / ".workstation-export-running"
    for folder in (killed, running):
        folder.mkdir()
        (folder / "new-0").write_bytes(b"half")
    os.utime(killed, (1, 1))
    write_files(tmp_path, {"a.html": b"new"})
    assert not killed.exists()
    assert (running / "new-0").exists()


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from workstation.export import write_files
replace, left = Path.replace, int(sys.argv[2])
def counted(self, target):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return replace(self, target)
Path.replace = counted
write_files(Path(sys.argv[1]), {"a-files/lead.png": b"new", "a-files/manifest.json": b"new", "a.html": b"new"})
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed")
@pytest.mark.parametrize("moved", range(3))
@pytest.mark.parametrize("by", ["the next start", "the next export"])
def test_an_export_that_is_killed_between_two_files_is_finished(tmp_path: Path, moved: int, by: str) -> None:
    fill(tmp_path)
    subprocess.run([sys.executable, "-c", KILLED_AT, str(tmp_path), str(moved)], check=False)
    assert any(path.name.startswith(".workstation-export-") for path in tmp_path.iterdir())
    if by == "the next start":
        finish_killed(tmp_path)
    else:
        write_files(tmp_path, {"other.html": b"other"})
        (tmp_path / "other.html").unlink()
    moved_files = {"a-files/lead.png": b"new", "a-files/manifest.json": b"new", "a.html": b"new"}
    assert tree(tmp_path) == moved_files | {"kept.txt": b"not ours"}
    assert not any(path.name.startswith(".workstation-export-") for path in tmp_path.iterdir())


def test_an_export_that_goes_on_is_not_finished_by_another_one(tmp_path: Path) -> None:
    stage = tmp_path / ".workstation-export-running"
    stage.mkdir()
    (stage / "new-0").write_bytes(b"half")
    plan = Plan(stage, ["a.html", "b.html"])
    finish_killed(tmp_path)
    assert (stage / "new-0").exists()
    plan.drop()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b'["../../out.html", "b"]'])
def test_a_plan_that_is_damaged_or_leads_out_of_the_folder_moves_nothing(tmp_path: Path, content: bytes) -> None:
    stage = tmp_path / "folder" / "deep" / ".workstation-export-killed"
    stage.mkdir(parents=True)
    (stage / "new-0").write_bytes(b"half")
    (stage / "plan.json").write_bytes(content)
    with suppress(ExportError):
        finish_killed(stage.parent)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in (["new-0", "plan.json"], ["plan.json", "new-0"])
