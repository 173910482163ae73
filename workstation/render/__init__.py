"""Form: a story and its publication become the text that one destination takes. Pure: the same story, the same bytes.

``profiles`` lists the forms and has :func:`~workstation.render.profiles.render`; ``forms`` has one module each. What several
of them need stands in ``words``, ``pictures``, ``flat``, ``machines`` and ``mail``; ``house`` is the publication.
Nothing is imported here, so that a window opens before a page is rendered.
"""
