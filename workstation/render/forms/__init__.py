"""One module a profile: each has one pure renderer and the :class:`~workstation.render.rendering.Profile` that names it."""
