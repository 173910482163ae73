"""Nothing that a page holds reaches the network, and nothing leads away from the page."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtCore import QUrl

from workstation.ui.preview.scheme import SCHEME, address_of, closed_network, file_at

from .conftest import page_html


class Listener:
    """A web server on every address of this machine that counts who connects."""

    def __init__(self) -> None:
        self.connections: list[str] = []
        outer = self

        class Server(ThreadingHTTPServer):
            def get_request(self):
                request, address = super().get_request()
                outer.connections.append("connected")
                return request, address

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.connections.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET  # noqa: N815 - the server calls it so

            def log_message(self, *_: object) -> None:
                pass

        self._server = Server(("0.0.0.0", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def own_address() -> str:
    """An address of this machine that is not loopback, where it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


HEAD = """
<meta http-equiv="refresh" content="0;url={at}/refresh">
<meta http-equiv="refresh" content="0;url=data:text/html,gone">
<meta http-equiv="x-dns-prefetch-control" content="on">
<link rel="dns-prefetch" href="{at}"><link rel="preconnect" href="{at}"><link rel="preconnect" href="{at}" crossorigin>
<link rel="prefetch" href="{at}/prefetch"><link rel="prerender" href="{at}/prerender"><link rel="modulepreload" href="{at}/m.js">
<link rel="preload" as="image" href="{at}/preload"><link rel="preload" as="font" href="{at}/font" crossorigin>
<link rel="stylesheet" href="{at}/style"><link rel="icon" href="{at}/icon"><link rel="manifest" href="{at}/manifest">
<script type="speculationrules">{{"prefetch": [{{"urls": ["{at}/speculation"]}}]}}</script>
<script src="{at}/script"></script>
<script>document.title = "ran"; fetch("{at}/fetch"); new Image().src = "{at}/image"; location = "{at}/location"</script>
<style>
@import "{at}/import";
@font-face {{ font-family: stolen; src: url({at}/face) }}
h1 {{ font-family: stolen; background: url({at}/background) }} h1::before {{ content: url({at}/content) }}
h3 {{ cursor: url({at}/cursor), auto; list-style: url({at}/bullet); mask: url({at}/mask#m); filter: url({at}/filter#f) }}
</style>
"""
BODY = """
<img src="{at}/img" alt=""><img srcset="{at}/srcset 2x" alt="">
<picture><source srcset="{at}/source"><img src="{at}/p" alt=""></picture>
<img src="x" onerror="document.title = 'ran'; fetch('{at}/onerror')" alt="">
<iframe src="{at}/frame"></iframe><iframe srcdoc="<img src='{at}/srcdoc'>"></iframe><iframe src="javascript:1"></iframe>
<frameset><frame src="{at}/frameset"></frameset><object data="{at}/object"></object><embed src="{at}/embed">
<video src="{at}/video" poster="{at}/poster" autoplay></video><audio src="{at}/audio" autoplay></audio>
<video><track src="{at}/track" default><source src="{at}/vsource"></video>
<svg><image href="{at}/svg"/><use href="{at}/use#a"/><script href="{at}/svgscript"/></svg>
<input type="image" src="{at}/input" alt=""><table background="{at}/table"><tr><td background="{at}/cell">c</td></tr></table>
<form action="{at}/form" method="post" id="f"><button id="send" autofocus>Send</button></form>
<a href="{at}/link" ping="{at}/ping" id="link">Link</a><a href="{at}/blank" target="_blank" id="blank">New window</a>
<a href="{at}/download" download id="download">Download</a><a href="file:///etc/passwd" id="file">File</a>
<img src="file:///etc/hostname" alt="" id="local"><portal src="{at}/portal"></portal><base href="{at}/">
<p onclick="document.title = 'ran'" id="handler">Handler</p><details open ontoggle="document.title = 'ran'">d</details>
"""


def hostile_page(at: str) -> str:
    return page_html(head=HEAD.format(at=at)).replace("<h1>", BODY.format(at=at) + "<h1>")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "own"])
@pytest.mark.parametrize("way", ["loaded", "patched"])
def test_a_hostile_page_reaches_nobody(way, host, listener, open_story, retype, desk, evaluate, qtbot):
    at = f"http://{own_address() if host == 'own' else host}:{listener.port}"
    if way == "loaded":
        desk.html = hostile_page(at)
        open_story()
    else:
        open_story()
        retype(hostile_page(at))
    for name in ("send", "link", "blank", "download", "file", "handler"):
        evaluate(f"(document.getElementById('{name}').click(), 1)")
    qtbot.wait(600)
    assert listener.connections == []
    assert evaluate("location.href") == address_of(desk.main).toString()
    assert evaluate("document.title") == "Harbour reopens"
    assert evaluate("document.querySelector('h1').textContent") == "Harbour reopens"
    assert evaluate("document.getElementById('local').naturalWidth") == 0


def test_the_listener_would_have_heard_an_ordinary_page(listener, qtbot):
    """Without this the tests above could pass because nobody listens."""
    import urllib.request

    urllib.request.urlopen(f"http://127.0.0.1:{listener.port}/heard").close()
    assert "/heard" in listener.connections


def test_without_the_interceptor_the_dead_proxy_still_holds(listener, open_story, pane, desk, retype, qtbot):
    """Each guard is worth something alone: preconnect asks no interceptor."""
    open_story()
    pane._engine.profile.setUrlRequestInterceptor(None)
    retype(hostile_page(f"http://127.0.0.1:{listener.port}"))
    qtbot.wait(400)
    assert listener.connections == []


def test_the_page_has_no_scripts_plugins_storage_or_other_doors(open_story, pane):
    from PySide6.QtWebEngineCore import QWebEngineSettings

    open_story()
    settings = pane._engine.page.settings()
    on = {attribute.name for attribute in QWebEngineSettings.WebAttribute if settings.testAttribute(attribute)}
    assert on <= {"AutoLoadImages", "ShowScrollBars", "ScrollAnimatorEnabled", "PlaybackRequiresUserGesture"}
    assert pane._engine.profile.isOffTheRecord()


AWAY = (
    "https://example.org/", "file:///etc/passwd", f"{SCHEME}://elsewhere/x.html", f"{SCHEME}://story/x.html", "about:srcdoc",
    "data:text/html,x", "blob:null/x", "javascript:document.body.remove()", "chrome://version", "chrome://crash",
    "view-source:x", "mailto:a@example.org", "qrc:/x",
)  # fmt: skip
LINK = """document.body.insertAdjacentHTML("beforeend", '<a id=go href="{0}">go</a>'), document.getElementById("go").click()"""
REFRESH = """document.head.insertAdjacentHTML("beforeend", '<meta http-equiv=refresh content="0;url={0}">')"""


@pytest.mark.parametrize("way", ["link", "script", "refresh"])
def test_no_navigation_is_let_through_but_the_own_load(way, open_story, desk, pane, evaluate, qtbot):
    open_story()
    for address in AWAY:
        script = {"link": LINK, "script": "location.href = '{0}'", "refresh": REFRESH}[way].format(address)
        pane._engine.run(f"document.getElementById('go')?.remove(), {script}")
        qtbot.wait(80)
        assert evaluate("document.querySelector('h1').textContent") == "Harbour reopens", address
        assert evaluate("location.href") == address_of(desk.main).toString(), address


@pytest.mark.parametrize("way", ["link", "refresh"])
def test_the_one_address_that_chromium_opens_unasked_is_noticed_and_can_be_mended(
    way, open_story, retype, desk, pane, settle, qtbot
):
    good = desk.html
    open_story()
    pane._engine.run({"link": LINK, "refresh": REFRESH}[way].format("about:blank"))
    qtbot.waitUntil(lambda: "led away" in pane._message.title.text(), timeout=5000)
    assert pane.shown_bytes is None
    desk.html = good
    pane._message.button.click()
    settle(pane, desk)
    assert pane._stack.currentWidget() is pane._stage


def test_only_the_files_of_the_rendering_are_served(open_story, desk, evaluate):
    desk.pictures["harbour-files/a.png"] = b"not a picture"
    open_story()
    assert file_at(QUrl(f"{SCHEME}://story/..%2Fetc%2Fpasswd")) == "../etc/passwd"
    assert evaluate("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("file", ["river.html", "river-files/lead.jpg", "a b/ü %20 #?.png", "../x", "حوض.html"])
def test_a_file_has_one_address_and_the_address_names_the_file(file):
    assert file_at(address_of(file)) == file


@pytest.mark.parametrize(
    "address", ["https://story/river.html", f"{SCHEME}://other/river.html", "file:///river.html", "about:blank"]
)
def test_a_foreign_address_names_no_file(address):
    assert file_at(QUrl(address)) is None


def test_chromium_gets_a_dead_proxy_and_the_editors_browser_does_not(monkeypatch):
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--my-flag")
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    with closed_network():
        flags = os.environ["QTWEBENGINE_CHROMIUM_FLAGS"].split()
        assert flags[:2] == ["--my-flag", "--proxy-server=127.0.0.1:9"]
        assert (os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") == "1") == (os.geteuid() == 0)
    assert os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] == "--my-flag"
    assert "QTWEBENGINE_DISABLE_SANDBOX" not in os.environ
