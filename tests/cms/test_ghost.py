"""Stories in a real Ghost: made once, updated ever after, whole, in cards of Ghost's own, and as the reader gets them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from workstation.domain.destination import CmsKind, Destination
from workstation.errors import Cancelled, HeldBackError, SendError
from workstation.export.cms.comparing import Difference, DifferenceKind, differences, shown
from workstation.export.cms.delivery import Handling
from workstation.render.rendering import LeadPlace, Terms
from workstation.workflow.desk import Desk
from workstation.workflow.sending import Sent

from . import ghost_site
from .cutting import Cut, CuttingProxy
from .ghost_site import PASSWORD, Ghost
from .newsroom import REASON, begin, changed, reworded

IN_BODY = Terms(lead=LeadPlace.BODY)
FORCE = Handling(force=True)
NATIVE = frozenset(
    "root paragraph extended-text extended-heading extended-quote list listitem link linebreak image".split()  # noqa: SIM905
)
"""What Ghost's editor makes by itself; an ``html`` card is none that an editor can write in."""


@pytest.fixture(scope="session")
def ghost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ghost]:
    if lacking := ghost_site.lacking():
        pytest.skip(f"Ghost is not here, and cannot be installed without {lacking}")
    try:
        ghost_site.install()
    except ghost_site.NotInstalled as error:
        pytest.skip(f"Ghost could not be installed: {error}")
    with ghost_site.running(tmp_path_factory.mktemp("ghost")) as site:
        yield site


@pytest.fixture(autouse=True)
def empty(ghost: Ghost) -> None:
    """Each test begins with an empty site."""
    ghost.empty()


def house(url: str, name: str = "House") -> Destination:
    return Destination(name=name, kind=CmsKind.GHOST, url=url)


def send(desk: Desk, site: Ghost, number: int, role: str = "Integration", **options: Any) -> Sent:
    known = {one.name for one in desk.sending.destinations.all()}
    if role not in known:
        desk.sending.destinations.add(house(site.url, role), site.keys[role])
    return desk.sending.send(number, role, waive=REASON, **options)


def told(sent: Sent) -> list[Difference]:
    return [one for one in sent.differences if one.kind is not DifferenceKind.MARKS]


def cards(post: dict[str, Any]) -> set[str]:
    """The kinds of everything in a post as Ghost's editor has it."""

    def kinds(node: dict[str, Any]) -> Iterator[str]:
        yield node["type"]
        for child in node.get("children", ()):
            yield from kinds(child)

    return set(kinds(json.loads(post["lexical"])["root"]))


def unlike_the_fragment(
    ghost: Ghost, desk: Desk, browser: Any, number: int, sent: Sent, role: str = "Integration"
) -> list[Difference]:
    """Publish a post, and what the reader gets otherwise than it stands in the fragment: words and links."""
    published = ghost.change(sent.receipt.post, role, status="published")
    page = browser.new_page()
    page.goto(published["url"])
    # Ghost tells the sites that a page leads to where the reader came from.
    markup = re.sub(r"[?&](?:amp;)?ref=127\.0\.0\.1", "", page.locator(".gh-content").first.inner_html())
    page.locator("main img").scroll_into_view_if_needed()  # one alone, or this fails; it is loaded when it is seen
    page.wait_for_function("document.querySelector('.gh-content img').naturalWidth > 0")
    page.close()
    fragment = desk.publishing.rendering(number, "fragment", terms=IN_BODY).text
    assert len(shown(fragment).links) > 2
    return [one for one in differences(fragment, markup) if one.kind in (DifferenceKind.TEXT, DifferenceKind.LINK)]


# --- who sends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Integration", "Administrator", "Editor", "Author", "Contributor"])
def test_a_story_becomes_a_draft_and_then_the_same_post_again(ghost: Ghost, desk: Desk, role: str) -> None:
    number = begin(desk, "orrin-ferry")
    first = send(desk, ghost, number, role)
    [post] = ghost.posts()
    assert (first.receipt.is_new, first.receipt.status, first.receipt.post) == (True, "draft", post["id"])
    assert (post["slug"], post["status"]) == ("orrin-ferry", "draft")
    assert [author["name"].partition(" ")[0] for author in post["authors"]] == ["Olga" if role == "Integration" else role]
    assert [tag["name"] for tag in post["tags"]] == ([] if role == "Contributor" else ["Harbours", "Work & Pay", "Lower Orrin"])
    assert told(first) == []

    reworded(desk, number, "Pilots of the ferry go back to work")
    second = send(desk, ghost, number, role)
    [post] = ghost.posts()
    assert (second.receipt.is_new, second.receipt.post) == (False, first.receipt.post)
    assert post["title"] == "Pilots of the ferry go back to work"
    assert "the council said" in post["html"]
    assert len(ghost.pictures()) == 1
    assert [(entry.destination, entry.post) for entry in desk.publishing.ledger(number)] == [(role, post["id"])] * 2


@pytest.mark.parametrize("role", ["Administrator", "Editor", "Author"])
def test_the_sample_story_comes_back_as_it_was_sent_and_so_the_reader_gets_it(
    ghost: Ghost, desk: Desk, browser: Any, role: str
) -> None:
    _, number = desk.sampling.load()
    sent = send(desk, ghost, number, role, terms=IN_BODY)
    [post] = ghost.posts()
    assert told(sent) == []
    assert sent.missing == sent.receipt.left_out == ()
    assert cards(post) <= NATIVE
    assert unlike_the_fragment(ghost, desk, browser, number, sent, role) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_arrives_whole_in_cards_of_ghosts_own(ghost: Ghost, desk: Desk, name: str) -> None:
    for terms in (Terms(), IN_BODY):
        number = desk.writing.begin(odd_story(name), odd_pictures(name))
        sent = send(desk, ghost, number, terms=terms)
        post = ghost.posts()[-1]
        assert told(sent) == []
        assert cards(post) <= NATIVE
        assert post["title"]


def test_the_lead_image_is_featured_or_in_the_text_and_never_both(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, ghost, number)
    [post], [picture] = ghost.posts(), ghost.pictures()
    assert post["feature_image"].endswith(picture)
    assert post["feature_image_alt"] == 'A quay, "empty" & wide'
    assert shown(post["feature_image_caption"]).blocks[0].text == "The quay on Monday. · Kestrel Wire/Pia Lund"
    assert "<img" not in post["html"]
    send(desk, ghost, number, terms=IN_BODY)
    [post] = ghost.posts()
    assert post["feature_image"] is post["feature_image_alt"] is post["feature_image_caption"] is None
    [image] = [node for node in json.loads(post["lexical"])["root"]["children"] if node["type"] == "image"]
    assert image["src"].endswith(picture)
    assert image["alt"] == 'A quay, "empty" & wide'
    assert shown(image["caption"]).blocks[0].text == "The quay on Monday. · Kestrel Wire/Pia Lund"
    assert ghost.pictures() == [picture]


def test_a_wrong_key_is_told_and_shown_nowhere(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    identity, _, secret = ghost.keys["Integration"].partition(":")
    wrong = f"{identity}:{secret[::-1]}"
    desk.sending.destinations.add(house(ghost.url), wrong)
    with pytest.raises(SendError, match="does not know this key") as raised:
        desk.sending.send(number, "House", waive=REASON)
    assert secret[::-1] not in str(raised.value)
    assert ghost.posts() == []
    assert secret[::-1].encode() not in desk.path.read_bytes()


def test_the_key_of_the_content_api_is_told_to_be_another_one(ghost: Ghost, desk: Desk) -> None:
    with pytest.raises(SendError, match="may only read"):
        send(desk, ghost, begin(desk, "orrin-ferry"), "Content")


def test_a_destination_tells_who_we_are_and_what_we_may_not_do(ghost: Ghost, desk: Desk) -> None:
    for role in ("Integration", "Administrator", "Contributor"):
        desk.sending.destinations.add(house(ghost.url, role), ghost.keys[role])
    first, second, third = (desk.sending.destinations.test(role) for role in ("Integration", "Administrator", "Contributor"))
    assert (first.site, first.user) == ("The Lantern", "an integration")
    assert (second.user, second.limits) == ("Administrator Marrow (Administrator)", ())
    assert len(third.limits) == 2


# --- what others do there meanwhile --------------------------------------------------------------------------------


def test_a_published_post_stays_published_under_its_slug_and_its_tags(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, ghost, number)
    ghost.change(sent.receipt.post, status="published", slug="another-word", tags=[{"name": "Front"}], custom_excerpt="Theirs")
    reworded(desk, number, "The port opens")
    again = send(desk, ghost, number, handling=FORCE)
    [post] = ghost.posts()
    assert (post["status"], post["slug"], again.receipt.status) == ("published", "another-word", "published")
    assert [tag["name"] for tag in post["tags"]] == ["Front"]
    assert post["title"] == "The port opens"
    assert again.receipt.address == f"{ghost.url}/another-word/"


def test_a_colleagues_change_is_told_and_only_written_over_when_the_editor_says_so(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, ghost, number)
    theirs = ghost.posts()[0]["lexical"].replace("stopped at dawn", "stopped at noon")
    ghost.change(sent.receipt.post, "Editor", lexical=theirs)
    with pytest.raises(HeldBackError, match="stopped at noon"):
        send(desk, ghost, number)
    assert "stopped at noon" in ghost.posts()[0]["html"]
    send(desk, ghost, number, handling=FORCE)
    assert "stopped at dawn" in ghost.posts()[0]["html"]
    send(desk, ghost, number)


def test_a_deleted_post_is_made_anew_only_when_the_editor_says_so(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, ghost, number)
    ghost.ask("DELETE", f"posts/{sent.receipt.post}/")
    with pytest.raises(HeldBackError, match="deleted"):
        send(desk, ghost, number)
    assert ghost.posts() == []
    again = send(desk, ghost, number, handling=FORCE)
    assert again.receipt.is_new
    assert [post["id"] for post in ghost.posts()] == [again.receipt.post]


def test_a_picture_that_is_gone_there_is_sent_anew(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, ghost, number)
    for path in (ghost.folder / "content" / "images").rglob("quay-*.png"):
        path.unlink()
    send(desk, ghost, number)
    [again] = ghost.pictures()
    assert ghost.posts()[0]["feature_image"].endswith(again)


def test_a_post_of_somebody_elses_with_the_same_slug_is_left_alone(ghost: Ghost, desk: Desk) -> None:
    theirs = {"title": "Theirs", "slug": "orrin-ferry", "html": "<p>Words.</p>"}
    ghost.ask("POST", "posts/?source=html", {"posts": [theirs]}, "Editor")
    sent = send(desk, ghost, begin(desk, "orrin-ferry"))
    assert [(post["slug"], post["title"] == "Theirs") for post in ghost.posts()] == [
        ("orrin-ferry", True),
        ("orrin-ferry-2", False),
    ]
    assert "orrin-ferry-2" in sent.receipt.left_out[0]


def test_an_author_cannot_write_over_another_ones_post(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, ghost, number, "Editor")
    reworded(desk, number, "Another headline")
    with pytest.raises(SendError, match="may not do this"):
        send(desk, ghost, number, "Author")
    assert len(ghost.posts()) == 1


# --- network trouble -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.WITHIN])
def test_a_connection_that_breaks_at_any_call_neither_doubles_nor_loses(ghost: Ghost, desk: Desk, cut: Cut) -> None:
    with CuttingProxy(int(ghost.url.rpartition(":")[2])) as proxy:
        desk.sending.destinations.add(house(proxy.url), ghost.keys["Integration"])
        broken = 0
        for at in range(1, 30):
            name = f"ferry-{cut}-{at}"
            number = begin(desk, name, colour=f"#{at:02x}{len(cut):02x}33")
            proxy.arm(cut, at)
            try:
                desk.sending.send(number, "House", IN_BODY, waive=REASON)
            except SendError:
                broken += 1
            if not proxy.was_cut:
                break
            proxy.arm(cut, 0)
            reworded(desk, number, f"Second words of {name}")
            desk.sending.send(number, "House", IN_BODY, waive=REASON)
            mine = [post for post in ghost.posts() if name in post["title"]]
            assert [(post["slug"], post["status"]) for post in mine] == [(name, "draft")], (at, mine)
            assert mine[0]["html"].count("<img") == 1
        assert broken >= 6
    posts, pictures = ghost.posts(), ghost.pictures()
    assert len({post["slug"] for post in posts}) == len(posts) == len(pictures)


def test_a_draft_that_comes_in_late_is_removed_and_one_with_words_stays(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, ghost, number)
    known = desk.sending.sent_to(number, "Integration")
    assert known is not None
    late = {"title": "Late", "slug": known.mark}
    ghost.ask("POST", "posts/", {"posts": [late]})
    written = ghost.ask("POST", "posts/?source=html", {"posts": [{**late, "html": "<p>Somebody wrote here.</p>"}]})["posts"][0]
    send(desk, ghost, number)
    assert sorted(post["id"] for post in ghost.posts()) == sorted([sent.receipt.post, written["id"]])


def test_cancelling_between_calls_sends_no_more_and_goes_on_later(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    steps: list[str] = []
    handling = Handling(progress=steps.append, cancelled=lambda: "Sending the text" in steps)
    with pytest.raises(Cancelled):
        send(desk, ghost, number, handling=handling)
    send(desk, ghost, number)
    [post] = ghost.posts()
    assert post["slug"] == "orrin-ferry"
    assert len(ghost.pictures()) == 1


# --- as the reader and the editor there see it ---------------------------------------------------------------------


def test_the_page_shows_the_words_and_links_of_the_fragment(ghost: Ghost, desk: Desk, browser: Any) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, ghost, number, terms=IN_BODY)
    assert unlike_the_fragment(ghost, desk, browser, number, sent) == []


def test_ghosts_editor_opens_the_draft_and_finds_nothing_to_change(ghost: Ghost, desk: Desk, browser: Any) -> None:
    number = begin(desk, "orrin-ferry")
    receipt = send(desk, ghost, number, terms=IN_BODY).receipt
    before = ghost.posts()[0]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{ghost.url}/ghost/#/signin")
    page.fill("input[name=identification]", "editor@lantern.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("[data-test-button=sign-in]")
    page.wait_for_url("**/ghost/#/**", timeout=60_000)
    page.wait_for_selector("[data-test-nav], nav", timeout=60_000)
    page.goto(receipt.edit)
    page.wait_for_selector("[data-kg='editor'] h2", timeout=60_000)
    assert page.locator("[data-kg='editor'] [data-kg-card='html']").count() == 0
    text = page.locator("[data-kg='editor']").first.inner_text()
    for block in shown(receipt.sent).blocks:
        if block.form != "caption":
            assert block.text in " ".join(text.split())
    context.close()
    assert ghost.posts()[0]["updated_at"] == before["updated_at"]


def test_a_missing_picture_is_told_and_the_rest_goes(ghost: Ghost, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    lead = desk.writing.story(number).lead_image
    assert lead is not None
    changed(desk, number, lead_image=replace(lead, file="gone.png"))
    sent = send(desk, ghost, number)
    assert sent.missing == ("gone.png",)
    assert ghost.posts()[0]["feature_image"] is None
