"""Tests against real content systems. ``./run test-cms`` has the servers; elsewhere each test says so and is passed over."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checkers import chromium
from workstation.workflow.desk import Desk

from . import wordpress_site
from .wordpress_site import WordPress

HERE = Path(__file__).parent
REAL = frozenset({"wordpress", "plain_wordpress", "ghost"})
"""The fixtures that start a real server."""
MODULES = Path(os.environ.get("WORKSTATION_CMS_MODULES", "missing"))
"""The folder ``node_modules`` into which ``./run test-cms`` brings what only npm has."""
NEWER = MODULES / "@wp-playground/wordpress-builds/src/wordpress/wp-nightly.zip"
SOURCES = {"debian": wordpress_site.DEBIAN, "newer": NEWER}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "WORKSTATION_CMS_MODULES" in os.environ:
        return
    for item in items:
        if item.path.is_relative_to(HERE) and REAL & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason="needs real content systems: ./run test-cms"))


def _running(folder: Path, source: Path, **options: Any) -> Any:
    lacking = wordpress_site.lacking()
    if lacking:
        pytest.skip(f"not installed: {lacking}")
    if not source.exists():
        pytest.skip(f"{source.name} is not installed")
    return wordpress_site.running(folder, source, **options)


@pytest.fixture(scope="session", params=list(SOURCES))
def wordpress(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    """Debian's WordPress, and a newer one."""
    with _running(tmp_path_factory.mktemp(f"wordpress-{request.param}"), SOURCES[request.param]) as site:
        yield site


@pytest.fixture(scope="module")
def plain_wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    """Debian's WordPress with addresses like ``?p=7``: its API has no folder of its own."""
    with _running(tmp_path_factory.mktemp("wordpress-plain"), SOURCES["debian"], permalinks="") as site:
        yield site


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the desk in a temporary folder, as often as it was closed: what it knows is in its store alone."""
    desks: list[Desk] = []

    def open_() -> Desk:
        desk = Desk.open(tmp_path / "desk.db", publications=tmp_path / "publications", styles=tmp_path / "styles")
        desks.append(desk)
        return desk

    yield open_
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser
