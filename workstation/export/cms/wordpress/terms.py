"""Categories and tags of WordPress by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from workstation.export.cms.wordpress.site import Site, code_of, whole

_LONGEST = 200
_LABELS = {"categories": "category", "tags": "tag"}


def terms_named(site: Site, kind: str, names: Iterable[str], left_out: list[str]) -> list[int]:
    """The ids of the terms of these names; one that is missing is made where the user may, else told in ``left_out``.

    ``kind`` is ``categories`` or ``tags``.
    """
    found: list[int] = []
    for name in dict.fromkeys(" ".join(name.split())[:_LONGEST] for name in names if name.strip()):
        number = _known(site, kind, name) or _made(site, kind, name)
        if number:
            found.append(number)
        else:
            left_out.append(f"The {_LABELS[kind]} “{name}” was left out: {site.user_name} may not make it. Ask an editor there.")
    return list(dict.fromkeys(found))


def merged(there: Sequence[int], wanted: Sequence[int], before: Sequence[int]) -> list[int]:
    """The terms of a post after ours are brought up to date: what others added stays, what they took away stays away."""
    kept = [term for term in there if term in wanted or term not in before]
    return kept + [term for term in wanted if term not in there and term not in before]


def _known(site: Site, kind: str, name: str) -> int:
    answer = site.call("GET", kind, {"search": name, "per_page": 100, "context": "view"})
    if not answer.good:
        raise site.refused(answer, f"looking for the {_LABELS[kind]} “{name}”")
    return next((whole(term.get("id")) for term in answer.objects if _is_called(term, name)), 0)


def _is_called(term: Any, name: str) -> bool:
    return unescape(str(term.get("name") or "")).casefold() == name.casefold()


def _made(site: Site, kind: str, name: str) -> int:
    """A new term; 0 where the user may not make one."""
    answer = site.call("POST", kind, fields={"name": name})
    if answer.good:
        return whole(answer.object.get("id"))
    code = code_of(answer)
    if code == "term_exists":
        return whole(answer.object.get("data", {}).get("term_id"))
    if answer.status in (401, 403) and code:
        return 0
    raise site.refused(answer, f"making the {_LABELS[kind]} “{name}”")
