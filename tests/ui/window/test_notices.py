"""Lines across the window: each is there as long as what it tells is so."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from workstation.ui.notices import Notice, Notices
from workstation.ui.theme import Theme


def _lines(notices: Notices) -> list[QFrame]:
    widgets = [notices.layout().itemAt(at).widget() for at in range(notices.layout().count())]
    return [widget for widget in widgets if isinstance(widget, QFrame) and not widget.isHidden()]


def test_of_many_notices_the_two_that_matter_most_are_shown_and_the_others_are_a_click_away(qapp, qtbot) -> None:
    notices = Notices(Theme(qapp))
    qtbot.addWidget(notices)
    for key, notice in (
        ("crash", Notice("The program ended suddenly.", can_close=True)),
        ("place", Notice("The desk lies in a synced folder.")),
        ("rescued", Notice("Words were rescued.", is_first=True)),
        ("disk", Notice("There is no room on the disk.", "bad")),
    ):
        notices.tell(key, notice)
    more = next(button for button in notices.findChildren(QPushButton) if button.text() == "Show 2 more notices")

    assert [line.notice.text for line in _lines(notices)] == ["There is no room on the disk.", "Words were rescued."]
    more.click()
    assert [line.accessibleName() for line in _lines(notices)] == [
        "There is no room on the disk.",
        "Words were rescued.",
        "The program ended suddenly.",
        "The desk lies in a synced folder.",
    ]
    more.click()
    notices.take_back("disk")
    notices.take_back("rescued")
    assert [line.notice.text for line in _lines(notices)] == [
        "The program ended suddenly.",
        "The desk lies in a synced folder.",
    ]
    assert more.isHidden()


def test_a_notice_stays_until_it_is_taken_back_and_the_last_one_takes_the_room_along(qapp, qtbot) -> None:
    notices = Notices(Theme(qapp))
    qtbot.addWidget(notices)
    pressed = []
    notices.tell("disk", Notice("There is no room on the disk.", "bad", (("Try again", lambda: pressed.append(1)),)))
    notices.tell("place", Notice("The desk lies in a synced folder.", can_close=True))
    notices.tell("disk", Notice("There is still no room on the disk.", "bad", (("Try again", lambda: pressed.append(2)),)))
    lines = _lines(notices)
    assert [line.findChild(QLabel).text() for line in lines] == [
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
