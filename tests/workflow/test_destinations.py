"""Destinations and their secrets: kept in the system's keyring or nowhere."""

from __future__ import annotations

from dataclasses import replace

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import InputError, NotFoundError, SendError
from workstation.workflow.desk import Desk
from workstation.workflow.destinations import Destinations
from workstation.workflow.secrets import SECRET_VARIABLE, Secrets, system_vault

from .conftest import MakeDesk

SECRET = "abcd EFGH ijkl MNOP"


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("locked")
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.held.pop((service, username), None)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    """A keyring that the system would keep, as far as its class tells."""
    monkeypatch.setattr(Ring, "__module__", "keyring.backends.SecretService")
    ring = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    return ring


@pytest.fixture(autouse=True)
def no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)


def house(name: str = "House", url: str = "https://house.example", **more: object) -> Destination:
    return Destination(**{"name": name, "kind": CmsKind.WORDPRESS, "url": url, "user": "ilse", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("house.example", "https://house.example"),
        (" https://House.example/ ", "https://house.example"),
        ("https://house.example/news/wp-admin/post-new.php?x=1#y", "https://house.example/news"),
        ("https://house.example/wp-login.php", "https://house.example"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("https://house.example/wp-administration", "https://house.example/wp-administration"),
    ],
)
def test_an_address_is_kept_in_one_spelling(desk: Desk, given: str, kept: str) -> None:
    desk.sending.destinations.add(house(url=given))
    assert desk.sending.destinations.named("HOUSE").url == kept


@pytest.mark.parametrize(
    "url", ["", "ftp://house.example", "https://ilse:pw@house.example", "https://", "https://h\u0000x", "https://h:99999"]
)
def test_what_is_no_address_of_a_site_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises(InputError):
        desk.sending.destinations.add(house(url=url))
    assert desk.sending.destinations.all() == []


def test_a_name_is_borne_by_one_and_wordpress_needs_its_user(desk: Desk) -> None:
    desk.sending.destinations.add(house())
    for wrong in (house(name="hOUSE"), house(name=" "), house(name="x" * 81), house(name="Other", user="")):
        with pytest.raises(InputError):
            desk.sending.destinations.add(wrong)
    desk.sending.destinations.add(house(name="Ghostly", kind=CmsKind.GHOST, user=""))
    assert [one.name for one in desk.sending.destinations.all()] == ["Ghostly", "House"]


def test_a_changed_destination_takes_its_place_and_an_unknown_one_is_told(desk: Desk) -> None:
    desk.sending.destinations.add(house())
    desk.sending.destinations.change("House", house(name="Home", publication="The Lantern"))
    [one] = desk.sending.destinations.all()
    assert (one.name, one.publication) == ("Home", "The Lantern")
    with pytest.raises(NotFoundError):
        desk.sending.destinations.remove("House")


def test_a_secret_lies_in_the_keyring_and_not_in_the_store(make_desk: MakeDesk, ring: Ring) -> None:
    desk = make_desk()
    assert desk.sending.destinations.add(house(), SECRET)
    assert list(ring.held.values()) == [SECRET]
    again = Destinations(desk.store, Secrets({}))
    assert again.secret(again.named("House")) == SECRET
    desk.store.close()
    assert not any(SECRET.encode() in file.read_bytes() for file in desk.path.parent.glob("desk.db*"))


def test_a_removed_destination_leaves_no_secret(desk: Desk, ring: Ring) -> None:
    desk.sending.destinations.add(house(), SECRET)
    desk.sending.destinations.remove("house")
    assert ring.held == {} and desk.sending.destinations.all() == []


def test_a_secret_of_one_address_is_never_used_for_another(desk: Desk, ring: Ring) -> None:
    desk.sending.destinations.add(house(), SECRET)
    desk.sending.destinations.change("House", house(url="https://evil.example"))
    assert not desk.sending.destinations.has_secret("House")


def test_without_a_service_a_secret_is_known_until_the_program_ends(desk: Desk) -> None:
    assert desk.sending.destinations.add(house(), SECRET) is False
    assert desk.sending.destinations.has_secret("House")
    later = Destinations(desk.store, Secrets({}))
    with pytest.raises(SendError, match="WORKSTATION_SECRET"):
        later.secret(later.named("House"))
    told = Destinations(desk.store, Secrets({SECRET_VARIABLE: SECRET}))
    assert told.secret(told.named("House")) == SECRET


def test_a_locked_keyring_is_as_none(desk: Desk, ring: Ring) -> None:
    ring.locked = True
    assert desk.sending.destinations.add(house(), SECRET) is False
    assert desk.sending.destinations.has_secret("House")


def test_a_keyring_that_writes_plain_text_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Ring()  # as keyrings.alt has them: of no module that is known to be safe
    monkeypatch.setattr(keyring, "get_keyring", lambda: plain)
    assert system_vault() is None
    assert Secrets({}).keep(house(), SECRET) is False and plain.held == {}


def test_of_a_chain_only_the_safe_keyring_is_used(monkeypatch: pytest.MonkeyPatch, ring: Ring) -> None:
    class Plain(Ring):
        priority = 9

    class Chain:
        backends = (Plain(), ring)

    monkeypatch.setattr(Plain, "__module__", "keyrings.alt.file")

    monkeypatch.setattr(keyring, "get_keyring", Chain)
    assert system_vault() is ring


def test_offline_nothing_is_asked_or_sent(make_desk: MakeDesk) -> None:
    desk = make_desk(offline=True)
    desk.sending.destinations.add(house(url="http://127.0.0.1:9"), SECRET)
    number = desk.sampling.load()[1]
    with pytest.raises(SendError, match="--offline"):
        desk.sending.send(number, "House")
    with pytest.raises(SendError, match="--offline"):
        desk.sending.destinations.test("House")


def test_a_story_of_another_house_is_not_sent(desk: Desk) -> None:
    desk.sending.destinations.add(house(url="http://127.0.0.1:9", publication="The Other House"), SECRET)
    with pytest.raises(InputError, match="The Other House"):
        desk.sending.send(desk.sampling.load()[1], "House")


def test_each_key_of_a_ghost_is_a_secret_of_its_own_and_goes_along_with_a_new_name(desk: Desk, ring: Ring) -> None:
    desks = desk.sending.destinations
    author, editor = (Destination(name=name, kind=CmsKind.GHOST, url="https://house.example") for name in ("Author", "Editor"))
    desks.add(author, "of the author")
    desks.add(editor, "of the editor")
    assert (desks.secret(author), desks.secret(editor)) == ("of the author", "of the editor")
    desks.change("Author", replace(author, name="Writer"))
    assert desks.secret(desks.named("Writer")) == "of the author"
    assert sorted(ring.held.values()) == ["of the author", "of the editor"]
    desks.change("Writer", replace(author, name="Writer", url="https://other.example"))
    assert not desks.has_secret("Writer")


def test_a_site_that_is_asked_by_https_now_has_the_same_post(desk: Desk) -> None:
    number = desk.sampling.load()[1]
    desk.sending.destinations.add(house(url="http://house.example"))
    desk.store.sent.intend("house.example", number, "signals-1")
    assert desk.sending.sent_to(number, "House") is None
    desk.store.sent.keep_post("house.example", number, "7", "https://house.example/?p=7", "")
    desk.sending.destinations.change("House", house(url="https://www.house.example"))
    sent = desk.sending.sent_to(number, "House")
    assert sent is not None and (sent.post, sent.mark) == ("7", "signals-1")


def test_the_mark_of_an_earlier_attempt_stays(desk: Desk) -> None:
    number = desk.sampling.load()[1]
    assert desk.store.sent.intend("house.example", number, "first").mark == "first"
    assert desk.store.sent.intend("house.example", number, "second").mark == "first"


def test_another_name_never_takes_the_place_of_another_destination(desk: Desk) -> None:
    destinations = desk.sending.destinations
    destinations.add(house(name="House"))
    destinations.add(house(name="News"))
    with pytest.raises(InputError, match="“HOUSE”"):
        destinations.change("News", house(name="HOUSE"))
    assert [one.name for one in destinations.all()] == ["House", "News"]
    destinations.change("News", house(name="NEWS"))
    assert [one.name for one in destinations.all()] == ["House", "NEWS"]
