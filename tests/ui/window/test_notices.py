"""Lines across the window: each is there as long as what it tells is so."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton

from workstation.ui.notices import Notice, Notices
from workstation.ui.theme import Theme


def test_a_notice_stays_until_it_is_taken_back_and_the_last_one_takes_the_room_along(qapp, qtbot) -> None:
    notices = Notices(Theme(qapp))
    qtbot.addWidget(notices)
    pressed = []
    notices.tell("disk", Notice("There is no room on the disk.", "bad", (("Try again", lambda: pressed.append(1)),)))
    notices.tell("place", Notice("The desk lies in a synced folder.", can_close=True))
    notices.tell("disk", Notice("There is still no room on the disk.", "bad", (("Try again", lambda: pressed.append(2)),)))
    lines = [notices.layout().itemAt(at).widget() for at in range(notices.layout().count())]
    told = [line.findChild(QLabel).text() for line in lines]
    assert told == [
        "There is still no room on the disk.",
        "The desk lies in a synced folder.",
    ]

    buttons = [button for line in lines for button in line.findChildren(QPushButton)]
    assert [button.text() for button in buttons] == ["Try again", "Dismiss"]
    buttons[0].click()
    assert pressed == [2]
    buttons[1].click()
    assert notices.told("place") is None
    assert notices.told("disk") is not None
    notices.take_back("disk")
    assert notices.isHidden()
