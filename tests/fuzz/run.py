"""Fuzz one reader: ``python -m tests.fuzz.run NAME --seconds 60``; without a name it lists them.

Needs atheris (the extra "fuzz", Linux). An exception that is none of ours is written down once for each place that it comes from,
with the bytes that brought it, and the run goes on; a hang or too much memory ends it. All is in build/fuzz/NAME; exit 1 when
something was found.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import traceback
from pathlib import Path

try:
    import atheris
except ImportError:  # to list the readers needs none
    atheris = None

if atheris is None:
    from .readers import FUZZED, Fuzzed, tried
else:
    with atheris.instrument_imports(include=["workstation", "defusedxml", "tinycss2"]):
        from .readers import FUZZED, Fuzzed, tried

FOUND = Path(__file__).resolve().parents[2] / "build" / "fuzz"
HANG = 5
"""Seconds that one input may take."""
MEMORY = 1_500
"""Megabytes that the process may take; the instrumented libraries need some hundred of them."""


def main() -> int:
    """Run the fuzzer over one reader in a process of its own, or list what there is."""
    parser = argparse.ArgumentParser(description="Fuzz one reader of foreign bytes.")
    parser.add_argument("name", nargs="?", help="the reader")
    parser.add_argument("--seconds", type=int, default=60, help="how long (60)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.name not in FUZZED:
        print("\n".join(FUZZED), file=sys.stderr if call.name else sys.stdout)
        return 2 if call.name else 0
    folder = FOUND / call.name.replace(" ", "-")
    if call.here:
        return fuzz(FUZZED[call.name], folder, call.seconds)
    before = _findings(folder)
    again = [sys.executable, "-m", "tests.fuzz.run", call.name, "--seconds", str(call.seconds), "--here"]
    code = subprocess.run(again, check=False).returncode
    new = sorted(_findings(folder) - before)
    print(f"{call.name}: {len(new)} new findings in {folder}" if new else f"{call.name}: nothing was found", file=sys.stderr)
    return 1 if new else code


def _findings(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*-*") if path.is_file()}


def fuzz(fuzzed: Fuzzed, folder: Path, seconds: int) -> int:
    """Fuzz in this process; libFuzzer ends it."""
    if atheris is None:
        print('atheris is missing: pip install -e ".[fuzz]" (Linux only).', file=sys.stderr)
        return 3
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in fuzzed.seeds():
        (corpus / _name(seed)).write_bytes(seed)
    known: set[str] = set()

    def once(data: bytes) -> None:
        try:
            tried(fuzzed, data)
        except Exception as error:
            _write_down(error, data, folder, known)

    for seed in [*fuzzed.seeds(), bytes(range(256))]:  # what is loaded at first use is no hang
        once(seed)
    options = [f"-max_total_time={seconds}", f"-timeout={HANG}", f"-rss_limit_mb={MEMORY}", f"-max_len={fuzzed.longest}"]
    told = [f"-artifact_prefix={folder}/", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, *told, str(corpus)], once)
    atheris.Fuzz()
    return 0


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _write_down(error: Exception, data: bytes, folder: Path, known: set[str]) -> None:
    """Keep the first input of each place that raises, with its traceback."""
    at = traceback.extract_tb(error.__traceback__)
    ours = [f"{frame.filename}:{frame.lineno}" for frame in at if "/workstation/" in frame.filename][-1:]
    place = f"{type(error).__name__} {ours}"
    if place in known:
        return
    known.add(place)
    name = f"exception-{type(error).__name__}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    (folder / name).write_bytes(data)
    (folder / f"{name}.txt").write_text("".join(traceback.format_exception(error)))
    print(f"FOUND {place}: {error!r:.200}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
