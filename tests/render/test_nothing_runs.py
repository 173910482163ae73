"""Attacks in every field of a story and its publication, in a real browser with scripts on: nothing runs or is fetched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields
from html import escape
from itertools import cycle
from typing import Any

import pytest

from workstation.domain.picture import Picture
from workstation.domain.publication import Edition, Labels, Publication
from workstation.domain.story_document import read_document
from workstation.render.profiles import render

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PAGES, FLAT = ("page", "single", "email"), ("fragment", "inline", "wordpress", "ghost")
HOME = "http://desk.test/"
WORDS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>alert(1)'>"),
    *(
        '"><img src=x onerror=alert(1)>',
        "' onfocus=alert(1) autofocus '",
        '" onmouseover=alert(1) x="',
        "</title><svg/onload=alert(1)>",
    ),
    *(
        "</script><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "--><script>alert(1)</script>",
        "--!><svg/onload=alert(1)>",
    ),
    *(
        "<!-- wp:html --><script>alert(1)</script>",
        "<!--kg-card-begin: html--><script>alert(1)</script>",
        "]]><script>alert(1)</script>",
    ),
    *(
        "<meta http-equiv=refresh content='0;url=//evil.test'>",
        "<base href=//evil.test/>",
        "<link rel=stylesheet href=//evil.test/x>",
    ),
    *("}body{background:url(//evil.test/x)}", "<style>@import '//evil.test/x'</style>", "<\u0338img src=x onerror=alert(1)>"),
    *(
        "<scr\x00ipt>alert(1)</scr\x00ipt>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<form action=//evil.test><button autofocus>x",
    ),
    *(
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "\u2028alert(1)\u2029",
    ),
)
ADDRESSES = (
    *("javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.test", "vbscript:x"),
    *('https://safe.test" onclick=alert(1) x="', "https://safe.test/><script>alert(1)</script>", "https://safe.test/-->"),
)
LIVE = """() => [...document.querySelectorAll('*')].filter(one =>
    (one.matches('script, iframe, object, embed, form, base, input, button, math, template, meta[http-equiv=refresh i]')
        && one.type !== 'application/ld+json')
    || [...one.attributes].some(own => /^on/i.test(own.name)
        || (['href', 'src', 'action'].includes(own.name) && /^\\s*(javascript|vbscript|data:text)/i.test(own.value)))
).map(one => one.outerHTML.slice(0, 200))"""
"""The elements that could do something, or lead to where something is done."""


def attacked(shift: int) -> tuple[dict[str, Any], Publication]:
    """A document and a house with an attack in each text; another ``shift`` brings other attacks to each place."""
    words, addresses = cycle(WORDS[shift:] + WORDS[:shift]), cycle(ADDRESSES[shift % len(ADDRESSES) :] + ADDRESSES)

    def body() -> str:
        link = f'<a href="{escape(next(addresses))}">{escape(next(words))}</a>'
        listed = f"<ul><li>{escape(next(words))}</li></ul><blockquote><p>{escape(next(words))}</p></blockquote>"
        return f"<p>{escape(next(words))} {link} <strong>{escape(next(words))}</strong></p>{listed}"

    def card() -> dict[str, Any]:
        sources = [{"name": next(words), "of": next(words), "url": next(addresses), "kind": "person"} for _ in range(3)]
        return {"headline": next(words), "sources": sources, "body": body()}

    texts = {name: next(words) for name in ("headline", "insights", "region", "sponsor")}
    lists = {name: [next(words), next(words)] for name in ("verticals", "bylines", "contributors")}
    image = {"file": "lead.png"} | {name: next(words) for name in ("alt", "caption", "credit")}
    note = {"made": "2031-07-03T12:19:00+01:00", "text": next(words)}
    document = {"format": "workstation-story/1", "slug": "odd", **texts, **lists, "lead_image": image, "corrections": [note]}
    document |= {"language": f'en"{next(words)}', "news": body(), "signals": [card(), card()], "odd": next(words)}
    house = Publication(
        name=next(words),
        rubric=next(words),
        tagline=next(words),
        language=next(words),
        share=(next(words),),
        editions=(Edition(next(words), next(addresses)),),
        labels=Labels(**{label.name: next(words) for label in fields(Labels)}),
        advertisements=True,
    )
    return document, house


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.mark.parametrize("shift", range(0, len(WORDS), 5))
def test_no_attack_in_any_field_runs_or_fetches(browser: playwright.Browser, pictures: Mapping[str, Picture], shift: int) -> None:
    document, house = attacked(shift)
    story = read_document(document).story
    given = {"lead.png": pictures["lock gate.png"]}
    context = browser.new_context(bypass_csp=True)
    page, told, shown = context.new_page(), [], {"text": ""}
    page.on("dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: told.append(f"error {error}"))

    def answer(route: playwright.Route) -> None:
        address = route.request.url
        if address == HOME:
            route.fulfill(body=shown["text"], content_type="text/html; charset=utf-8")
            return
        if not address.startswith((f"{HOME}odd-files/", f"{HOME}favicon")):
            told.append(f"request {address}")
        route.abort()

    context.route("**/*", answer)
    for profile in (*PAGES, *FLAT):
        text = render(profile, story, house, given).text
        shown["text"] = text if profile in PAGES else f"<!DOCTYPE html><html><body>{text}</body></html>"
        page.goto(HOME)
        assert (profile, page.evaluate(LIVE), told) == (profile, [], [])
    context.close()
