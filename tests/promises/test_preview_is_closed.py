"""Attacks loaded into the preview as they are, past our own renderer: the real engine runs none, asks nobody, goes nowhere."""

from __future__ import annotations

import base64
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from tests.ui.preview.conftest import READY, Desk, desk, evaluate, open_story, page_html, pane, retype, session, settle, theme
from tests.vectors import Vector, multiplied, written
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.preview.scheme import address_of

__all__ = ["desk", "evaluate", "open_story", "pane", "retype", "session", "settle", "theme"]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Rhi", "RHI", "Vulkan", "GPUInfo", "This plugin does not support")

Rounds = Callable[[int, int], int]
Load = Callable[[bytes], None]

TOUCH = """(() => { for (const one of document.querySelectorAll('*')) {
    for (const own of [...one.attributes]) if (/^on/i.test(own.name))
        one.dispatchEvent(new Event(own.name.slice(2).toLowerCase()));
    one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
} return 1 })()"""


class Ear:
    """Listens on one port of this machine, by TCP and UDP, and counts whoever comes."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        for listen in (self._listen, self._receive):
            threading.Thread(target=listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:
                return
            self.heard.append("a connection")
            connection.close()

    def _receive(self) -> None:
        while True:
            try:
                self._udp.recvfrom(2048)
            except OSError:
                return
            self.heard.append("a packet")

    def close(self) -> None:
        for one in (self._tcp, self._udp):
            one.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.close()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pages said in boxes, which is what the attacks do when they run."""
    from workstation.ui.preview.engine import Page

    heard: list[str] = []
    for name in ("javaScriptAlert", "javaScriptConfirm", "javaScriptPrompt"):
        monkeypatch.setattr(Page, name, lambda _page, _origin, words, *_: heard.append(words), raising=False)
    return heard


@pytest.fixture
def load(pane: PreviewPane, open_story: Callable[[], None], qtbot) -> Load:
    """Load bytes as the page, past everything that makes pages, and wait until they stand."""
    open_story()

    def begin(data: bytes) -> None:
        pane._engine.files.files = {"attack.html": data}
        pane._following.stop()
        with qtbot.waitSignal(pane._engine.page.loadFinished, timeout=READY):
            pane._engine.page.open(address_of("attack.html"))

    return begin


def test_no_attack_acts_in_the_engine(load: Load, pane: PreviewPane, ear: Ear, said: list[str], rounds: Rounds, qtbot) -> None:
    """Each stands alone on its page, at its beginning and in its middle, and everything in it is touched."""
    every = written()
    attacks = every[:: max(1, len(every) // rounds(60, len(every)))] + multiplied(rounds(20, 2000), seed=13)
    for attack in attacks:
        raw = attack.raw(f"http://127.0.0.1:{ear.port}").encode("utf-8", "replace")
        load(b"<!DOCTYPE html><title>attack</title><p>x" + raw)
        pane._engine.run(TOUCH)
        qtbot.wait(15)
        assert (attack, said, ear.heard) == (attack, [], [])
        shown = pane._engine.page.url().toString().partition("#")[0]
        assert shown in (address_of("attack.html").toString(), "about:blank"), attack  # the latter is empty, and noticed
    assert len(attacks) > rounds(70, 2800)


def test_the_same_attacks_would_act_with_scripts_on(
    load: Load, pane: PreviewPane, said: list[str], monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    """Without this the test above could pass because nobody listens."""
    from PySide6.QtWebEngineCore import QWebEngineSettings

    pane._engine.page.settings().setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, True)
    monkeypatch.setattr("workstation.ui.preview.engine._HEADERS", {})
    load(b"<!DOCTYPE html>" + Vector("elements", "<details open ontoggle=%RUN%>x").raw().encode())
    qtbot.waitUntil(lambda: said == ["1"], timeout=READY)


CALLS = """
<link rel=preconnect href="http://127.0.0.1:{port}"><link rel=dns-prefetch href="http://127.0.0.1:{port}">
<script>
new WebSocket("ws://127.0.0.1:{port}"); new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{port}"}}]}}).createOffer();
new EventSource("http://127.0.0.1:{port}"); navigator.sendBeacon("http://127.0.0.1:{port}");
new WebTransport("https://127.0.0.1:{port}");
</script>"""
BESIDE = """(() => { const calls = [
    () => new WebSocket("ws://127.0.0.1:{port}"), () => fetch("http://127.0.0.1:{port}"), () => navigator.sendBeacon("http://127.0.0.1:{port}"),
    () => new EventSource("http://127.0.0.1:{port}"), () => new WebTransport("https://127.0.0.1:{port}"),
    () => {{ const one = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{port}"}}]}}); one.createDataChannel("x");
        one.createOffer().then(offer => one.setLocalDescription(offer)) }},
]; for (const call of calls) try { call() } catch {} return 1 })()"""


def test_sockets_calls_and_early_connections_reach_nobody(load: Load, evaluate, ear: Ear, qtbot) -> None:
    """Not the page's own, and not even those that a script beside the page tries, which is let run."""
    load(page_html(head=CALLS.format(port=ear.port)).encode())
    evaluate(BESIDE.replace("{port}", str(ear.port)).replace("{{", "{").replace("}}", "}"))
    qtbot.wait(700)
    assert ear.heard == []


def test_a_page_of_five_megabytes_is_shown(load: Load, evaluate) -> None:
    long = f"<p>{'A line of the long story. ' * 40}</p>\n" * 5_000
    load(page_html(cards=("One",)).replace("<h3>One</h3>", long).encode())
    assert len(long) > 5_000_000
    assert evaluate("document.querySelectorAll('.card > p').length") == 5_001
    assert evaluate("document.querySelector('h1').textContent") == "Harbour reopens"


DOT = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAA=")


def test_a_page_with_ten_thousand_pictures_is_shown_and_asks_nobody(load: Load, evaluate, ear: Ear, rounds: Rounds) -> None:
    many = rounds(3_000, 10_000)
    pictures = "".join(f'<img src="http://127.0.0.1:{ear.port}/{number}.png" alt="">' for number in range(many))
    load(page_html().replace("<h1>", f"{pictures}<h1>").encode())
    assert evaluate("[...document.images].filter(one => one.naturalWidth).length") == 0
    assert evaluate("document.images.length") == many
    assert ear.heard == []


def test_no_file_of_this_machine_is_read(load: Load, evaluate, tmp_path: Path) -> None:
    """A pipe would hold whoever opens it, and tell."""
    pipe, picture = tmp_path / "pipe", tmp_path / "dot.gif"
    os.mkfifo(pipe)
    picture.write_bytes(DOT)
    elements = (
        "<img id=i src={0}><iframe src={0}></iframe><object data={0}></object><link rel=stylesheet href={0}><embed src={0}>"
    )
    places = "".join(elements.format(QUrl.fromLocalFile(str(file)).toString()) for file in (pipe, picture))
    load(page_html().replace("<h1>", f"{places}<h1>").encode())
    with pytest.raises(OSError, match="No such device"):  # nobody reads at the other end
        os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    assert evaluate("[...document.images].filter(one => one.naturalWidth).length") == 0


def test_nothing_that_is_dropped_is_opened(load: Load, pane: PreviewPane, evaluate, tmp_path: Path, qtbot) -> None:
    """Chromium would open a dropped file in the place of the page."""
    load(page_html().encode())
    file = tmp_path / "x.html"
    file.write_text("<title>dropped</title>")
    brought = QMimeData()
    brought.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.org/")])
    view = pane._engine.view
    places = [view, *view.findChildren(QWidget)]
    assert [place for place in places if place.acceptDrops()] == []
    for place in places:
        drop = QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, brought, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        place.event(drop)
    qtbot.wait(200)
    assert pane._engine.page.url() == address_of("attack.html")
    assert evaluate("document.title") == "Harbour reopens"


def test_what_a_browser_would_offer_beside_the_page_leads_nowhere(
    load: Load, pane: PreviewPane, evaluate, ear: Ear, qtbot
) -> None:
    """View source, save, open in a new window, download, inspect, print: asked for by a program, none opens or asks anything."""
    from PySide6.QtWebEngineCore import QWebEnginePage

    load(page_html().replace("<h1>", f'<a id=go href="http://127.0.0.1:{ear.port}/x" download>x</a><h1>').encode())
    action = QWebEnginePage.WebAction
    for name in (
        *("ViewSource", "OpenLinkInNewWindow", "OpenLinkInNewTab", "OpenLinkInThisWindow", "DownloadLinkToDisk", "SavePage"),
        *("DownloadImageToDisk", "InspectElement", "Back", "Forward", "PasteAndMatchStyle", "Paste", "RequestClose"),
    ):
        pane._engine.page.triggerAction(getattr(action, name))
        qtbot.wait(20)
    with qtbot.waitSignal(pane._engine.page.pdfPrintingFinished, timeout=READY):
        pane._engine.page.printToPdf(os.devnull)
    assert pane._engine.page.url() == address_of("attack.html")
    assert evaluate("document.title") == "Harbour reopens"
    assert ear.heard == []


def test_words_are_found_in_an_attack_and_nothing_follows(load: Load, pane: PreviewPane, said: list[str], qtbot) -> None:
    from PySide6.QtWebEngineCore import QWebEnginePage

    hidden = b"<p hidden=until-found onbeforematch=alert(1)>needle"
    load(b"<!DOCTYPE html><details>a needle<img src=x onerror=alert(1)></details>" + hidden)
    found: list[int] = []
    pane._engine.page.findText("needle", QWebEnginePage.FindFlag(0), lambda result: found.append(result.numberOfMatches()))
    qtbot.waitUntil(lambda: bool(found), timeout=READY)
    assert said == []


def test_the_menu_over_an_attack_only_copies_and_a_drag_out_carries_no_file(load: Load, pane: PreviewPane) -> None:
    load(b'<!DOCTYPE html><a href="javascript:alert(1)">Go</a><img src="file:///etc/hostname">')
    names = [action.text() for action in pane._engine.view.copy_menu(QUrl("javascript:alert(1)")).actions()]
    assert names == ["Copy", "Copy link address"]


def _children(pid: int) -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                yield int(folder.name), (folder / "cmdline").read_text()
        except (OSError, ValueError):
            continue


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells no processes")
def test_a_dead_drawing_or_helping_process_costs_at_most_the_picture(
    load: Load, pane: PreviewPane, desk: Desk, settle, retype, evaluate, qtbot
) -> None:
    """Each of the engine's helpers is killed in turn; afterwards the newest words are on the page, by itself or by one press."""
    load(page_html().encode())
    mine = list(_children(os.getpid()))
    engines = [pid for pid, line in mine if "QtWebEngineProcess" in line]
    below = [pid for parent in engines for pid, line in _children(parent)]
    assert engines
    helpers = [pid for pid, line in mine if "--type=gpu-process" in line or "--type=utility" in line] + [
        pid for pid in (pane._engine.page.renderProcessPid(), *below) if pid
    ]
    for pid in dict.fromkeys(helpers):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        qtbot.wait(300)
    if pane._message.title.text() == "The preview stopped" and pane._stack.currentWidget() is pane._message:
        pane._message.button.click()
    pane._screen.forget()
    pane._start_again()
    settle(pane, desk)
    retype(page_html("After all of them died"))
    assert evaluate("document.querySelector('h1').textContent") == "After all of them died"
    assert pane._stack.currentWidget() is pane._stage
