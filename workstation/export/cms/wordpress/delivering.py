"""WordPress, through its REST API with an application password: a draft the first time, the same post ever after.

A new post is made in two steps, so that no answer that is lost doubles it: first an empty draft whose slug is the parcel's mark,
then its text together with the slug of the story. While the mark stands, the draft is found again by it; after that its id is
known. From then on its status and its slug are the site's own: they are never sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation.domain.destination import Destination
from workstation.errors import HeldBackError, SendError
from workstation.export.cms.calling import TITLE
from workstation.export.cms.comparing import told_slug
from workstation.export.cms.delivery import Handling, Memory, Parcel, Receipt, Standing
from workstation.export.cms.wordpress.pictures import sent_pictures, with_pictures
from workstation.export.cms.wordpress.post import TEXTS, Left, texts_of
from workstation.export.cms.wordpress.site import Site, code_of, open_site, raw, rendered, whole
from workstation.export.cms.wordpress.terms import merged, terms_named

_TERMS = ("categories", "tags")
_TWINS = 4
"""So many drafts of one mark are looked for: WordPress numbers slugs that are taken."""

Post = Mapping[str, Any]


def check(destination: Destination, secret: str, handling: Handling) -> Standing:
    """Ask who we are there and what we may not do."""
    site = open_site(destination, secret, handling)
    limits = {
        "edit_posts": "This user may not write posts: nothing can be sent.",
        "upload_files": "This user may not upload pictures: stories are sent without them.",
        "publish_posts": "This user may not publish: an editor there has to.",
        "manage_categories": "This user may not make categories: those that are missing there are left out.",
    }
    told = tuple(sentence for right, sentence in limits.items() if right not in site.may)
    return Standing(site=site.name, user=f"{site.user_name} ({', '.join(site.roles)})", limits=told)


def deliver(parcel: Parcel, destination: Destination, secret: str, memory: Memory, handling: Handling) -> Receipt:
    """Send a parcel; see :data:`workstation.export.cms.delivery.Deliver`."""
    site = open_site(destination, secret, handling)
    if "edit_posts" not in site.may:
        raise SendError(TITLE, f"{site.user_name} may not write posts at {site.name}. Ask for the role of an author there.")
    handling.progress("Looking for the post")
    left_out: list[str] = []
    post, is_new = _post(site, parcel, memory, handling)
    left = _require_ours(post, memory, handling)
    handling.progress("Sending the pictures")
    pictures = sent_pictures(site, parcel, memory, left_out)
    featured = pictures.get(parcel.featured or "")
    handling.progress("Sending the text")
    content = with_pictures(parcel, pictures)
    fields: dict[str, Any] = {**_texts(parcel), "content": content}
    wanted = {kind: terms_named(site, kind, _names(parcel, kind), left_out) for kind in _TERMS}
    fields |= {kind: _merged(post, kind, wanted[kind], left, parcel) for kind in _TERMS}
    fields |= _featured(post, int(featured.media) if featured else 0, left)
    fields |= _first_fields(post, parcel)
    meant = left.meaning(texts_of(post), fields)
    number, address = str(post["id"]), str(post.get("link") or "")
    memory.keep_post(number, address, meant.written())
    answer = site.call("POST", f"posts/{number}", fields=fields)
    if not answer.good:
        raise site.refused(answer, "sending the text")
    taken = answer.object
    address = str(taken.get("link") or address)
    memory.keep_post(number, address, Left(texts_of(taken), None, wanted, whole(fields.get("featured_media"))).written())
    return Receipt(
        post=number,
        address=address,
        edit=f"{site.home}/wp-admin/post.php?post={number}&action=edit",
        status=str(taken.get("status") or ""),
        sent=content,
        returned=rendered(taken, "content"),
        is_new=is_new,
        left_out=(*left_out, *told_slug(fields.get("slug"), taken.get("slug"))),
    )


# --- which post ----------------------------------------------------------------------------------------------------


def _post(site: Site, parcel: Parcel, memory: Memory, handling: Handling) -> tuple[Post, bool]:
    """The post as the site has it, and whether it was made now or by an attempt whose text never arrived."""
    known = _known(site, memory, handling)
    twins = _marked(site, parcel)
    if known is None and twins:
        known = twins[0]
        memory.keep_post(str(known["id"]), str(known.get("link") or ""), "")
    if known is None:
        known = _made(site, parcel)
        memory.keep_post(str(known["id"]), str(known.get("link") or ""), "")
    for twin in twins:
        if twin["id"] != known["id"] and not raw(twin, "content").strip():
            site.call("DELETE", f"posts/{whole(twin['id'])}")  # into the trash; an empty draft that came in late
    return known, _bears_mark(known, parcel)


def _known(site: Site, memory: Memory, handling: Handling) -> Post | None:
    """The post of earlier deliveries; None where there was none, or where it is no more and the editor wants a new one."""
    number = memory.post()
    if not number:
        return None
    answer = site.call("GET", f"posts/{number}", {"context": "edit"})
    if answer.status in (404, 410) and code_of(answer) == "rest_post_invalid_id":
        if not handling.force:
            raise HeldBackError(
                "The post was deleted there", f"Post {number} is no more at {site.name}. To send it anyway makes a new draft."
            )
        memory.keep_post("", "", "")
        return None
    if not answer.good:
        raise site.refused(answer, "opening the post, which may be published or another user's by now")
    post = answer.object
    if post.get("status") == "trash" and not handling.force:
        raise HeldBackError(
            "The post is in the trash there",
            f"Post {number} was put away at {site.name}. To send it anyway restores it as a draft.",
        )
    return post


def _marked(site: Site, parcel: Parcel) -> list[Post]:
    """Our drafts that bear the mark still, the oldest first."""
    slugs = [parcel.mark, *(f"{parcel.mark}-{number}" for number in range(2, _TWINS))]
    query = {"slug": ",".join(slugs), "status": "any", "context": "edit", "orderby": "id", "order": "asc", "author": site.user}
    answer = site.call("GET", "posts", query)
    if not answer.good:
        raise site.refused(answer, "looking for the post")
    return [post for post in answer.objects if whole(post.get("id")) and _bears_mark(post, parcel)]


def _made(site: Site, parcel: Parcel) -> Post:
    answer = site.call("POST", "posts", fields={"title": _texts(parcel)["title"], "slug": parcel.mark, "status": "draft"})
    if not answer.good:
        raise site.refused(answer, "making the draft")
    post = answer.object
    if not whole(post.get("id")):
        raise answer.not_understood()
    return post


def _bears_mark(post: Post, parcel: Parcel) -> bool:
    return str(post.get("slug") or "").startswith(parcel.mark)


def _require_ours(post: Post, memory: Memory, handling: Handling) -> Left:
    """What we left there; held back when somebody has written into the post since."""
    left = Left.read(memory.state())
    present = texts_of(post)
    changed = left.changes(present)
    if changed and not handling.force:
        raise HeldBackError(
            "Somebody changed the post there",
            f"It is not as it was handed over last ({post.get('link')}). To send it anyway writes over this: {' '.join(changed)}",
        )
    return left


# --- what it gets --------------------------------------------------------------------------------------------------


def _texts(parcel: Parcel) -> dict[str, str]:
    return {name: str(parcel.fields.get(name) or "") for name in TEXTS if name != "content"}


def _names(parcel: Parcel, kind: str) -> list[str]:
    terms = parcel.fields.get("terms") or {}
    return [str(name) for name in terms.get(kind) or ()]


def _first_fields(post: Post, parcel: Parcel) -> dict[str, str]:
    """The slug, as long as the post bears our mark; a status only for what comes back from the trash."""
    fields = {"slug": str(parcel.fields.get("slug") or "")} if _bears_mark(post, parcel) else {}
    return fields | ({"status": "draft"} if post.get("status") == "trash" else {})


def _merged(post: Post, kind: str, wanted: list[int], left: Left, parcel: Parcel) -> list[int]:
    terms = post.get(kind)
    there = [whole(term) for term in terms] if isinstance(terms, list) else []
    is_ours = _bears_mark(post, parcel)  # what it has then is what the site gives every post that has none
    return merged(there, wanted, [term for term in there if wanted] if is_ours else left.terms.get(kind, []))


def _featured(post: Post, wanted: int, left: Left) -> dict[str, int]:
    """The featured picture: ours where there is one; none where the last one was ours; else whatever the site has."""
    if wanted or (left.featured and left.featured == whole(post.get("featured_media"))):
        return {"featured_media": wanted}
    return {}
