"""The cable is out: links wait, everything else goes on, and the links are fetched when it is back."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from workstation.workflow.desk import Desk

from .conftest import ARTICLES, Site


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No name resolves and no connection opens, as on a machine without a network; undo plugs the cable in again."""

    def no_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def no_way(*_: object, **__: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    monkeypatch.setattr(socket.socket, "connect", no_way)
    monkeypatch.setattr(socket, "create_connection", no_way)
    return monkeypatch


def test_links_wait_while_the_cable_is_out_and_come_in_when_it_is_back(
    desk: Desk, site: Site, unplugged: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    urls = [site.url(article) for article in ARTICLES[:3]]
    for url in urls:
        captured = desk.gathering.capture(url)
        assert captured.items == ()
        assert captured.tone == "warn"
    assert [waiting.url for waiting in desk.gathering.waiting()] == urls
    assert desk.gathering.fetch_waiting().items == ()
    assert len(desk.gathering.waiting()) == 3

    file = tmp_path / "eels.html"
    file.write_bytes(ARTICLES[3].html)
    assert desk.gathering.capture(str(file)).items

    unplugged.undo()
    fetched = desk.gathering.fetch_waiting()
    assert len(fetched.items) == 3
    assert desk.gathering.waiting() == []
    assert {entry.outlet for entry in desk.gathering.items()} == {article.outlet for article in ARTICLES[:4]}


def test_the_whole_job_works_without_a_network(desk: Desk, unplugged: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, number = desk.sampling.load()
    desk.reviewing.require_clear(number)
    assert desk.publishing.export(number, "page", tmp_path / "out").main.is_file()
