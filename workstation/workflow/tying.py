"""Words that stand in a text already are tied to a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workstation.domain.body import Body, Run, canonical
from workstation.workflow.inserting import split_runs


def tied(body: Body, start: int, end: int, quote: str) -> Body:
    """``body`` with code points ``start`` to ``end`` of its plain text tied to ``quote``; other ties of these words go."""
    blocks = []
    at = 0
    for block in body.blocks:
        before, rest = split_runs(block.runs, start - at)
        inside, after = split_runs(rest, end - max(start, at))
        blocks.append(replace(block, runs=(*before, *_tied(inside, quote), *after)))
        at += len(block.text) + 1
    return canonical(blocks)


def _tied(runs: tuple[Run, ...], quote: str) -> Iterator[Run]:
    return (replace(run, marks=replace(run.marks, quote=quote)) for run in runs)
