"""Form: a story and its publication become the text that one destination takes. Pure: the same story, the same bytes.

``profiles`` has the forms and :func:`~workstation.render.profiles.render`, ``insights`` the insights line,
``publication_file`` the reading of a publication. Nothing is imported here, so that a window opens before a page is rendered.
"""
