"""Every odd story in a real WordPress, as an author sends it: nothing is lost, and the block editor takes it as it is."""

from __future__ import annotations

from typing import Any

import pytest

from workstation.export.cms.comparing import Difference, DifferenceKind, differences
from workstation.render.rendering import LeadPlace, Terms
from workstation.workflow.desk import Desk

from ..render.odd_stories import NAMES, odd_pictures, odd_story
from .newsroom import REASON, destination
from .wordpress_site import WordPress

TERMS = (Terms(lead=LeadPlace.BODY), Terms(lead=LeadPlace.FEATURED, passages=True))
BLOCKS = """(() => { const all = blocks => blocks.flatMap(one => [[one.name, one.isValid], ...all(one.innerBlocks)]);
    return all(wp.data.select('core/block-editor').getBlocks()); })()"""


@pytest.fixture
def sent(wordpress: WordPress, desk: Desk) -> dict[str, list[Difference]]:
    """What WordPress made of each story, by name; the posts stay until the next test."""
    wordpress.empty()
    desk.sending.destinations.add(destination(wordpress.url, "author"), wordpress.passwords["author"])
    found = {}
    for name in NAMES:
        number = desk.writing.begin(odd_story(name), dict(odd_pictures(name)))
        for terms in TERMS:
            sent = desk.sending.send(number, "House", terms, waive=REASON)
            found[f"{name} {terms.lead}"] = [one for one in sent.differences if one.kind is not DifferenceKind.MARKS]
            kept = wordpress.ask("GET", f"posts/{sent.receipt.post}?context=edit")["content"]["raw"]
            found[f"{name} {terms.lead} kept"] = list(differences(sent.receipt.sent, kept))
    return found


def test_no_word_link_or_picture_of_an_odd_story_is_lost_and_every_block_is_valid(
    wordpress: WordPress, sent: dict[str, list[Difference]], browser: Any
) -> None:
    assert {name: [one.sentence for one in found] for name, found in sent.items() if found} == {}
    posts = wordpress.posts()
    assert len(posts) == len(NAMES)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{wordpress.url}/wp-login.php")
    page.fill("#user_login", "editor")
    page.fill("#user_pass", "editor-door")
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    for post in posts:
        page.goto(f"{wordpress.url}/wp-admin/post.php?post={post['id']}&action=edit")
        page.wait_for_function(
            "window.wp?.data?.select('core/editor')?.getCurrentPostId?.() && wp.data.select('core/block-editor')"
        )
        page.wait_for_function(
            "wp.data.select('core/block-editor').getBlocks().length > 0 || !wp.data.select('core/editor').getEditedPostContent()"
        )
        blocks = page.evaluate(BLOCKS)
        assert [name for name, valid in blocks if not valid] == [], post["title"]["raw"]
        assert not {"core/freeform", "core/html", "core/missing"} & {name for name, _ in blocks}, post["title"]["raw"]
        assert page.locator(".block-editor-warning").count() == 0
    context.close()
