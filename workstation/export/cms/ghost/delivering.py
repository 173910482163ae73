"""Ghost, through its Admin API: a draft the first time, the same post ever after.

A new post is made in two steps, so that no answer that is lost doubles it: first an empty draft whose slug is the parcel's mark,
then its text together with the slug of the story. While the mark stands, the draft is found again by it; after that its id is
known. From then on status, slug, tags, authors and access are the site's own: they are never sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation.domain.destination import Destination
from workstation.domain.wording import shortened
from workstation.errors import HeldBackError
from workstation.export.cms.calling import Answer
from workstation.export.cms.comparing import told_slug
from workstation.export.cms.delivery import Handling, Memory, Parcel, Receipt, Standing
from workstation.export.cms.ghost.pictures import sent_pictures, with_pictures
from workstation.export.cms.ghost.post import LIMITS, WRITTEN, Left, values_of
from workstation.export.cms.ghost.site import Site, error_of, open_site

_TWINS = 4
"""So many drafts of one mark are looked for: Ghost numbers slugs that are taken."""
_FORMATS = {"formats": "html"}
_LIMITS_OF = {
    "Author": ("This user may only change posts of their own.",),
    "Contributor": (
        "This user may not publish: an editor there has to, and from then on only an editor can send updates.",
        "This user may not give a post tags.",
    ),
}

Post = Mapping[str, Any]


def check(destination: Destination, secret: str, handling: Handling) -> Standing:
    """Ask who we are there and what we may not do."""
    site = open_site(destination, secret, handling)
    if site.member is None:
        return Standing(site=site.name, user="an integration", limits=("New posts are under the name of the site's owner.",))
    user = f"{site.member.name} ({site.member.role})"
    return Standing(site=site.name, user=user, limits=_LIMITS_OF.get(site.member.role, ()))


def deliver(parcel: Parcel, destination: Destination, secret: str, memory: Memory, handling: Handling) -> Receipt:
    """Send a parcel; see :data:`workstation.export.cms.delivery.Deliver`."""
    site = open_site(destination, secret, handling)
    handling.progress("Looking for the post")
    left_out: list[str] = []
    post, is_new = _post(site, parcel, memory, handling, left_out)
    number, left, present = str(post["id"]), Left.read(memory.state()), values_of(post)
    left = left.settled(present)
    _require_ours(left, left.sent or {}, present, post, handling)  # before any picture goes out
    addresses = sent_pictures(site, parcel, memory, handling, left_out)
    handling.progress("Sending the text")
    content = with_pictures(parcel, addresses)
    ours = _ours(parcel, content, addresses, left_out)
    _require_ours(left, ours, present, post, handling)
    fields = left.to_write(ours, present, force=handling.force)
    memory.keep_post(number, _readers(post), left.meaning(present, fields).written())
    taken = _written(site, post, {**fields, **_first_fields(post, parcel)})
    memory.keep_post(number, _readers(taken), left.taken(values_of(taken), ours, fields).written())
    return Receipt(
        post=number,
        address=_readers(taken),
        edit=f"{site.url}/ghost/#/editor/post/{number}",
        status=str(taken.get("status") or ""),
        sent=content,
        returned=str(taken.get("html") or ""),
        is_new=is_new,
        left_out=(*left_out, *told_slug(_first_fields(post, parcel).get("slug"), taken.get("slug"))),
    )


# --- which post ----------------------------------------------------------------------------------------------------


def _post(site: Site, parcel: Parcel, memory: Memory, handling: Handling, left_out: list[str]) -> tuple[Post, bool]:
    """The post as the site has it, and whether it was made now or by an attempt whose text never arrived."""
    known = _known(site, memory, handling)
    twins = _marked(site, parcel)
    if known is None:
        known = twins[0] if twins else _made(site, parcel, left_out)
        memory.keep_post(str(known["id"]), _readers(known), "")
    for twin in twins:
        if twin["id"] != known["id"] and twin.get("status") == "draft" and not str(twin.get("html") or "").strip():
            site.call("DELETE", f"posts/{twin['id']}/")  # an empty draft of ours that came in late
    return known, _bears_mark(known, parcel)


def _known(site: Site, memory: Memory, handling: Handling) -> Post | None:
    """The post of earlier deliveries; None where there was none, or where it is no more and the editor wants a new one."""
    number = memory.post()
    if not number:
        return None
    answer = site.call("GET", f"posts/{number}/", _FORMATS)
    if answer.status == 404 and error_of(answer):
        if not handling.force:
            raise HeldBackError(
                "The post is no more there",
                f"It was deleted at {site.name}, or made a page. To send it anyway makes a new draft.",
            )
        memory.keep_post("", "", "")
        return None
    return _read(site, answer, "opening the post")


def _marked(site: Site, parcel: Parcel) -> list[Post]:
    """Our drafts that bear the mark still, the oldest first."""
    slugs = ",".join([parcel.mark, *(f"{parcel.mark}-{number}" for number in range(2, _TWINS))])
    answer = site.call("GET", "posts/", {**_FORMATS, "filter": f"slug:[{slugs}]", "order": "created_at asc", "limit": "10"})
    if not answer.good:
        raise site.refused(answer, "looking for the post")
    posts = answer.object.get("posts")
    found = [post for post in posts if _is_post(post)] if isinstance(posts, list) else []
    return [post for post in found if _bears_mark(post, parcel)]


def _made(site: Site, parcel: Parcel, left_out: list[str]) -> Post:
    title = _ours(parcel, "", {}, [])["title"]
    fields: dict[str, Any] = {"title": title, "slug": parcel.mark, "status": "draft", "tags": _tags(site, parcel, left_out)}
    if site.member is not None:
        fields["authors"] = [{"id": site.member.identity}]  # an author has to name themselves
    answer = site.call("POST", "posts/", _FORMATS, fields={"posts": [fields]})
    return _read(site, answer, "making the draft")


def _read(site: Site, answer: Answer, doing: str) -> Post:
    if not answer.good:
        raise site.refused(answer, doing)
    posts = answer.object.get("posts")
    post = posts[0] if isinstance(posts, list) and posts else None
    if post is None or not _is_post(post):
        raise answer.not_understood()
    found: Post = post
    return found


def _is_post(post: Any) -> bool:
    return isinstance(post, dict) and isinstance(post.get("id"), str) and post["id"].isalnum()


def _bears_mark(post: Post, parcel: Parcel) -> bool:
    return str(post.get("slug") or "").startswith(parcel.mark)


def _readers(post: Post) -> str:
    """The address for readers; for a draft one that shows it to whoever has the address."""
    address = str(post.get("url") or "")
    return address if address.startswith(("https://", "http://")) else ""


def _require_ours(left: Left, ours: Mapping[str, str], present: Mapping[str, str], post: Post, handling: Handling) -> None:
    """Held back when somebody has written into the post since."""
    changed = [] if handling.force else left.conflicts(ours, present)
    if changed:
        raise HeldBackError(
            "Somebody changed the post there",
            f"It is not as it was handed over last ({_readers(post)}). To send it anyway writes over this: {' '.join(changed)}",
        )


# --- what it gets --------------------------------------------------------------------------------------------------


def _fields(parcel: Parcel) -> Mapping[str, Any]:
    """The post in the parcel, as Ghost's own form has it."""
    posts = parcel.fields.get("posts")
    return posts[0] if isinstance(posts, list) and posts else parcel.fields


def _ours(parcel: Parcel, content: str, addresses: Mapping[str, str], left_out: list[str]) -> dict[str, str]:
    """The fields as the desk has them; what is too long for Ghost is cut at a word, and told."""
    told = _fields(parcel)
    ours = {name: str(told.get(name) or "") for name in WRITTEN} | {"html": content}
    ours["feature_image"] = addresses.get(parcel.featured or "", "")
    if not ours["feature_image"]:
        ours |= {"feature_image_alt": "", "feature_image_caption": ""}
    for name, longest in LIMITS.items():
        if len(ours[name]) > longest:
            ours[name] = shortened(ours[name], longest - 1)
            left_out.append(f"The {name.replace('_', ' ')} was cut: Ghost takes {longest} characters.")
    return ours


def _written(site: Site, post: Post, fields: Mapping[str, Any]) -> Post:
    """The post when Ghost has taken ``fields``; it takes them only into the very state that was looked at."""
    sent = {name: value or None for name, value in fields.items()} | {"updated_at": post.get("updated_at")}
    answer = site.call("PUT", f"posts/{post['id']}/", {**_FORMATS, "source": "html"}, fields={"posts": [sent]})
    if answer.status == 409:
        raise HeldBackError(
            "Somebody is editing the post there",
            f"It was changed in this very moment ({_readers(post)}), so nothing was written. Close it there, then send again.",
        )
    return _read(site, answer, "sending the text")


def _first_fields(post: Post, parcel: Parcel) -> dict[str, str]:
    """The slug, as long as the post bears our mark."""
    slug = str(_fields(parcel).get("slug") or "")
    return {"slug": slug} if slug and _bears_mark(post, parcel) else {}


def _tags(site: Site, parcel: Parcel, left_out: list[str]) -> list[dict[str, str]]:
    """The tags of a new post, made where they are missing; Ghost takes none of a contributor."""
    told = [tag.get("name") if isinstance(tag, dict) else tag for tag in _fields(parcel).get("tags") or ()]
    names = [str(name) for name in told if name]
    if names and site.member is not None and site.member.role == "Contributor":
        left_out.append(f"The tags were left out, because {site.member.name} may not give any: {', '.join(names)}.")
        return []
    return [{"name": name} for name in names]
