"""The browser engine behind the preview: it shows the files of one rendering and can reach nothing else.

This module imports QtWebEngine, so it is itself imported only after the window's first paint.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QEvent, QIODevice, QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from workstation.ui.preview.scheme import SCHEME, closed_network, file_at

WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
"""Our scripts run beside the page's own, which are off: the two cannot see each other."""

_LOADED = f"img-src {SCHEME}: data:; font-src data:; style-src 'unsafe-inline'"  # data: is what a house's styles bring along
_POLICY = f"default-src 'none'; {_LOADED}; base-uri 'none'; form-action 'none'"
_HEADERS: Any = {  # PySide declares one value a name, and takes the list of them that Qt's multi-map means
    QByteArray(b"Content-Security-Policy"): [QByteArray(_POLICY.encode())],
    QByteArray(b"X-Content-Type-Options"): [QByteArray(b"nosniff")],
    QByteArray(b"Referrer-Policy"): [QByteArray(b"no-referrer")],
    QByteArray(b"Cache-Control"): [QByteArray(b"no-store")],
}
TOUCH_MS = 600
_TOUCHES = (QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.TouchUpdate)
_ON = frozenset({"AutoLoadImages", "ShowScrollBars", "ScrollAnimatorEnabled", "PlaybackRequiresUserGesture"})


class Files(QWebEngineUrlSchemeHandler):
    """Answers the requests of the own scheme with the bytes of a rendering."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: Mapping[str, bytes] = {}

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        data = self.files.get(file_at(job.requestUrl()) or "")
        if data is None or job.requestMethod() != QByteArray(b"GET"):
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.setAdditionalResponseHeaders(_HEADERS)
        job.reply(QByteArray(_media_type(job.requestUrl())), buffer)


class Refusal(QWebEngineUrlRequestInterceptor):
    """Refuses every request that does not go to the own scheme, before it leaves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refused = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if file_at(info.requestUrl()) is None:
            self.refused += 1
            info.block(True)


class Page(QWebEnginePage):
    """One page that is loaded by its owner and never goes anywhere by itself."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self._awaited: QUrl | None = None

    def open(self, address: QUrl) -> None:
        """Load ``address``: the only navigation that is let through."""
        self._awaited = address
        self.load(address)

    def acceptNavigationRequest(self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main_frame: bool) -> bool:
        if not is_main_frame or self._awaited is None or QUrl(url) != self._awaited:
            return False
        self._awaited = None
        return True

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None

    def javaScriptConsoleMessage(self, *_: Any) -> None:
        """Refusals that Chromium reports to its console are the rule here, not news."""

    def chooseFiles(self, *_: Any) -> list[str]:
        return []


class View(QWebEngineView):
    """Shows the page; copies, and tells the pane of clicks and of the wheel turned with Ctrl."""

    zoom_wished = Signal(int)
    """Steps up or down that the editor turned the wheel with Ctrl."""
    clicked = Signal(float, float)
    """Where the editor clicked without dragging, in CSS pixels from the view's top left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed = QPointF()
        self._touched = QElapsedTimer()
        self.setAcceptDrops(False)

    @property
    def is_touched(self) -> bool:
        """Whether the editor's hands were on the page a moment ago: what scrolls now, they scroll."""
        return self._touched.isValid() and self._touched.elapsed() < TOUCH_MS

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildPolished and isinstance(child := event.child(), QWidget):  # type: ignore[attr-defined]
            child.installEventFilter(self)
            child.setAcceptDrops(False)
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES or (isinstance(event, QMouseEvent) and event.buttons()):
            self._touched.start()
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wished.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self._tell_click(event)
        return False

    def _tell_click(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = at
        elif event.type() == QEvent.Type.MouseButtonRelease:
            moved = (at - self._pressed).manhattanLength()
            if moved < QApplication.startDragDistance():
                self.clicked.emit(at.x() / self.zoomFactor(), at.y() / self.zoomFactor())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        request = self.lastContextMenuRequest()
        menu = self.copy_menu(request.linkUrl() if request else QUrl())
        menu.popup(event.globalPos() if not event.globalPos().isNull() else self.mapToGlobal(QPoint()))

    def copy_menu(self, link: QUrl) -> QMenu:
        """A menu with nothing but copying; of ``link`` too, where the pointer is on one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction("Copy", menu)
        copy.setEnabled(self.hasSelection())
        copy.triggered.connect(lambda: self.triggerPageAction(QWebEnginePage.WebAction.Copy))
        menu.addAction(copy)
        if not link.isEmpty():
            copy_link = QAction("Copy link address", menu)
            copy_link.triggered.connect(lambda: QGuiApplication.clipboard().setText(link.toString()))
            menu.addAction(copy_link)
        return menu


class Engine:
    """The profile, the page and the view of one preview, made together and deleted in the one order that is safe."""

    def __init__(self, parent: QWidget) -> None:
        with closed_network():
            self.profile = QWebEngineProfile()
        self.files = Files(self.profile)
        self.refusal = Refusal(self.profile)
        _close(self.profile, self.files, self.refusal)
        self.page = Page(self.profile)
        _close_page(self.page)
        self.view = View(parent)
        self.view.setPage(self.page)
        self._is_gone = False

    def run(self, script: str, answer: Callable[[Any], object] | None = None) -> None:
        """Run ``script`` from outside the document; ``answer`` gets its value, None when there is none."""
        if answer is None:
            self.page.runJavaScript(script, WORLD)
        else:
            self.page.runJavaScript(script, WORLD, lambda value: None if self._is_gone else answer(value))

    def delete(self) -> None:
        """Delete the view, then the page, then the profile: from a fresh event, never from a handler of the view.

        A page that goes answers all that it was asked and had not answered yet, with nothing. Nobody is told: who asked may be
        half gone, too.
        """
        self._is_gone = True
        for part in (self.view, self.page, self.profile):
            if shiboken6.isValid(part):
                shiboken6.delete(part)


def _close(profile: QWebEngineProfile, files: Files, refusal: Refusal) -> None:
    """Nothing is kept, nothing is sent, nothing is downloaded."""
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setSpellCheckEnabled(False)
    profile.setPushServiceEnabled(False)
    profile.cookieStore().setCookieFilter(_refuse_cookie)
    profile.downloadRequested.connect(lambda download: download.cancel())
    profile.setUrlRequestInterceptor(refusal)
    profile.installUrlSchemeHandler(QByteArray(SCHEME.encode()), files)
    settings = profile.settings()
    for attribute in QWebEngineSettings.WebAttribute:
        settings.setAttribute(attribute, attribute.name in _ON)
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)


def _close_page(page: Page) -> None:
    page.setAudioMuted(True)
    page.permissionRequested.connect(lambda permission: permission.deny())
    page.fullScreenRequested.connect(lambda request: request.reject())
    page.registerProtocolHandlerRequested.connect(lambda request: request.reject())
    page.fileSystemAccessRequested.connect(lambda request: request.reject())


def _refuse_cookie(_request: Any) -> bool:
    return False


def _media_type(address: QUrl) -> bytes:
    kind, _ = mimetypes.guess_type(address.path())
    if kind == "text/html":
        return b"text/html; charset=utf-8"
    return (kind or "application/octet-stream").encode()
