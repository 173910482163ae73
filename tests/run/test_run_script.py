"""The task runner, in a copy of the project whose Python, apt and id are stand-ins that write down how they were called."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
ORDINARY = ("cat", "cmp", "echo", "find", "grep", "mkdir", "readlink", "rm", "sed", "sort", "tail", "tee", "uname", "xargs")

PYTHON = """#!/bin/sh
[ "$1" != -P ] || shift
case "$1 $2" in
    "-c import sys"*) exit {version_check} ;;
    "- "*) {answer_needs} ;;
    "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
esac
echo "python $*" | head -n 1 >>"$CALLS"
case "$*" in *"$FAIL"*) echo "this is what it said"; exit 7 ;; esac
[ "$2" != workstation ] && [ "$2" != pytest ] || echo "$PWD: $*"
"""


class Machine:
    """A machine with the project in a folder with a space in its name, and nothing on its path but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.root, self.bin, self.home, self.calls = folder / "a clone", folder / "bin", folder / "home", folder / "calls"
        for made in (self.root, self.bin, self.home):
            made.mkdir()
        for name in ("run", "pyproject.toml", "requirements.lock"):
            shutil.copy2(PROJECT / name, self.root)
        for name in (*ORDINARY, "sh", "cp", "head"):
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.put("id", "#!/bin/sh\necho 1000\n")

    def put(self, name: str, text: str) -> None:
        file = self.bin / name
        file.write_text(text)
        file.chmod(0o755)

    def put_python(self, name: str = "python3", *, version_check: int = 0, answer_needs: str = "exit 0") -> None:
        self.put(name, PYTHON.format(version_check=version_check, answer_needs=answer_needs))

    def put_apt(self, *, known: str) -> None:
        """An apt that writes down its calls, and whose cache knows the package ``known`` only."""
        self.put("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\n')
        self.put("apt-cache", f'#!/bin/sh\n[ "$2" = {known} ] && echo "Package: {known}"\n')

    def run(self, *arguments: str, fail: str = "nothing fails", **variables: str) -> subprocess.CompletedProcess[str]:
        """One call of the script from the home folder; ``calls`` holds what it started, this time only."""
        self.calls.write_text("")
        environment: Mapping[str, str] = {
            "PATH": str(self.bin),
            "HOME": str(self.home),
            "CALLS": str(self.calls),
            "FAIL": fail,
            **variables,
        }
        return subprocess.run(
            [self.root / "run", *arguments],
            env=environment,
            cwd=self.home,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_a_display_two_lines_name_the_demo_and_nothing_is_set_up(machine: Machine) -> None:
    machine.put_python()
    done = machine.run()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "./run demo" in done.stderr
    assert not done.stdout
    assert not (machine.root / ".venv").exists()


def test_an_option_without_a_verb_still_needs_a_display(machine: Machine) -> None:
    machine.put_python()
    assert machine.run("--store", "items", "--offline").returncode == 2
    assert machine.run("--store", "x.db", "items").returncode == 0


def test_help_lists_every_verb_of_the_command_line_and_sets_nothing_up(machine: Machine) -> None:
    told = machine.run("help")
    asked = subprocess.run(
        [sys.executable, "-m", "workstation", "--help"], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )
    verbs = [line.split()[0] for line in asked.stdout.splitlines() if line.startswith("    ") and line[4] != " "]
    assert len(verbs) >= 11
    missing = {*verbs, "test", "test-cms", "test-promises", "check", "bench", "help"} - set(told.stdout.split())
    assert not missing
    assert not (machine.root / ".venv").exists()


def test_without_a_python_that_is_new_enough_it_says_so(machine: Machine) -> None:
    for name in ("python3", "python3.11"):
        machine.put_python(name, version_check=1)
    done = machine.run("doctor")
    assert done.returncode == 2
    assert "Python 3.11" in done.stderr
    assert not machine.called()


def test_an_old_python3_is_passed_over_for_a_newer_one(machine: Machine) -> None:
    machine.put_python(version_check=1)
    machine.put_python("python3.12")
    done = machine.run("doctor")
    assert (done.returncode, done.stdout) == (0, f"{machine.home}: -m workstation doctor\n")


def test_the_first_run_installs_without_the_tools_of_the_tests_and_the_second_starts_at_once(machine: Machine) -> None:
    machine.put_python()
    machine.run("items", "--query", "two words")
    quietly = "python -m pip install --quiet --disable-pip-version-check --no-input"
    locked = f"{quietly} --require-hashes -r {machine.root}/requirements.lock"
    placed = f"{quietly} --no-build-isolation --no-deps -e {machine.root}"
    assert [call for call in machine.called() if "pip install" in call] == [locked, placed]
    again = machine.run("items", "--query", "two words")
    assert machine.called() == ["python -m workstation items --query two words"]
    assert not again.stderr


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.lock", "run"])
def test_a_changed_project_is_set_up_again(machine: Machine, file: str) -> None:
    machine.put_python()
    machine.run("doctor")
    with (machine.root / file).open("a") as changed:
        changed.write("# changed\n")
    machine.run("doctor")
    assert any("pip install" in call for call in machine.called())


def test_a_moved_project_is_set_up_again(machine: Machine) -> None:
    machine.put_python()
    machine.run("doctor")
    machine.root = machine.root.rename(machine.root.with_name("moved"))
    machine.run("doctor")
    assert any(call.endswith(f"-e {machine.root}") for call in machine.called())


def test_after_the_tests_the_verbs_and_the_window_install_nothing_more(machine: Machine) -> None:
    machine.put_python()
    machine.run("test")
    assert any(call.endswith("a clone[dev,semantic]") for call in machine.called())
    machine.run("doctor")
    machine.run(DISPLAY=":7")
    assert not any("pip install" in call for call in machine.called())


def test_the_project_is_found_through_a_link(machine: Machine) -> None:
    machine.put_python()
    link = machine.home / "signals"
    link.symlink_to(machine.root / "run")
    done = subprocess.run([link, "help"], env={"PATH": str(machine.bin)}, capture_output=True, text=True, timeout=60, check=True)
    assert "./run demo" in done.stdout
    machine.run("doctor")
    assert (machine.root / ".venv").is_dir()
    assert not (machine.home / ".venv").exists()


def test_a_failed_step_shows_what_it_said_and_where_the_log_is(machine: Machine) -> None:
    machine.put_python()
    done = machine.run("doctor", fail="pip install")
    assert done.returncode == 3
    assert "this is what it said" in done.stderr
    assert str(machine.root / ".venv" / "run.log") in done.stderr
    assert not any("workstation" in call.split("a clone")[-1] for call in machine.called())
    assert machine.run("doctor").returncode == 0


def test_the_demo_goes_into_the_build_folder_unless_told_otherwise(machine: Machine) -> None:
    machine.put_python()
    machine.run("demo")
    assert machine.called()[-1] == f"python -m workstation demo --out {machine.root}/build/demo"
    machine.run("demo", "--out", "here")
    assert machine.called() == ["python -m workstation demo --out here"]
    machine.run("--store", "x.db", "demo")
    assert machine.called() == [f"python -m workstation --store x.db demo --out {machine.root}/build/demo"]


def test_the_tests_stop_at_the_step_that_failed_and_name_it(machine: Machine) -> None:
    machine.put_python()
    done = machine.run("test", fail="-m mypy")
    assert done.returncode == 1
    assert "Failed: mypy" in done.stderr
    assert "this is what it said" in done.stderr
    assert any("ruff check" in call for call in machine.called())
    assert not any("-m pytest" in call for call in machine.called())


def test_the_arguments_of_test_go_to_pytest_and_its_exit_code_comes_back(machine: Machine) -> None:
    machine.put_python()
    done = machine.run("test", "-k", "one or two", fail="-m pytest")
    assert done.returncode == 7
    assert machine.called()[-1] == "python -m pytest -k one or two"
    assert str(machine.root) in machine.run("test").stdout


def test_the_tests_of_content_systems_go_on_without_what_npm_would_bring(machine: Machine) -> None:
    machine.put_python()
    done = machine.run("test-cms", "-k", "one")
    assert machine.called()[-1] == f"python -m pytest {machine.root}/tests/cms -k one"
    assert "Going on without what npm would bring for tests/cms/package.json." in done.stderr
    assert not any("ruff" in call for call in machine.called())


def test_check_is_test_without_pytest(machine: Machine) -> None:
    machine.put_python()
    assert machine.run("check").returncode == 0
    assert "lint_imports" in machine.called()[-1]


NEED = "echo libxcb-cursor.so.0:libxcb-cursor0 libasound.so.2:libasound2; exit 0"


def test_who_may_not_install_gets_the_line_to_type_with_the_names_of_this_system(machine: Machine) -> None:
    machine.put_python(answer_needs=NEED)
    machine.put_apt(known="libasound2t64")
    machine.put("sudo", '#!/bin/sh\necho "sudo $*" >>"$CALLS"\n')
    done = machine.run(DISPLAY=":7")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "sudo apt-get install libxcb-cursor0 libasound2t64" in done.stderr
    assert "./run demo" in done.stderr
    assert not machine.called()


def test_root_installs_what_is_missing(machine: Machine) -> None:
    there = '[ -e "$HOME/there" ] || echo libxcb-cursor.so.0:libxcb-cursor0; true >"$HOME/there"; exit 0'
    machine.put_python(answer_needs=there)
    machine.put_apt(known="none")
    machine.put("id", "#!/bin/sh\necho 0\n")
    done = machine.run(DISPLAY=":7")
    assert done.returncode == 0
    assert any(call.startswith("apt-get") and call.endswith("libxcb-cursor0") for call in machine.called())
    assert not any("sudo" in call for call in machine.called())


def test_the_demo_is_named_only_where_a_window_was_wanted(machine: Machine) -> None:
    machine.put_python(answer_needs=NEED)
    machine.put_apt(known="none")
    done = machine.run("test")
    assert done.returncode == 2
    assert "sudo apt-get install" in done.stderr
    assert "demo" not in done.stderr


def test_a_verb_needs_no_library_of_the_window(machine: Machine) -> None:
    machine.put_python(answer_needs='case "$*" in *xcb*) echo libxcb-cursor.so.0:libxcb-cursor0 ;; esac; exit 0')
    assert machine.run("doctor").returncode == 0
    assert machine.run(DISPLAY=":7").returncode == 2
    assert machine.run(WAYLAND_DISPLAY="wayland-7").returncode == 0


def test_a_library_is_missing_when_it_cannot_be_loaded(machine: Machine) -> None:
    machine.put_python(answer_needs=f'shift; exec {shlex.quote(sys.executable)} - "$@" libnot-here.so.9:libnot-here9')
    done = machine.run(DISPLAY=":7", LD_LIBRARY_PATH=os.environ.get("LD_LIBRARY_PATH", ""))
    assert done.returncode == 2
    assert "libnot-here" in done.stderr
    assert "glib" not in done.stderr


def test_what_npm_brings_is_named_in_files_that_are_there_and_holds_what_the_judges_ask_for() -> None:
    tests, said = PROJECT / "tests" / "cms", (PROJECT / "run").read_text(encoding="utf-8")
    named = re.findall(r"[\w/-]*package\.json", re.findall(r"for wanted in (.*); do", said)[0])
    assert {tests / name for name in named} == set(tests.rglob("package.json"))
    for script in tests.rglob("*.mjs"):
        brought = json.loads((script.parent / "package.json").read_text(encoding="utf-8"))["dependencies"]
        asked = set(re.findall(r"require\('([^']+)'\)", script.read_text(encoding="utf-8")))
        assert asked <= set(brought), script.name
