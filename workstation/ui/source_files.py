"""Files and folders that the editor chooses to be captured."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.ingest.kinds import SUFFIXES
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.targets import Target, TargetKind

READABLE = ";;".join(
    (
        f"All sources ({' '.join(f'*{ending}' for ending in SUFFIXES)} Bookmarks *.json *.plist *.opml *.xml *.rss *.atom *.rdf)",
        "Saved pages (*.html *.htm *.xhtml *.mhtml *.mht *.webarchive)",
        "Documents (*.pdf *.docx *.odt *.rtf *.txt *.md)",
        "Mails (*.eml *.mbox)",
        "Web archives (*.warc *.warc.gz *.wacz *.zip)",
        "Links and bookmarks (*.url *.webloc *.desktop *.html *.json *.plist Bookmarks)",
        "Feeds and lists of feeds (*.opml *.xml *.rss *.atom *.rdf *.json)",
        "All files (*)",
    )
)


class SourceFiles:
    """Asks over ``window``, and has ``capturing`` capture what was chosen."""

    def __init__(self, capturing: Capturing, window: QWidget) -> None:
        self._capturing, self._window = capturing, window

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self._window, "Capture files", str(Path.home()), READABLE)
        self._capturing.capture([Target(TargetKind.FILE, name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(self._window, "Capture a folder", str(Path.home()))
        if name:
            self._capturing.capture([Target(TargetKind.FILE, name)])
