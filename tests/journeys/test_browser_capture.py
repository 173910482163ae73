"""A page goes from a real Chromium into a real store: through the extension, by the bookmarklet, never from a hostile page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.checkers import chromium_program
from workstation.domain.clipboard_address import address_in_html, is_whole_page
from workstation.errors import FetchError
from workstation.ingest.fetch import Limits
from workstation.workflow.browser_door import BrowserDoor
from workstation.workflow.desk import Desk

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

LINES = (
    "The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move before sunrise.",
    "“We waited for two harvests”, said the miller Ines Vale, who had come down with her sons to see the first gate swing.",
    "Upstream the mood was calmer: the farmers asked who would pay for the ice that the gates now hold back every winter.",
)
STRICT = "default-src 'none'; script-src 'nonce-a'; sandbox allow-scripts allow-same-origin allow-downloads"
ARTICLE = f"""<!DOCTYPE html><html lang="en"><head><title>A lock opens</title>
<meta property="og:site_name" content="Harbour Gazette"></head><body><nav>Home News Sport</nav><article><h1>A lock opens</h1>
<p>{LINES[0]}</p><p id="said">{LINES[1]}</p><story-end></story-end></article><script nonce="a">
document.querySelector("story-end").attachShadow({{mode: "closed"}}).innerHTML = "<p>{LINES[2]}</p>";
</script></body></html>"""
LOGIN = "<!DOCTYPE html><title>Log in</title><form method=post><input type=password name=p><button>Log in</button></form>"
HOSTILE = """<!DOCTYPE html><title>evil</title><iframe name=sink></iframe><script>
async function attack(targets, token, page) {
    const seen = [];
    const body = JSON.stringify(page);
    const bearer = {"Content-Type": "application/json", "Authorization": "Bearer " + token};
    for (const target of targets) {
        for (const how of [
            {method: "POST", body, headers: bearer},
            {method: "POST", body, headers: bearer, mode: "no-cors"},
            {method: "POST", body, headers: {"Content-Type": "text/plain"}},
            {method: "POST", body: new Blob([body], {type: "application/json"}), mode: "no-cors"},
            {method: "GET"}, {method: "OPTIONS"}, {method: "PUT", body},
        ]) {
            try {
                const answer = await fetch(target, how);
                seen.push(answer.type === "opaque" ? "opaque" : await answer.text());
            } catch { seen.push("refused"); }
        }
        navigator.sendBeacon(target, new Blob([body], {type: "text/plain"}));
        for (const enctype of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]) {
            const form = Object.assign(document.createElement("form"), {method: "post", action: target, enctype, target: "sink"});
            form.append(Object.assign(document.createElement("input"), {name: body.slice(0, -1) + ',"x":"', value: '"}'}));
            document.body.append(form);
            form.submit();
        }
        document.body.append(Object.assign(new Image(), {src: target}));
        await new Promise(done => {
            const socket = new WebSocket(target.replace("http:", "ws:"));
            socket.onopen = () => { seen.push("a socket"); done(); };
            socket.onerror = done;
        });
    }
    return seen;
}
</script>"""


class House(ThreadingHTTPServer):
    """An outlet whose articles are shown to those who are logged in, and, under /evil, a page that attacks."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        logged_in = "editor=known" in self.headers.get("Cookie", "")
        status, body = (200, HOSTILE) if self.path.startswith("/evil") else (200, ARTICLE) if logged_in else (401, LOGIN)
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        if not self.path.startswith("/evil"):
            self.send_header("Content-Security-Policy", STRICT)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def house() -> Iterator[House]:
    house = House()
    yield house
    house.shutdown()
    house.server_close()


@pytest.fixture
def desk(tmp_path: Path, house: House) -> Iterator[Desk]:
    limits = Limits(allow=(f"127.0.0.1:{house.server_port}",))
    with Desk.open(tmp_path / "desk.db", publications=tmp_path, limits=limits) as desk:
        yield desk


@pytest.fixture
def door(desk: Desk) -> Iterator[BrowserDoor]:
    door = BrowserDoor(desk.gathering, BrowserDoor.file_of(desk.path), captured=lambda _: None, warned=lambda _: None)
    door.switch_on()
    yield door
    door.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[playwright.BrowserContext]:
    """Chromium with the extension loaded, as an editor loads it; ``evil.example`` is a name that was bound anew to loopback."""
    folder = BrowserDoor.extension_folder()
    arguments = ["--no-sandbox", "--disable-gpu", "--headless=new", "--host-resolver-rules=MAP evil.example 127.0.0.1"]
    arguments += ["--disable-features=LocalNetworkAccessChecks"]  # the guard of newer browsers is not what is tried here
    arguments += [f"--disable-extensions-except={folder}", f"--load-extension={folder}"]
    with playwright.sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            str(tmp_path_factory.mktemp("profile")),
            executable_path=chromium_program(),
            headless=False,
            args=arguments,
            ignore_default_args=["--disable-extensions"],
        )
        yield context
        context.close()


Press = Callable[[playwright.Page], list[str]]


@pytest.fixture
def press(browser: playwright.BrowserContext) -> Press:
    """Presses the extension's button over a page, as the editor does: it is allowed to read this tab only now."""
    worker = browser.service_workers[0] if browser.service_workers else browser.wait_for_event("serviceworker")

    def press(page: playwright.Page) -> list[str]:
        session = browser.browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(tab["targetId"] for tab in tabs if tab["url"] == page.url)
        session.send("Extensions.triggerAction", {"id": worker.url.split("/")[2], "targetId": tab})
        until, told = time.monotonic() + 40, ["…", ""]
        while told[0] in ("…", "") and time.monotonic() < until:
            time.sleep(0.1)
            told = worker.evaluate("async () => [await chrome.action.getBadgeText({}), await chrome.action.getTitle({})]")
        session.detach()
        worker.evaluate("() => chrome.action.setBadgeText({text: ''})")
        return told

    return press


@pytest.fixture
def paired(browser: playwright.BrowserContext, door: BrowserDoor) -> str:
    """Types port and token into the extension's options; what it says then."""
    worker = browser.service_workers[0] if browser.service_workers else browser.wait_for_event("serviceworker")
    options = browser.new_page()
    options.goto(worker.url.replace("background.js", "options.html"))
    options.fill("#port", str(door.state.port))
    options.fill("#token", door.state.token)
    options.click("button")
    options.locator("#told:not(:empty)").wait_for()
    told = options.inner_text("#told")
    options.close()
    return told


def test_a_page_behind_a_login_comes_in_as_the_editor_sees_it(
    browser: playwright.BrowserContext, press: Press, paired: str, desk: Desk, house: House
) -> None:
    assert paired.startswith("Saved. The workstation answers")
    url = house.url("/articles/lock")
    with pytest.raises(FetchError, match="401"):
        desk.gathering.capture_url(url)
    browser.add_cookies([{"name": "editor", "value": "known", "url": house.url("/")}])
    page = browser.new_page()
    page.goto(url)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")
    assert press(page) == ["✓", "Captured “A lock opens” from Harbour Gazette."]
    page.close()
    (summary,) = desk.gathering.items()
    item = desk.gathering.item(summary.id)
    assert (item.url, item.outlet, item.text.split("\n")) == (url, "Harbour Gazette", list(LINES))
    found = desk.gathering.linked_passage(item.id)
    assert found is not None
    assert item.text[slice(*found)] == LINES[1]


def test_the_extension_says_why_a_page_did_not_come_in(
    browser: playwright.BrowserContext, press: Press, paired: str, desk: Desk, door: BrowserDoor, house: House
) -> None:
    page = browser.new_page()
    page.goto(house.url("/evil"))
    door.new_token()
    badge, told = press(page)
    assert (badge, "Copy it anew" in told) == ("!", True)
    door.switch_off()
    badge, told = press(page)
    assert (badge, "does not answer" in told) == ("!", True)
    page.close()
    assert desk.gathering.items() == []


def test_a_hostile_page_gets_nothing_in_even_with_the_token(
    browser: playwright.BrowserContext, desk: Desk, door: BrowserDoor, house: House
) -> None:
    page = browser.new_page()
    handed = {"url": house.url("/evil"), "html": ARTICLE, "words": ""}
    port = door.state.port
    for host in ("127.0.0.1", "localhost", "evil.example"):
        page.goto(house.url("/evil", host))
        targets = [f"http://{name}:{port}/capture" for name in ("127.0.0.1", "localhost", "evil.example")]
        seen = page.evaluate("([targets, token, page]) => attack(targets, token, page)", [targets, door.state.token, handed])
        assert set(seen) <= {"refused", "opaque"}
    rebound = f"http://evil.example:{port}/"  # the page came from there before its name was bound to loopback
    page.route(rebound, lambda route: route.fulfill(body=HOSTILE, content_type="text/html"))
    page.goto(rebound)
    seen = page.evaluate(
        "([token, page]) => fetch('/capture', {method: 'POST', body: JSON.stringify(page), headers:"
        " {'Content-Type': 'application/json', Authorization: 'Bearer ' + token}}).then(a => a.status, () => 'refused')",
        [door.state.token, handed],
    )
    page.close()
    assert seen == 403
    assert desk.gathering.items() == []


def test_the_bookmarklet_puts_the_page_and_its_address_on_the_clipboard(
    browser: playwright.BrowserContext, desk: Desk, house: House
) -> None:
    browser.add_cookies([{"name": "editor", "value": "known", "url": house.url("/")}])
    page = browser.new_page()
    page.goto(house.url("/articles/lock?a=b#c"))
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")
    code = _code(BrowserDoor.bookmarklet())
    page.evaluate(code)
    assert "press Ctrl+V" in page.inner_text("body ~ div")
    page.goto(house.url("/evil"))
    page.evaluate("document.addEventListener('paste', e => { window.pasted = e.clipboardData.getData('text/html'); })")
    page.keyboard.press("Control+V")
    html = page.wait_for_function("window.pasted").json_value()
    page.close()
    assert is_whole_page(html)
    (id,) = desk.gathering.capture_page(html, address_in_html(html)).items
    item = desk.gathering.item(id)
    assert (item.url, item.text.split("\n")) == (house.url("/articles/lock?a=b"), list(LINES[:2]))
    found = desk.gathering.linked_passage(id)
    assert found is not None
    assert item.text[slice(*found)] == LINES[1]


def test_where_a_page_may_not_copy_the_bookmarklet_saves_a_file_with_the_address(
    browser: playwright.BrowserContext, desk: Desk, house: House, tmp_path: Path
) -> None:
    browser.add_cookies([{"name": "editor", "value": "known", "url": house.url("/")}])
    page = browser.new_page()
    page.goto(house.url("/articles/lock"))
    page.evaluate("document.execCommand = () => false")
    with page.expect_download() as download:
        page.evaluate(_code(BrowserDoor.bookmarklet()))
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.close()
    assert file.name == "A lock opens.html"
    (id,) = desk.gathering.capture_file(file).items
    assert desk.gathering.item(id).url == house.url("/articles/lock")


def _code(bookmarklet: str) -> str:
    from urllib.parse import unquote

    return unquote(bookmarklet.removeprefix("javascript:"))
