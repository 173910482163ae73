"""Stories in a real WordPress: made once, updated ever after, whole, valid for the block editor, and as the reader gets them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.story import LeadImage
from workstation.errors import Cancelled, HeldBackError, SendError
from workstation.export.cms.calling import Caller
from workstation.export.cms.comparing import DifferenceKind, differences, shown
from workstation.export.cms.delivery import Handling
from workstation.render.rendering import LeadPlace, Terms
from workstation.workflow.desk import Desk
from workstation.workflow.sending import Sent

from .cutting import Cut, CuttingProxy
from .newsroom import REASON, begin, changed, destination, reworded
from .wordpress_site import WordPress

IN_BODY = Terms(lead=LeadPlace.BODY)
FORCE = Handling(force=True)


@pytest.fixture(autouse=True)
def empty(request: pytest.FixtureRequest) -> None:
    """Each test begins with an empty site."""
    for name in ("wordpress", "plain_wordpress"):
        if name in request.fixturenames:
            request.getfixturevalue(name).empty()


def send(desk: Desk, site: WordPress, number: int, user: str = "editor", **options: Any) -> Sent:
    known = {one.name for one in desk.sending.destinations.all()}
    if user not in known:
        desk.sending.destinations.add(destination(site.url, user, name=user), site.passwords[user])
    options.setdefault("terms", IN_BODY)
    return desk.sending.send(number, user, waive=REASON, **options)


# --- who sends -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["author", "editor", "administrator"])
def test_a_story_becomes_a_draft_and_then_the_same_post_again(wordpress: WordPress, desk: Desk, user: str) -> None:
    number = begin(desk, "orrin-ferry")
    first = send(desk, wordpress, number, user)
    assert first.receipt.is_new and first.receipt.status == "draft"
    [post] = wordpress.posts()
    assert post["slug"] == "orrin-ferry" and str(post["id"]) == first.receipt.post
    assert [one for one in first.differences if one.kind is not DifferenceKind.MARKS] == []

    reworded(desk, number, "Pilots of the ferry go back to work")
    second = send(desk, wordpress, number, user)
    [post] = wordpress.posts()
    assert not second.receipt.is_new and second.receipt.post == first.receipt.post
    assert post["title"]["raw"] == "Pilots of the ferry go back to work"
    assert "the council said" in post["content"]["raw"]
    assert len(wordpress.pictures()) == 1
    assert [(entry.destination, entry.post) for entry in desk.publishing.ledger(number)] == [(user, str(post["id"]))] * 2


@pytest.mark.parametrize("user", ["author", "editor", "administrator"])
def test_the_sample_story_comes_back_as_it_was_sent(wordpress: WordPress, desk: Desk, user: str) -> None:
    _, number = desk.sampling.load()
    sent = send(desk, wordpress, number, user)
    assert [one for one in sent.differences if one.kind is not DifferenceKind.MARKS] == []
    assert sent.missing == ()
    [post] = wordpress.posts()
    assert differences(sent.receipt.sent, post["content"]["raw"]) == ()


def test_a_picture_goes_with_what_is_told_of_it_and_is_told_anew_but_sent_once(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, wordpress, number)
    [media] = wordpress.pictures()
    assert media["alt_text"] == 'A quay, "empty" & wide'
    assert media["caption"]["raw"] == "The quay on Monday. · Kestrel Wire/Pia Lund"
    [post] = wordpress.posts()
    assert f'"id":{media["id"]}' in post["content"]["raw"] and f"wp-image-{media['id']}" in post["content"]["raw"]
    assert media["source_url"] in post["content"]["raw"]

    story = desk.writing.story(number)
    assert story.lead_image is not None
    changed(desk, number, lead_image=replace(story.lead_image, alt="A full quay"))
    send(desk, wordpress, number)
    [again] = wordpress.pictures()
    assert again["id"] == media["id"] and again["alt_text"] == "A full quay"


def test_the_lead_image_is_featured_or_in_the_text_and_never_both(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, wordpress, number, terms=Terms(lead=LeadPlace.FEATURED))
    [post], [media] = wordpress.posts(), wordpress.pictures()
    assert post["featured_media"] == media["id"] and "<img" not in post["content"]["raw"]
    send(desk, wordpress, number, terms=IN_BODY)
    [post] = wordpress.posts()
    assert post["featured_media"] == 0 and post["content"]["raw"].count("<img") == 1


def test_a_contributor_is_told_that_the_picture_and_the_categories_stay_behind(wordpress: WordPress, desk: Desk) -> None:
    sent = send(desk, wordpress, begin(desk, "orrin-ferry"), "contributor")
    told = " ".join(sent.receipt.left_out)
    assert "The picture “quay.png” was left out" in told and "The category “Harbours” was left out" in told
    [post] = wordpress.posts()
    assert post["status"] == "draft" and "<img" not in post["content"]["raw"] and wordpress.pictures() == []
    assert "a road without a bend" in post["content"]["raw"]


def test_a_subscriber_is_told_that_nothing_can_be_sent(wordpress: WordPress, desk: Desk) -> None:
    with pytest.raises(SendError, match="may not write posts"):
        send(desk, wordpress, begin(desk, "orrin-ferry"), "subscriber")
    assert wordpress.posts() == []


def test_a_wrong_password_is_told_and_shown_nowhere(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    desk.sending.destinations.add(destination(wordpress.url), "wrong secret 7")
    with pytest.raises(SendError, match="does not know this user") as raised:
        desk.sending.send(number, "House", IN_BODY, waive=REASON)
    assert "wrong secret" not in str(raised.value)
    assert wordpress.posts() == []
    assert b"wrong secret" not in desk.path.read_bytes()


def test_a_destination_tells_who_we_are_and_what_we_may_not_do(wordpress: WordPress, desk: Desk) -> None:
    for user in ("administrator", "contributor"):
        desk.sending.destinations.add(destination(wordpress.url, user, name=user), wordpress.passwords[user])
    first, last = (desk.sending.destinations.test(user) for user in ("administrator", "contributor"))
    assert (first.site, first.user) == ("The Lantern", "administrator (administrator)")
    assert first.limits == () and len(last.limits) == 3


def test_categories_and_tags_are_made_once_and_what_others_chose_stays(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, wordpress, number)
    [post] = wordpress.posts()
    names = {term["id"]: term["name"] for term in wordpress.ask("GET", "categories?per_page=100")}
    assert sorted(names[one] for one in post["categories"]) == ["Harbours", "Work &amp; Pay"]
    [tag] = wordpress.ask("GET", "tags?per_page=100")
    assert tag["name"] == "Lower Orrin" and post["tags"] == [tag["id"]]
    own = wordpress.ask("POST", "categories", {"name": "Front page"})["id"]
    kept = [one for one in post["categories"] if names[one] == "Harbours"]
    wordpress.ask("POST", f"posts/{post['id']}", {"categories": [*kept, own]})
    send(desk, wordpress, number)
    [post] = wordpress.posts()
    assert sorted(post["categories"]) == sorted([*kept, own])
    assert len(wordpress.ask("GET", "categories?per_page=100&hide_empty=false")) == 4


def test_it_works_where_addresses_are_plain(plain_wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, plain_wordpress, number)
    send(desk, plain_wordpress, number)
    assert len(plain_wordpress.posts()) == 1 and len(plain_wordpress.pictures()) == 1


# --- what others do there meanwhile --------------------------------------------------------------------------------


def test_a_published_post_stays_published_under_its_slug(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, wordpress, number)
    wordpress.ask("POST", f"posts/{sent.receipt.post}", {"status": "publish", "slug": "another-word"})
    reworded(desk, number, "The port opens")
    again = send(desk, wordpress, number)
    [post] = wordpress.posts()
    assert (post["status"], post["slug"]) == ("publish", "another-word") and again.receipt.status == "publish"
    assert post["title"]["raw"] == "The port opens"


def test_a_colleagues_change_is_told_and_only_written_over_when_the_editor_says_so(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, wordpress, number)
    [post] = wordpress.posts()
    theirs = post["content"]["raw"].replace("stopped at dawn", "stopped at noon")
    wordpress.ask("POST", f"posts/{sent.receipt.post}", {"content": theirs})
    with pytest.raises(HeldBackError, match="stopped at noon"):
        send(desk, wordpress, number)
    assert wordpress.posts()[0]["content"]["raw"] == theirs
    send(desk, wordpress, number, handling=FORCE)
    assert "stopped at dawn" in wordpress.posts()[0]["content"]["raw"]
    send(desk, wordpress, number)


def test_a_post_in_the_trash_comes_back_only_when_the_editor_says_so(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, wordpress, number)
    wordpress.ask("DELETE", f"posts/{sent.receipt.post}")
    with pytest.raises(HeldBackError, match="trash"):
        send(desk, wordpress, number)
    again = send(desk, wordpress, number, handling=FORCE)
    [post] = wordpress.posts()
    assert again.receipt.post == sent.receipt.post and (post["status"], post["slug"]) == ("draft", "orrin-ferry")


def test_a_deleted_post_is_made_anew_only_when_the_editor_says_so(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, wordpress, number)
    wordpress.ask("DELETE", f"posts/{sent.receipt.post}?force=true")
    with pytest.raises(HeldBackError, match="deleted"):
        send(desk, wordpress, number)
    assert wordpress.posts() == []
    again = send(desk, wordpress, number, handling=FORCE)
    [post] = wordpress.posts()
    assert again.receipt.is_new and str(post["id"]) == again.receipt.post


def test_a_deleted_picture_is_sent_anew(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, wordpress, number)
    [media] = wordpress.pictures()
    wordpress.ask("DELETE", f"media/{media['id']}?force=true")
    send(desk, wordpress, number)
    [again] = wordpress.pictures()
    assert again["source_url"] in wordpress.posts()[0]["content"]["raw"]


def test_two_users_of_one_site_have_one_post_of_a_story(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    send(desk, wordpress, number, "author")
    send(desk, wordpress, number, "editor")
    assert len(wordpress.posts()) == 1 and len(wordpress.pictures()) == 1


def test_a_post_of_somebody_elses_with_the_same_slug_is_left_alone(wordpress: WordPress, desk: Desk) -> None:
    wordpress.ask("POST", "posts", {"title": "Theirs", "slug": "orrin-ferry", "status": "draft", "content": "Words."}, "editor")
    sent = send(desk, wordpress, begin(desk, "orrin-ferry"))
    assert "orrin-ferry-2" in sent.receipt.left_out[0]
    assert [post["title"]["raw"] == "Theirs" for post in wordpress.posts()] == [True, False]
    assert wordpress.posts()[0]["content"]["raw"] == "Words."


# --- network trouble -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wordpress", ["debian"], indirect=True)
@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.WITHIN])
def test_a_connection_that_breaks_at_any_call_neither_doubles_nor_loses(
    wordpress: WordPress, open_desk: Callable[[], Desk], cut: Cut
) -> None:
    desk = open_desk()
    with CuttingProxy(int(wordpress.url.rpartition(":")[2])) as proxy:
        desk.sending.destinations.add(destination(proxy.url), wordpress.passwords["editor"])
        broken = 0
        for at in range(1, 60):
            name = f"ferry-{cut}-{at}"
            number = begin(desk, name, colour=f"#{at:02x}{len(cut):02x}33")
            proxy.arm(cut, at)
            try:
                first = desk.sending.send(number, "House", IN_BODY, waive=REASON)
            except SendError:
                broken += 1
            else:
                assert not proxy.was_cut or cut is not Cut.BEFORE or first.receipt.post
                if not proxy.was_cut:
                    break
            proxy.arm(cut, 0)
            reworded(desk, number, f"Second words of {name}")
            desk.sending.send(number, "House", IN_BODY, waive=REASON)
            mine = [post for post in wordpress.posts() if name in post["title"]["raw"]]
            assert [(post["slug"], post["status"]) for post in mine] == [(name, "draft")], (at, mine)
            assert mine[0]["content"]["raw"].count("<img") == 1
        assert broken > 10
    posts, pictures = wordpress.posts(), wordpress.pictures()
    assert len({post["slug"] for post in posts}) == len(posts) == len(pictures)
    assert all(media["alt_text"] for media in pictures)


def test_a_draft_that_comes_in_late_is_put_away(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    sent = send(desk, wordpress, number)
    known = desk.sending.sent_to(number, "editor")
    assert known is not None
    late = {"title": "Late", "slug": known.mark, "status": "draft"}
    wordpress.ask("POST", "posts", late, "editor")
    send(desk, wordpress, number)
    assert [(str(post["id"]) == sent.receipt.post, post["status"]) for post in wordpress.posts()] == [
        (True, "draft"),
        (False, "trash"),
    ]


def test_an_answer_that_drips_ends_at_the_deadline(wordpress: WordPress, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begin(desk, "orrin-ferry")
    monkeypatch.setattr(Caller.__init__, "__defaults__", (2.0,))
    with CuttingProxy(int(wordpress.url.rpartition(":")[2])) as proxy:
        desk.sending.destinations.add(destination(proxy.url), wordpress.passwords["editor"])
        proxy.arm(Cut.DRIP, 3)
        began = time.monotonic()
        with pytest.raises(SendError, match="within 2 seconds"):
            desk.sending.send(number, "House", IN_BODY, waive=REASON)
        assert time.monotonic() - began < 12


def test_cancelling_between_calls_sends_no_more_and_goes_on_later(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    steps: list[str] = []
    handling = Handling(progress=steps.append, cancelled=lambda: "Sending the text" in steps)
    with pytest.raises(Cancelled):
        send(desk, wordpress, number, handling=handling)
    send(desk, wordpress, number)
    [post] = wordpress.posts()
    assert post["slug"] == "orrin-ferry" and len(wordpress.pictures()) == 1


# --- as the reader and the block editor see it ---------------------------------------------------------------------


def test_the_page_shows_the_words_and_links_of_the_fragment(wordpress: WordPress, desk: Desk, browser: Any) -> None:
    for number in (begin(desk, "orrin-ferry"), desk.sampling.load()[1]):
        sent = send(desk, wordpress, number)
        published = wordpress.ask("POST", f"posts/{sent.receipt.post}", {"status": "publish"})
        page = browser.new_page()
        page.goto(published["link"])
        markup = page.locator(".wp-block-post-content, .entry-content").first.inner_html()
        image = page.locator(".wp-block-post-content img").first
        image.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.wp-block-post-content img').naturalWidth > 0")
        page.close()
        fragment = desk.publishing.rendering(number, "fragment", terms=IN_BODY).text
        found = [one for one in differences(fragment, markup) if one.kind in (DifferenceKind.TEXT, DifferenceKind.LINK)]
        assert found == []
        assert len(shown(fragment).links) > 2


def test_the_block_editor_finds_every_block_valid(wordpress: WordPress, desk: Desk, browser: Any) -> None:
    numbers = [begin(desk, "orrin-ferry"), desk.sampling.load()[1]]
    posts = [send(desk, wordpress, number).receipt for number in numbers]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{wordpress.url}/wp-login.php")
    page.fill("#user_login", "editor")
    page.fill("#user_pass", "editor-door")
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    for receipt in posts:
        page.goto(receipt.edit)
        page.wait_for_function(
            "window.wp && wp.data && wp.data.select('core/block-editor')?.getBlocks().length > 3", timeout=60_000
        )
        blocks = page.evaluate(
            "(() => { const all = b => b.flatMap(x => [[x.name, x.isValid], ...all(x.innerBlocks)]);"
            " return all(wp.data.select('core/block-editor').getBlocks()); })()"
        )
        assert [name for name, valid in blocks if not valid] == []
        assert not {"core/freeform", "core/html", "core/missing"} & {name for name, _ in blocks}
        assert page.locator(".block-editor-warning").count() == 0
        assert "core/image" in {name for name, _ in blocks}
    context.close()


def test_a_missing_picture_is_told_and_the_rest_goes(wordpress: WordPress, desk: Desk) -> None:
    number = begin(desk, "orrin-ferry")
    changed(desk, number, lead_image=LeadImage(file="gone.png", alt="Gone"))
    sent = send(desk, wordpress, number)
    assert sent.missing == ("gone.png",)
    assert "<img" not in wordpress.posts()[0]["content"]["raw"]
