"""A real browser that tells what a page did: what ran, where it went, whom it asked. Attacks are tried in it, and our pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.checkers import chromium
from tests.vectors import Vector

_WATCH = """(() => {
    const find = Document.prototype.querySelectorAll, home = document;
    const ran = () => {
        let frame = window, at = -1;
        while (frame.parent !== frame.top) frame = frame.parent;
        if (frame !== frame.top) for (let i = 0; i < top.length; i++) if (top[i] === frame) at = i;
        top.postMessage({ran: at}, '*');
    };
    for (const name of ['alert', 'confirm', 'prompt', 'print']) Object.defineProperty(window, name, {value: ran});
    const all = () => {
        const found = [...find.call(home, '*')];
        for (const one of found) if (one.shadowRoot) found.push(...one.shadowRoot.querySelectorAll('*'));
        return found;
    };
    const attributes = Object.getOwnPropertyDescriptor(Element.prototype, 'attributes').get;
    const touch = one => {
        for (const own of attributes.call(one))
            if (/^on/i.test(own.name)) EventTarget.prototype.dispatchEvent.call(one, new Event(own.name.slice(2).toLowerCase()));
        EventTarget.prototype.dispatchEvent.call(one, new MouseEvent('click', {bubbles: true, cancelable: true}));
    };
    Object.defineProperty(window, 'touchAll', {value: () => all().forEach(one => { try { touch(one) } catch {} })});
    if (window === top) {
        const heard = [];
        addEventListener('message', event => { if (event.data && 'ran' in event.data) heard.push(event.data.ran) });
        Object.defineProperty(window, 'heard', {value: heard});
    }
})()"""
"""In every frame: what attacks call tells the outermost window which of its frames it stood in."""
_TOUCH_FRAMES = """async () => {
    for (let i = 0; i < top.length; i++) {
        try { top[i].touchAll() } catch {}
        await new Promise(done => setTimeout(done, 5));
    }
}"""
_STAY = """document.addEventListener('click', event => {
    const link = event.target.closest?.('a, area');
    if (link && /^(https?|mailto|whatsapp):/.test(link.href)) event.preventDefault();
}, true)"""
"""A click on an ordinary link leads away, as it should, and is not followed."""
_LIVE = """() => [...document.querySelectorAll('*')].filter(one =>
    (one.matches('script, iframe, object, embed, form, base, input, button, math, template, link[rel=stylesheet]')
        && one.type !== 'application/ld+json')
    || one.matches('meta[http-equiv=refresh i]')
    || [...one.attributes].some(own => /^on/i.test(own.name) || own.name === 'srcdoc' || own.name === 'ping'
        || (/^(href|xlink:href|src|action|formaction|data|poster|background)$/i.test(own.name)
            && !(one.matches('img') && own.value.startsWith('data:image/'))
            && !(one.matches('link[rel=icon]') && own.value.startsWith('data:image/'))
            && !/^(https?:|mailto:|whatsapp:|#)/i.test(own.value.replace(/[\\x00-\\x20]/g, ''))
            && /^[^/?#]*:|^[/\\\\]/.test(own.value.replace(/[\\x00-\\x20]/g, ''))))
).map(one => one.outerHTML.slice(0, 200))"""
"""The elements that could do something, or lead to where something is done."""
_SHAPE = """() => [...new Set([...document.querySelectorAll('*')].flatMap(
    one => [one.localName, ...[...one.attributes].map(own => one.localName + ' ' + own.name)]))]"""
_SETTLING = 40
"""Milliseconds that a page of ours is watched for when it stands: whatever starts by itself has started."""


class Server:
    """A web server on this machine that hands out ``pages`` and tells who came: ``connections``, ``asked``."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.connections = 0
        outer = self

        class Listening(ThreadingHTTPServer):
            request_queue_size = 200
            daemon_threads = True

            def get_request(self) -> Any:
                outer.connections += 1
                return super().get_request()

            def handle_error(self, *_: object) -> None:
                """A browser hangs up when it likes."""

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                outer.asked.append(self.path)
                data = outer.pages.get(path)
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8" if data is not None else "text/plain")
                self.send_header("Content-Length", str(len(data or b"")))
                self.end_headers()
                self.wfile.write(data or b"")

            do_POST = do_HEAD = do_GET  # noqa: N815 - the server calls them so

            def log_message(self, *_: object) -> None:
                """Nobody reads along."""

        self._server = Listening(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Told:
    """What one page did. ``live`` are elements that could do something; ``shape`` its elements and their attributes."""

    ran: int = 0
    dialogs: list[str] = field(default_factory=list)
    navigations: list[str] = field(default_factory=list)
    popups: int = 0
    downloads: int = 0
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    live: list[str] = field(default_factory=list)
    shape: frozenset[str] = frozenset()
    words: str = ""

    @property
    def deeds(self) -> list[Any]:
        """Everything that no page of ours may do; empty when all is well."""
        counted = {"ran": self.ran, "popups": self.popups, "downloads": self.downloads, "connections": self.connections}
        listed = [*self.dialogs, *self.navigations, *self.requests, *self.live]
        return [f"{name}: {count}" for name, count in counted.items() if count] + listed


class WatchedBrowser:
    """Opens pages with scripts on, from a server of this machine; ``elsewhere`` is the server that attacks would ask."""

    def __init__(self, browser: Any, home: Server, elsewhere: Server) -> None:
        self._home, self._elsewhere = home, elsewhere
        self._context = browser.new_context(bypass_csp=True, service_workers="block")
        self._context.add_init_script(_WATCH)
        self.elsewhere = elsewhere.address
        self._page_address = f"{home.address}/page.html"
        self._told, self._own = Told(), {self._page_address}
        self._page = self._listening_page()

    def acting(self, vectors: Sequence[Vector]) -> set[int]:
        """The numbers of those vectors that do something when each stands raw on a page of its own."""
        self._elsewhere.asked.clear()
        self._home.pages = {f"/v/{number}": _alone(vector, f"{self.elsewhere}/{number}") for number, vector in enumerate(vectors)}
        frames = "".join(f'<iframe src="/v/{number}" width=300 height=60></iframe>' for number in range(len(vectors)))
        self._home.pages["/all"] = f"<!DOCTYPE html><title>All</title>{frames}".encode()
        page = self._context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.on("popup", lambda popup: popup.close())
        page.goto(f"{self._home.address}/all", wait_until="commit")
        _until_loaded(page)
        page.wait_for_timeout(200)
        page.evaluate(_TOUCH_FRAMES)
        page.wait_for_timeout(300)
        ran = set(page.evaluate("() => [...heard]"))
        page.close()
        asked = {path.split("/")[1] for path in self._elsewhere.asked}
        return {number for number in ran if number >= 0} | {int(number) for number in asked if number.isdigit()}

    def open(self, html: str, files: Mapping[str, bytes] | None = None) -> Told:
        """What a page of ours does when it is opened, looked at and touched everywhere."""
        told, beside = Told(), {f"/{name}": data for name, data in (files or {}).items()}
        self._home.pages = {**beside, "/page.html": html.encode("utf-8", "replace")}
        self._told, self._own = told, {self._page_address, f"{self._home.address}/favicon.ico", *map(self._at_home, beside)}
        before, page = self._elsewhere.connections, self._page
        page.goto(self._page_address, wait_until="load")
        page.evaluate(_STAY)
        told.live, told.shape = page.evaluate(_LIVE), frozenset(page.evaluate(_SHAPE))
        told.words = page.evaluate("() => document.documentElement.textContent")
        page.evaluate("() => touchAll()")
        page.wait_for_timeout(_SETTLING)
        told.ran = len(page.evaluate("() => window.heard || ['another page']"))
        told.connections = self._elsewhere.connections - before
        return told

    def _at_home(self, path: str) -> str:
        return self._home.address + path

    def _listening_page(self) -> Any:
        page = self._context.new_page()
        page.on("dialog", lambda dialog: (self._told.dialogs.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self._told.dialogs.append(f"error {error}"))
        page.on("popup", lambda popup: (setattr(self._told, "popups", self._told.popups + 1), popup.close()))
        page.on("download", lambda _: setattr(self._told, "downloads", self._told.downloads + 1))
        page.on("framenavigated", self._notice_frame)
        page.on("request", self._notice_request)
        return page

    def _notice_frame(self, frame: Any) -> None:
        if frame.url != self._page_address:
            self._told.navigations.append(f"went to {frame.url}")

    def _notice_request(self, request: Any) -> None:
        address = unquote(request.url.split("?")[0])
        if not address.startswith("data:image/") and address not in self._own:
            self._told.requests.append(f"asked {address[:200]}")

    def close(self) -> None:
        self._context.close()


def _alone(vector: Vector, elsewhere: str) -> bytes:
    return vector.raw(elsewhere).encode("utf-8", "replace")


def _until_loaded(page: Any) -> None:
    """Wait for the frames, but not for ever: some attacks never end loading."""
    try:
        page.wait_for_load_state("load", timeout=8000)
    except Exception as late:  # playwright's own error has no public name that can be imported without it
        if "Timeout" not in type(late).__name__:
            raise


@contextmanager
def watched_browser() -> Iterator[WatchedBrowser]:
    """The system's Chromium with the two servers."""
    home, elsewhere = Server(), Server()
    with chromium() as browser:
        watched = WatchedBrowser(browser, home, elsewhere)
        yield watched
        watched.close()
    home.close()
    elsewhere.close()
