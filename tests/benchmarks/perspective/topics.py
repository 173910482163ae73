"""How well unread items on a story's topic are found: the written stories and the sample, all sources in one inbox, all unread.

Each story keeps its first card alone; the other sources of its topic, from other countries, should be found and nothing else.
Run with ``./run bench perspective/topics [--words]``; ``--words`` leaves the meanings out.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

from workstation.domain.item import ItemState
from workstation.workflow import meanings
from workstation.workflow.archive import with_items
from workstation.workflow.desk import Desk

STORIES = Path(__file__).parents[2] / "data/stories"


def fill(desk: Desk) -> dict[str, str]:
    """Put everything into the inbox; answers with the slug of the story that each item belongs to."""
    _, sample = desk.sampling.load()
    slug = desk.writing.story(sample).slug
    belongs = {summary.id: slug for summary in desk.gathering.items(query="is:any", limit=100)}
    for file in sorted(STORIES.glob("*/story.json")):
        slug = json.loads(file.read_text(encoding="utf-8"))["slug"]
        for source in sorted(file.parent.glob("sources/*")):
            belongs |= dict.fromkeys(desk.gathering.capture_file(source).items, slug)
        desk.documents.import_document(file)
    desk.store.items.set_state(belongs, ItemState.UNREAD)
    return belongs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true")
    if parser.parse_args().words:
        meanings.is_installed = lambda: False
    totals = [0, 0, 0]
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db") as desk:
        belongs = fill(desk)
        desk.perspectives.meanings.read_all()
        for entry in desk.writing.entries():
            number = desk.writing.id_of(entry.slug)
            whole = desk.writing.story(number)
            story = replace(whole, signals=whole.signals[:1])
            sourced = {country.code for country in desk.perspectives.of(number, story).sourced}
            own = set(with_items(desk.store, story).item_ids)
            wanted = {
                item
                for item, slug in belongs.items()
                if slug == entry.slug and item not in own and desk.store.items.summary(item).country not in sourced
            }
            found = {related.summary.id for related in desk.perspectives.related(number, story).items}
            counts = (len(found & wanted), len(wanted - found), len(found - wanted))
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
            print(f"{entry.slug:<26} found {counts[0]}, missed {counts[1]}, wrong {counts[2]}")
    print(f"{'all':<26} found {totals[0]}, missed {totals[1]}, wrong {totals[2]}")


if __name__ == "__main__":
    main()
