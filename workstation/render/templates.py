"""The templates among the resources, filled in a sandbox: everything is escaped, nothing knows the clock or chance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from workstation import resources
from workstation.domain.publication import Publication
from workstation.render.words.characters import clean, composed

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment


def fill(template: str, values: Mapping[str, Any], house: Publication | None = None) -> str:
    r"""The text of a template filled with ``values``: NFC, lines end in ``"\n"``; the house's own one where it has one.

    Raises:
        InputError: the house's own template cannot be used.
    """
    own = house.layouts.get(template.removesuffix(".html")) if house else None
    if house and own:
        from workstation.render.house.own_templates import fill_own  # noqa: PLC0415 - most houses have none

        return fill_own(own, house.templates, values)
    return composed(_environment().get_template(template).render(values))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415 - the window is painted before a page is rendered
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        keep_trailing_newline=True,
        finalize=_cleaned,
        auto_reload=False,
        optimized=False,  # there are no constants to fold: looking for them takes a tenth of the time at the first page
    )
    environment.globals.clear()
    environment.filters.pop("random")
    return environment


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
