"""Sending from the export dialog, over a content system that stands in for the network; and the dialog of destinations."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import Cancelled, HeldBackError, SendError
from workstation.export.cms.delivery import Receipt, Standing
from workstation.export.cms.systems import SYSTEMS
from workstation.ui.dialogs.destinations import DestinationsDialog
from workstation.ui.dialogs.handing_over.dialog import REPORT, HandOverDialog
from workstation.ui.dialogs.handing_over.offers import WayOut
from workstation.ui.dialogs.handing_over.secret_question import SecretQuestion
from workstation.workflow import secrets
from workstation.workflow.gathering import Gathering

from .test_handing_over import clear, opened, state, turn_to

LEFT = Qt.MouseButton.LeftButton
NEWS = Destination(name="News site", kind=CmsKind.WORDPRESS, url="https://news.example", user="ada")


@dataclass
class StandIn:
    """A content system that takes what it is given, unless a test says otherwise."""

    taken: list[tuple[str, str, bool]] = field(default_factory=list)
    threads: set[threading.Thread] = field(default_factory=set)
    refusal: Exception | None = None
    waits: threading.Event | None = None
    returned: str | None = None
    label, profile = "WordPress", "wordpress"

    def deliver(self, parcel, destination, secret, memory, handling) -> Receipt:
        self.threads.add(threading.current_thread())
        handling.progress("Uploading a picture")
        while self.waits is not None and not self.waits.is_set():
            if handling.cancelled():
                raise Cancelled
            self.waits.wait(0.01)
        if self.refusal is not None and not handling.force:
            raise self.refusal
        self.taken.append((destination.name, secret, handling.force))
        is_new = not memory.post()
        memory.keep_post("7", "https://news.example/?p=7", "draft")
        return Receipt(
            post="7",
            address="https://news.example/?p=7",
            edit="https://news.example/wp-admin/post.php?post=7&action=edit",
            status="draft",
            sent=parcel.content,
            returned=parcel.content if self.returned is None else self.returned,
            is_new=is_new,
        )

    def check(self, destination, secret, handling) -> Standing:
        return Standing(site="Example News", user=destination.user, limits=("This user cannot upload pictures.",))


@pytest.fixture
def system(monkeypatch) -> StandIn:
    stand_in = StandIn()
    systems = {**SYSTEMS, CmsKind.WORDPRESS: stand_in}
    monkeypatch.setattr("workstation.workflow.sending.SYSTEMS", systems)
    monkeypatch.setattr("workstation.workflow.destinations.SYSTEMS", systems)
    monkeypatch.setattr(secrets, "system_vault", lambda: None)
    monkeypatch.delenv("WORKSTATION_SECRET", raising=False)
    return stand_in


@pytest.fixture
def online(room, monkeypatch) -> None:
    """A desk that may use the network."""
    monkeypatch.setattr(Gathering, "is_offline", False)
    monkeypatch.setattr(room.desk.sending.destinations, "_offline", False)


@pytest.fixture
def dialog(room, qtbot, system, online) -> HandOverDialog:
    """The dialog over a clear story, turned to WordPress, with a destination whose secret is known."""
    room.desk.sending.destinations.add(NEWS, "abcd efgh")
    room.open(clear(room))
    dialog = opened(room, qtbot)
    turn_to(dialog, qtbot, "wordpress")
    return dialog


def send(dialog: HandOverDialog, qtbot) -> None:
    QTest.mouseClick(dialog.foot.ways[WayOut.SEND], LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)


def test_enter_sends_where_a_destination_is_known_and_the_result_leads_to_the_post(room, qtbot, dialog, system):
    assert dialog.foot.ways[WayOut.SEND].isDefault()
    QTest.keyClick(dialog.profiles.entries, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert system.taken == [("News site", "abcd efgh", False)]
    assert threading.main_thread() not in system.threads
    assert state(dialog) == "Draft made at News site: https://news.example/?p=7"
    assert dialog.foot.offers[0].text().replace("&", "") == "Open in the CMS"
    entry = room.desk.store.ledger.entries(room.number)[-1]
    assert (entry.destination, entry.post) == ("News site", "7")
    send(dialog, qtbot)
    assert state(dialog).startswith("Updated at News site")


def test_the_steps_are_told_and_sending_can_be_stopped(room, qtbot, dialog, system):
    system.waits = threading.Event()
    QTest.mouseClick(dialog.foot.ways[WayOut.SEND], LEFT)
    qtbot.waitUntil(lambda: state(dialog) == "Uploading a picture")
    assert dialog.foot.stop.isVisible()
    assert not dialog.foot.ways[WayOut.SAVE].isEnabled()
    QTest.mouseClick(dialog.foot.stop, LEFT)
    qtbot.waitUntil(lambda: state(dialog).startswith("Stopped"))
    assert not dialog.foot.stop.isVisible()
    assert room.desk.store.ledger.entries(room.number) == []
    system.waits.set()
    send(dialog, qtbot)
    assert len(system.taken) == 1


def test_what_the_system_made_of_the_text_is_listed(room, qtbot, dialog, system):
    system.returned = "<p>Something else.</p>"
    send(dialog, qtbot)
    assert dialog._stack.currentIndex() == REPORT
    assert dialog.report.rows.count() > 0
    assert "to know" in dialog.report.head.text()


def test_a_failure_says_cause_and_mend_and_can_be_tried_again(room, qtbot, dialog, system):
    system.refusal = SendError("The story was not sent", "The site does not answer. Try again later.")
    send(dialog, qtbot)
    assert state(dialog) == "The story was not sent. The site does not answer. Try again later."
    assert dialog.foot.state.property("tone") == "bad"
    system.refusal = None
    send(dialog, qtbot)
    assert len(system.taken) == 1


def test_what_somebody_changed_there_is_written_over_only_when_the_editor_says_so(room, qtbot, dialog, system):
    system.refusal = HeldBackError("Nothing was sent", "Somebody changed the post.")
    send(dialog, qtbot)
    offer = dialog.foot.offers[0]
    assert offer.text() == "Send all the same"
    assert system.taken == []
    QTest.mouseClick(offer, LEFT)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert system.taken == [("News site", "abcd efgh", True)]


def test_a_secret_that_nobody_knows_is_asked_for_without_being_shown(room, qtbot, system, online, answer):
    room.desk.sending.destinations.add(NEWS)
    room.open(clear(room))
    dialog, shown = opened(room, qtbot), []
    turn_to(dialog, qtbot, "wordpress")

    def reply(question: SecretQuestion) -> int:
        shown.append(question.field.echoMode())
        question.field.setText("typed secret")
        return 1

    answer(SecretQuestion, reply)
    QTest.mouseClick(dialog.foot.ways[WayOut.SEND], LEFT)
    qtbot.waitUntil(lambda: bool(system.taken) and not dialog.ways.is_busy)
    assert system.taken == [("News site", "typed secret", False)]
    assert shown == [QLineEdit.EchoMode.Password]
    assert room.desk.sending.destinations.has_secret("News site")


def test_offline_nothing_can_be_sent_and_why_is_said(room, qtbot, system):
    room.desk.sending.destinations.add(NEWS, "abcd")
    room.open(clear(room))
    dialog = opened(room, qtbot)
    turn_to(dialog, qtbot, "wordpress")
    assert not dialog.foot.ways[WayOut.SEND].isEnabled()
    assert "--offline" in dialog.foot.ways[WayOut.SEND].toolTip()
    assert dialog.foot.ways[WayOut.COPY].isDefault()


def test_a_destination_of_another_house_or_system_is_not_offered(room, qtbot, system, online):
    destinations = room.desk.sending.destinations
    destinations.add(NEWS, "abcd")
    destinations.add(Destination(name="Letters", kind=CmsKind.GHOST, url="https://letters.example"), "1:ab")
    destinations.add(Destination(name="Other", kind=CmsKind.WORDPRESS, url="https://o.example", user="a", publication="Others"))
    room.open(clear(room))
    dialog = opened(room, qtbot)
    offered = {}
    for profile in ("wordpress", "ghost", "page"):
        turn_to(dialog, qtbot, profile)
        combo = dialog.terms.destination
        offered[profile] = [combo.itemData(at) for at in range(combo.count())]
    assert offered == {"wordpress": ["News site"], "ghost": ["Letters"], "page": [""]}


# --- destinations --------------------------------------------------------------------------------------------------


@pytest.fixture
def manage(room, qtbot, system, online) -> DestinationsDialog:
    room.open()
    dialog = DestinationsDialog(room.session, room.desk, room.window)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog._is_busy)
    return dialog


def fill(dialog: DestinationsDialog, **fields: str) -> None:
    for name, text in fields.items():
        getattr(dialog, name).setText(text)


def click(dialog: DestinationsDialog, qtbot, button: str) -> None:
    QTest.mouseClick(dialog._buttons[button], LEFT)
    qtbot.waitUntil(lambda: not dialog._is_busy)


def press(label: str) -> Callable[[QMessageBox], int]:
    """The editor's answer to a question: the button of this name."""

    def reply(question: QMessageBox) -> int:
        next(button for button in question.buttons() if button.text().replace("&", "") == label).click()
        return 0

    return reply


def test_a_destination_is_added_changed_and_removed_and_its_secret_is_never_shown_again(room, qtbot, manage, answer):
    fill(manage, name="News site", url="https://news.example/wp-admin/", user="ada", secret="abcd efgh")
    assert manage.secret.echoMode() is QLineEdit.EchoMode.Password
    click(manage, qtbot, "save")
    assert room.desk.sending.destinations.all() == [NEWS]
    assert "until the program ends" in manage.told.text()
    assert manage.secret.text() == ""
    fill(manage, user="bea")
    click(manage, qtbot, "save")
    (kept,) = room.desk.sending.destinations.all()
    assert kept.user == "bea"
    answer(QMessageBox, press("Cancel"))
    click(manage, qtbot, "remove")
    assert room.desk.sending.destinations.all() == [kept]
    answer(QMessageBox, press("Remove"))
    click(manage, qtbot, "remove")
    assert room.desk.sending.destinations.all() == []
    assert manage.rows.count() == 0
    assert manage.current is None


def test_a_wrong_address_is_told_with_its_mend_and_nothing_is_kept(room, qtbot, manage):
    fill(manage, name="News site", url="ftp://news.example", user="ada")
    click(manage, qtbot, "save")
    assert "no address" in manage.told.text()
    assert manage.told.property("tone") == "bad"
    assert manage.name.text() == "News site"
    assert room.desk.sending.destinations.all() == []


def test_a_destination_is_tried_and_says_who_we_are_there(room, qtbot, manage):
    fill(manage, name="News site", url="news.example", user="ada", secret="abcd")
    click(manage, qtbot, "test")
    qtbot.waitUntil(lambda: "knows us" in manage.told.text())
    assert "Example News knows us as ada." in manage.told.text()
    assert "cannot upload pictures" in manage.told.text()


def test_ghost_needs_no_user(room, qtbot, manage):
    manage.kind.setCurrentIndex(manage.kind.findData(CmsKind.GHOST))
    assert not manage.user.isEnabled()
    fill(manage, name="Letters", url="letters.example", secret="1:ab")
    click(manage, qtbot, "save")
    (kept,) = room.desk.sending.destinations.all()
    assert (kept.kind, kept.user, kept.url) == (CmsKind.GHOST, "", "https://letters.example")


def test_a_new_one_begins_with_empty_fields(room, qtbot, manage):
    fill(manage, name="News site", url="news.example", user="ada")
    click(manage, qtbot, "save")
    click(manage, qtbot, "new")
    assert manage.current is None
    assert [field.text() for field in (manage.name, manage.url, manage.user, manage.secret)] == ["", "", "", ""]
    assert manage.rows.count() == 1
