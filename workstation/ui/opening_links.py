"""The one door to the system's own programs: pages of the web in the browser, files and folders of our own making.

A foreign address is opened only when a browser is what takes it. What a captured page calls a link may be a file, a
telephone number or an order to some program, and none of that is ever handed on.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from workstation.ui.wording import mail_address, web_address


def open_page(address: str | None) -> bool:
    """Open a page of the web in the browser; answers whether ``address`` is one, and a browser took it."""
    found = web_address(address)
    return found is not None and QDesktopServices.openUrl(found)


def open_link(address: str | None) -> bool:
    """Open a link of a story: a page of the web, or a letter to somebody."""
    found = web_address(address) or mail_address(address)
    return found is not None and QDesktopServices.openUrl(found)


def open_file(path: Path) -> bool:
    """Open a file or folder that this program has made, or that the editor chose, with what the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
