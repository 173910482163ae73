"""What is known of the outlets of a desk, from where, and the editor's corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workstation.domain.outlet import DeskOutlet, Outlet, OutletKind
from workstation.errors import InputError, NotFoundError, ReadError
from workstation.workflow.desk import Desk
from workstation.workflow.outlets import Origin

from .conftest import MakeDesk, page, png

KNOWN = "https://www.dawn.com/news/{}"
"""An address of an outlet in the shipped table; the pages are invented."""


def capture(desk: Desk, tmp_path: Path, url: str, outlet: str = "Harbour Gazette", head: str = "") -> str:
    file = tmp_path / f"{abs(hash((url, outlet)))}.html"
    file.write_bytes(page(f"Lock {url}", head=f'<link rel="canonical" href="{url}">{head}', outlet=outlet))
    return desk.gathering.capture_file(file).items[0]


def entry_of(desk: Desk, item: str) -> DeskOutlet:
    entry = desk.outlets.of_item(item)
    assert entry is not None
    return entry


def test_a_page_of_a_known_outlet_bears_the_tables_name_whatever_it_says(desk: Desk, tmp_path: Path) -> None:
    item = capture(desk, tmp_path, KNOWN.format(1), outlet="DAWN dot COM | Home")
    kept, entry = desk.gathering.item(item), entry_of(desk, item)
    assert (kept.outlet, kept.country) == ("Dawn", "PK")
    assert (kept.origins["outlet"], kept.origins["outlet_said"]) == ("outlet table", "DAWN dot COM | Home (open graph)")
    assert entry.outlet == Outlet(
        name="Dawn", domains=("dawn.com",), country="PK", languages=("en",), kind=OutletKind.PRIVATE
    )  # fmt: skip
    assert (entry.items, entry.edited) == (1, False)
    assert set(desk.outlets.origins(entry).values()) == {Origin.TABLE}


def test_what_only_the_page_says_is_the_pages_and_unknown_stays_unknown(desk: Desk, tmp_path: Path) -> None:
    entry = entry_of(desk, capture(desk, tmp_path, "https://harbour-gazette.example/1"))
    assert (entry.outlet.name, entry.outlet.kind, entry.outlet.languages) == ("Harbour Gazette", None, ())
    assert desk.outlets.origins(entry) == {"name": Origin.PAGE, "domains": Origin.PAGE, "country": Origin.PAGE}


def test_the_editors_correction_wins_for_old_items_and_new_ones(desk: Desk, tmp_path: Path) -> None:
    old = capture(desk, tmp_path, KNOWN.format(1))
    entry = entry_of(desk, old)
    word = replace(entry.outlet, name="Dawn (Karachi)", kind=None, country="PK", domains=("dawn.com", "dawn-pictures.example"))
    assert desk.outlets.correct(entry.id, word).items == {old}
    new, other = capture(desk, tmp_path, KNOWN.format(2)), capture(desk, tmp_path, "https://img.dawn-pictures.example/1")
    assert {desk.gathering.summary(item).outlet for item in (old, new, other)} == {"Dawn (Karachi)"}
    after = entry_of(desk, other)
    assert (after.outlet.kind, after.items, after.edited) == (None, 3, True)
    origins = desk.outlets.origins(after)
    assert (origins["name"], origins["country"], origins["domains"]) == (Origin.EDITOR, Origin.TABLE, Origin.EDITOR)


def test_a_domain_that_is_taken_away_is_not_the_outlets_any_more(desk: Desk, tmp_path: Path) -> None:
    first, second = (capture(desk, tmp_path, f"https://{host}.example/1") for host in ("tide", "lamp"))
    entry = entry_of(desk, first)
    desk.outlets.correct(entry.id, replace(entry.outlet, name="Tide", domains=("tide.example", "lamp.example")))
    assert entry_of(desk, second).id == entry.id
    assert [known.outlet.name for known in desk.outlets.all()] == ["Tide"]
    desk.outlets.correct(entry.id, replace(entry.outlet, name="Tide", domains=("tide.example",)))
    assert desk.outlets.of_item(second) is None
    assert desk.gathering.summary(second).outlet == "Harbour Gazette"
    third = capture(desk, tmp_path, "https://lamp.example/3", outlet="Lamp")
    assert entry_of(desk, third).outlet.name == "Lamp"


def test_a_host_with_a_row_of_its_own_is_no_part_of_the_outlet_above_it(desk: Desk, tmp_path: Path) -> None:
    above = capture(desk, tmp_path, "https://noticias.uol.com.br/1")
    below = capture(desk, tmp_path, "https://www1.folha.uol.com.br/1")
    assert [entry_of(desk, item).outlet.name for item in (above, below)] == ["UOL", "Folha de S.Paulo"]
    entry = entry_of(desk, below)
    desk.outlets.merge(entry_of(desk, above).id, [entry.id])
    assert entry_of(desk, capture(desk, tmp_path, "https://www1.folha.uol.com.br/2")).outlet.name == "UOL"


def test_all_domains_of_a_known_outlet_are_one_outlet(desk: Desk, tmp_path: Path) -> None:
    items = [capture(desk, tmp_path, url) for url in ("https://news.bbc.co.uk/1", "https://www.bbc.com/persian/2")]
    assert [entry.items for entry in desk.outlets.all()] == [2]
    assert {desk.gathering.summary(item).outlet for item in items} == {"BBC"}


def test_merged_outlets_are_one_for_the_next_items_too(desk: Desk, tmp_path: Path) -> None:
    first, second = (capture(desk, tmp_path, f"https://{host}.example/1", host) for host in ("Tide", "Tide-Online"))
    kept, gone = entry_of(desk, first), entry_of(desk, second)
    assert desk.outlets.merge(kept.id, [gone.id]).items == {first, second}
    third = capture(desk, tmp_path, "https://tide-online.example/2", "Tide-Online")
    assert [desk.gathering.summary(item).outlet for item in (first, second, third)] == ["Tide"] * 3
    with pytest.raises(NotFoundError):
        desk.outlets.correct(gone.id, gone.outlet)


@pytest.mark.parametrize("domains", [("https://tide.example/",), ("tide",), ("ti de.example",), ("tide..example",)])
def test_what_is_no_domain_is_refused_and_nothing_changes(desk: Desk, tmp_path: Path, domains: tuple[str, ...]) -> None:
    entry = entry_of(desk, capture(desk, tmp_path, "https://tide.example/1"))
    with pytest.raises(InputError, match="not changed"):
        desk.outlets.correct(entry.id, replace(entry.outlet, domains=domains))
    assert desk.outlets.all() == [entry]


def test_an_icon_from_a_file_wins_until_the_editor_goes_back(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.png"
    file.write_bytes(png(300, 300, "#0000ff"))
    item = capture(desk, tmp_path, "https://tide.example/1")
    entry = entry_of(desk, item)
    fetched = desk.outlets.picture(_written(tmp_path / "fetched.png", png(64, 64)))
    assert desk.store.outlets.keep_icon(entry.id, fetched, _soon())
    chosen = desk.outlets.picture(file)
    assert desk.outlets.choose_icon(entry.id, chosen).items == {item}
    assert desk.store.outlets.keep_icon(entry.id, fetched, _soon()) == []
    after = entry_of(desk, item)
    assert (desk.gathering.summary(item).icon, after.own_icon) == (chosen.sha256, True)
    assert desk.outlets.origins(after)["icon"] is Origin.EDITOR
    desk.outlets.fetched_icon(entry.id)
    assert (desk.gathering.summary(item).icon, entry_of(desk, item).own_icon) == (fetched.sha256, False)


def test_a_file_that_is_no_picture_is_no_icon(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no icon"):
        desk.outlets.picture(_written(tmp_path / "a.png", b"words"))
    with pytest.raises(InputError, match="cannot be read"):
        desk.outlets.picture(tmp_path / "missing.png")


def test_text_without_an_address_finds_its_outlet_by_a_name_that_only_one_bears(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    first, second = (
        desk.gathering.capture_file(
            _written(tmp_path / f"{number}.md", f"---\noutlet: {name}\n---\n# Lock\n\nA gate.".encode())
        ).items[0]
        for number, name in enumerate(("Prothom Alo", "The Nation"))
    )
    assert entry_of(desk, first).outlet.country == "BD"
    assert entry_of(desk, second).outlet.kind is None


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(days=30)
