"""How long the window takes from the start of the process to its first paint, with the sample desk, on a real display.

    xvfb-run -a ./run bench start/measure [--runs 5]

Prints the median, the fastest and the slowest of the runs, after one warm-up, in milliseconds. Each run is a new process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHILD = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
import gc; gc.disable()
from workstation.ui import start, window

def tell(self):
    print(time.process_time(), time.monotonic() - float(sys.argv[2]), flush=True)
    self.close()
    QApplication.quit()

make = window.Window.__init__
def make_and_tell(self, *parts):
    make(self, *parts)
    self.painted.connect(lambda: tell(self))
window.Window.__init__ = make_and_tell
window.PreviewPane.start = window.StoryPane.start = lambda self: None
start.open_window(Path(sys.argv[1]), gc.enable)
"""


def first_paint(store: Path) -> tuple[float, float]:
    """Seconds from the start of a process to the first paint of its window, and of the processor's work until then."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as ./run starts it
    call = [sys.executable, "-c", CHILD, str(store), str(time.monotonic())]
    told = subprocess.run(call, check=True, capture_output=True, text=True, timeout=120, env=env).stdout
    processor, first = told.split()[-2:]
    return float(first), float(processor)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "desk.db"
        subprocess.run([sys.executable, "-m", "workstation", "--store", str(store), "sample"], check=True, capture_output=True)
        first_paint(store)
        told = [first_paint(store) for _ in range(runs)]
    times = sorted(1000 * first for first, _ in told)
    work = 1000 * statistics.median(processor for _, processor in told)
    print(f"start to first paint, {runs} runs: median {statistics.median(times):.0f} ms, {times[0]:.0f} to {times[-1]:.0f} ms")
    print(f"of it work of the processor, which holds on a busy machine too: median {work:.0f} ms")


if __name__ == "__main__":
    main()
