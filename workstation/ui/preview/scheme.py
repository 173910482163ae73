"""The address that the preview loads from: an own scheme, so that no page of the web and no file can ever stand in its place.

Importing QtWebEngine costs 30 ms warm and a quarter of a second cold, so nothing here does it before the first paint. Qt only
asks that :func:`prepare` is called before the application is made and :func:`register_scheme` before the first profile.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, unquote

from PySide6.QtCore import QCoreApplication, Qt, QUrl

SCHEME = "workstation-page"
HOST = "story"

_DEAD_PROXY = "127.0.0.1:9"
"""Port 9 discards; Chromium never gets that far, because the interceptor refuses first."""
_FLAGS = (
    f"--proxy-server={_DEAD_PROXY}",
    "--proxy-bypass-list=<-loopback>",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=NetworkPrediction,OptimizationHints",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_FLAGS_VARIABLE = "QTWEBENGINE_CHROMIUM_FLAGS"
_DRAWING = "QT_QUICK_BACKEND"
_SANDBOX_VARIABLE = "QTWEBENGINE_DISABLE_SANDBOX"


def prepare() -> None:
    """Tell Qt, before the application is made, how a browser engine will draw in it. Costs nothing.

    Without a word Qt draws the whole window through OpenGL as soon as it holds a browser engine; where no graphics card does
    that, a key is seen in the preview after 34 ms instead of 17. A page of text needs no graphics card: it is drawn in memory,
    which no driver can take down. Who sets ``QT_QUICK_BACKEND`` decides otherwise.
    """
    os.environ.setdefault(_DRAWING, "software")
    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


def register_scheme() -> None:
    """Import the engine and make the scheme known to it: after the first paint, before the first profile.

    Raises ImportError when QtWebEngine or a library that it needs is missing.
    """
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme  # noqa: PLC0415 - the engine stays out of the start-up

    name = SCHEME.encode()
    if QWebEngineUrlScheme.schemeByName(name).name() == name:
        return
    scheme = QWebEngineUrlScheme(name)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
    QWebEngineUrlScheme.registerScheme(scheme)


@contextmanager
def closed_network() -> Iterator[None]:
    """The environment in which the first profile is made: a dead proxy for Chromium, and as root no sandbox.

    Chromium reads it once; afterwards it is as before, so that the editor's own browser does not inherit it.
    """
    flags = os.environ.get(_FLAGS_VARIABLE, "").split()
    wanted = {_FLAGS_VARIABLE: " ".join([*flags, *(flag for flag in _FLAGS if flag not in flags)])}
    if runs_as_root():
        wanted[_SANDBOX_VARIABLE] = "1"
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def runs_as_root() -> bool:
    """Whether the browser engine has to do without its sandbox."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


def address_of(file: str) -> QUrl:
    """The address that ``file`` of a rendering has in the preview."""
    return QUrl(f"{SCHEME}://{HOST}/{quote(file)}", QUrl.ParsingMode.StrictMode)


def file_at(address: QUrl) -> str | None:
    """The file of a rendering that ``address`` names, or None when it is not an address of the preview."""
    if address.scheme() != SCHEME or address.host() != HOST:
        return None
    return unquote(address.path(QUrl.ComponentFormattingOption.FullyEncoded)).removeprefix("/")
