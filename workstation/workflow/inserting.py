"""Where a quotation goes in that was dropped into a text: between words, never inside one or inside another quotation."""

from __future__ import annotations

from dataclasses import replace

from workstation.domain.body import Body, Run, canonical, is_word_letter


def inserted(body: Body, quotation: Body, at: int | None) -> tuple[Body, int]:
    """``body`` with ``quotation`` in it, and the code point of the plain text where it ends.

    ``at`` is a code point of the body's plain text. A quotation of one paragraph goes between the words there, one of several
    paragraphs below the block there; one that is dropped into another quotation goes below its block. None: at the end.
    """
    if at is None or not body:
        whole = Body((*body.blocks, *quotation.blocks))
        return whole, len(whole.text)
    index, offset = _block_at(body, at)
    block = body.blocks[index]
    offset = _word_edge(block.text, offset)
    if len(quotation.blocks) > 1 or block.quoted or _is_in_quotation(body, at):
        head = (*body.blocks[: index + 1], *quotation.blocks)
        return Body((*head, *body.blocks[index + 1 :])), len(Body(head).text)
    before, after = split_runs(block.runs, offset)
    runs = (*before, *_spaced(block.text, offset, quotation.blocks[0].runs))
    blocks = (*body.blocks[:index], replace(block, runs=(*runs, *after)), *body.blocks[index + 1 :])
    end = len(canonical((*body.blocks[:index], replace(block, runs=runs))).text)
    return canonical(blocks), end


def _block_at(body: Body, at: int) -> tuple[int, int]:
    """The block that holds code point ``at`` of the body's plain text, and the code point inside it; the last one beyond."""
    for index, block in enumerate(body.blocks[:-1]):
        if at <= len(block.text):
            return index, max(0, at)
        at -= len(block.text) + 1
    return len(body.blocks) - 1, min(max(0, at), len(body.blocks[-1].text))


def _word_edge(text: str, at: int) -> int:
    """The nearer end of the word that ``at`` stands in."""
    start = end = at
    while start > 0 and end < len(text) and is_word_letter(text[start - 1]) and is_word_letter(text[start]):
        start -= 1
    while 0 < end < len(text) and is_word_letter(text[end - 1]) and is_word_letter(text[end]):
        end += 1
    return start if at - start < end - at else end


def _is_in_quotation(body: Body, at: int) -> bool:
    """Whether the code point ``at`` of the body's plain text stands inside words that are quoted already."""
    from workstation.review.quoting.quotations import quoting_of  # noqa: PLC0415 - the window is painted before a story is checked

    return any(quotation.start <= at <= quotation.end for quotation in quoting_of(body).quotations)


def split_runs(runs: tuple[Run, ...], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs before code point ``at`` of their text, and those from there on."""
    before: list[Run] = []
    after: list[Run] = []
    for run in runs:
        cut = min(max(0, at), len(run.text))
        before += [replace(run, text=run.text[:cut])] if cut else []
        after += [replace(run, text=run.text[cut:])] if cut < len(run.text) else []
        at -= len(run.text)
    return tuple(before), tuple(after)


_TIGHT_BEFORE, _TIGHT_AFTER = "([{—–-", ")]},.;:!?…—–-"


def _spaced(text: str, at: int, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """``runs`` with the spaces that they need between the words at ``at``."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    lead = Run(" ") if before and not before.isspace() and before not in _TIGHT_BEFORE else None
    trail = Run(" ") if after and not after.isspace() and after not in _TIGHT_AFTER else None
    return (*((lead,) if lead else ()), *runs, *((trail,) if trail else ()))
