"""Everything that writes, a verb each, in a process of its own: told by lines on its standard input, answered by a line each."""

from __future__ import annotations

import http.client
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from workstation.errors import WorkstationError
from workstation.ingest.door import CHROMIUM_ORIGIN
from workstation.workflow.browser_door import BrowserDoor
from workstation.workflow.desk import Desk
from workstation.workflow.drop_folder import STILL_SECONDS, DropFolder

TEXT = "The ferry sails again.\n\nThe harbour board of Oriel said on Monday that the ferry would sail from Tuesday. " * 8


class Writers:
    """The verbs over one desk in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk.open(folder / "desk.db", offline=True)
        self.story = self.desk.writing.entries()[0].id
        self.later = 0.0
        self.drop = DropFolder(self.desk.store, self.desk.gathering, clock=lambda: time.monotonic() + self.later)
        self.door = BrowserDoor(
            self.desk.gathering, BrowserDoor.file_of(self.desk.path), captured=lambda _: None, warned=lambda _: None
        )
        self.door.switch_on()
        self.desk.gathering.capture_text("warms the worker up\n\n" + TEXT)
        picture = folder.parent / "lead.png"
        Image.effect_noise((500, 300), 60).save(picture)
        self.picture = picture.read_bytes()
        self.dropped = folder.parent / "dropped"
        self.dropped.mkdir()
        self.drop.watch(self.dropped)
        self.count = 0

    def do(self, verb: str) -> object:
        verbs: Mapping[str, Callable[[], object]] = {
            "capture": lambda: self.desk.gathering.capture_text(f"{self.count}\n\n{TEXT}"),
            "picture": lambda: self.desk.writing.set_lead_image(self.story, self.picture, "lead.png"),
            "export": lambda: self.desk.publishing.export(self.story, "page", self.folder / "out", waive="a trial"),
            "document": lambda: self.desk.documents.export_document(self.story, self.folder / "story.zip"),
            "backup": lambda: self.desk.store.backup(self.folder / "backup.db"),
            "version": lambda: self.desk.versions.keep(self.story, f"Version {self.count}"),
            "story": lambda: self.desk.writing.new("Another story"),
            "drop": self._drop,
            "door": self._post,
            "check": self.desk.store.check,
            "items": lambda: sum(self.desk.gathering.counts().values()),
            "files": lambda: sorted(str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file()),
        }
        return verbs[verb]()

    def _drop(self) -> str:
        if not any(self.dropped.iterdir()):
            (self.dropped / "page.txt").write_text(f"Dropped {self.count}\n\n{TEXT}")
        self.drop.look()
        self.later += 2 * STILL_SECONDS
        captured = self.drop.look()
        return captured.message if captured else ""

    def _post(self) -> int:
        body = json.dumps(
            {"url": f"https://gazette.example/{self.count}", "html": f"<article><p>{TEXT}</p></article>", "words": ""}
        )
        token = self.door.state.token
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}", "Origin": CHROMIUM_ORIGIN}
        connection = http.client.HTTPConnection("127.0.0.1", self.door.state.port, timeout=60)
        connection.request("POST", "/capture", body, headers)
        return connection.getresponse().status


def main() -> None:
    """Answer each verb with what it came to, and the error that it raised."""
    writers = Writers(Path(sys.argv[1]))
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        verb = json.loads(line)
        told: dict[str, Any] = {"result": None, "error": "", "is_foreseen": True}
        try:
            writers.count += 1
            result = writers.do(verb)
            told["result"] = result if isinstance(result, (int, str, list)) else str(type(result))
        except Exception as error:
            told |= {"error": str(error) or repr(error), "is_foreseen": isinstance(error, WorkstationError)}
        print(json.dumps(told), flush=True)
    writers.door.close()
    writers.desk.close()


if __name__ == "__main__":
    main()
