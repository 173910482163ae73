"""After an fsync that failed a system may take for clean what never reached the disk: nothing is believed saved over that."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.promises.disk import Disk, Kind, Operation, Platter, lay_out, needs_a_compiler
from workstation.domain.story import Story
from workstation.store import Store

pytestmark = needs_a_compiler

SAVES = 40

WRITER = """
    import json, os, random, sys
    from dataclasses import replace
    from pathlib import Path
    from workstation.domain.body import body_from_text
    from workstation.errors import StoreError
    from workstation.store import Store

    rng = random.Random(int(sys.argv[2]))
    with Store.open(Path(sys.argv[1])) as store:
        story = store.stories.get(1)
        for number in range(int(sys.argv[3])):
            words = " ".join(str(rng.random()) for _ in range(rng.choice((10, 2_000, 12_000))))
            try:
                store.stories.save(1, replace(story, headline=str(number), news=body_from_text(words)))
                print(json.dumps(["kept", number]), flush=True)
            except StoreError as error:
                print(json.dumps(["failed", number]), flush=True)
            sys.stdin.readline()
        os._exit(0)  # a desk that is closed brings everything to the disk once more
"""


class ForgetfulPlatter(Platter):
    """A disk under a system that forgets what it could not sync: a later sync that succeeds does not bring it there."""

    def take(self, operation: Operation) -> None:
        if operation.kind is Kind.SYNC and operation.error:
            file = self._file(operation)
            if file is not None:
                file.pending.clear()
        super().take(operation)


def test_a_system_that_forgets_what_it_could_not_sync_takes_nothing_that_was_told_to_be_saved(tmp_path, rounds):
    for turn in range(rounds(2, 60)):
        rng = random.Random(turn)
        folder = tmp_path / str(turn)
        (folder / "desk").mkdir(parents=True)
        with Store.open(folder / "desk" / "desk.db") as store:
            store.stories.add(Story(slug="ferry", headline="first"))
        disk = Disk(folder / "desk", folder / "harness", records=True)
        last, failed = write(disk, rng, turn)
        assert failed, "no fsync failed: this proves nothing"
        platter = ForgetfulPlatter(disk.before, disk.under)
        for operation in disk.log():
            platter.take(operation)
        on_disk = lay_out(platter.cut(Nothing()), disk.under, folder / "after")
        with Store.open(on_disk / "desk.db") as store:
            assert store.check() == []
            assert int(store.stories.get(1).headline) >= last


class Nothing(random.Random):
    """Nothing that was not synced arrives, by no chance."""

    def choice(self, options):
        return options[0]

    def random(self):
        return 0.9


def write(disk: Disk, rng: random.Random, seed: int) -> tuple[int, int]:
    """Save again and again while now and then an fsync fails; answers with the last number that was told to be kept."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", textwrap.dedent(WRITER), str(disk.under / "desk.db"), str(seed), str(SAVES)],
        env=os.environ | {"PYTHONPATH": str(root)} | disk.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    last = failed = 0
    for line in process.stdout:
        told, number = json.loads(line)
        last = number if told == "kept" else last
        failed += told == "failed" or disk.hits() > 0
        disk.heal()
        if rng.random() < 0.6:
            kind = rng.choice((Kind.SYNC, Kind.SYNC, Kind.WRITE))
            error = errno.EIO if kind is Kind.SYNC else rng.choice((errno.EIO, errno.ENOSPC))
            disk.fail(
                error, kind, ending=rng.choice(("", "-wal", ".db")), after=rng.choice((0, 0, 1, 2)), times=rng.choice((1, 3))
            )
        process.stdin.write("\n")
        process.stdin.flush()
    assert process.wait() == 0
    return last, failed
