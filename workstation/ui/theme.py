"""How the window looks: colour tokens, fonts and icons, light and dark, kept in step with the system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from workstation import resources

ICON_SIZE = 16
ICON_FONT = "mdi6"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of the window by their purpose, as ``#RRGGBB``."""

    window: str
    base: str
    raised: str
    line: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    bad: str
    warn: str
    good: str
    bad_soft: str
    warn_soft: str
    good_soft: str
    fact: str
    view: str
    quote: str
    check: str


LIGHT = Tokens(
    window="#ECE8DF",
    base="#FBF9F4",
    raised="#FFFFFF",
    line="#D3CCBE",
    ink="#1F1C18",
    muted="#676055",
    accent="#0B5F6B",
    on_accent="#FFFFFF",
    accent_soft="#D5E6E6",
    bad="#A3261C",
    warn="#7A4D00",
    good="#2B6535",
    bad_soft="#F6DEDA",
    warn_soft="#F6E7C6",
    good_soft="#DBEBD8",
    fact="#CFE3F5",
    view="#D7EBCB",
    quote="#FBE7A1",
    check="#F5D3DC",
)
DARK = Tokens(
    window="#1A1917",
    base="#22211E",
    raised="#2A2926",
    line="#403D37",
    ink="#ECE7DD",
    muted="#A69F92",
    accent="#5DB7BE",
    on_accent="#0A1D1F",
    accent_soft="#1F3B3E",
    bad="#F0877D",
    warn="#E2B25A",
    good="#8CC791",
    bad_soft="#43211D",
    warn_soft="#3B2E14",
    good_soft="#1F3522",
    fact="#25435C",
    view="#2C4827",
    quote="#54471A",
    check="#54303B",
)

SERIF_FAMILIES = ["Source Serif 4", "Source Serif Pro", "Noto Serif", "Charter", "Georgia", "DejaVu Serif", "serif"]
SANS_FAMILIES = ["Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif"]

_ROLES: dict[str, tuple[list[str], float, int]] = {
    "ui": (SANS_FAMILIES, 10.0, QFont.Weight.Normal),
    "small": (SANS_FAMILIES, 8.5, QFont.Weight.Normal),
    "overline": (SANS_FAMILIES, 8.0, QFont.Weight.DemiBold),
    "list": (SERIF_FAMILIES, 10.5, QFont.Weight.Normal),
    "reading": (SERIF_FAMILIES, 12.0, QFont.Weight.Normal),
    "card": (SERIF_FAMILIES, 14.5, QFont.Weight.DemiBold),
    "headline": (SERIF_FAMILIES, 22.0, QFont.Weight.Bold),
}


class Theme(QObject):
    """The look of the running window; ``changed`` is sent after it went from light to dark or back."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice: str = "system"
        self._draws_icons = False
        self.tokens = LIGHT
        application.setStyle("Fusion")
        application.setFont(self.font("ui"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._apply())
        self._apply()

    @property
    def choice(self) -> str:
        """What the editor chose: ``system``, ``light`` or ``dark``."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system, or stay ``light`` or ``dark``."""
        self._choice = choice
        self._apply()

    @property
    def is_dark(self) -> bool:
        return self.tokens is DARK

    def font(self, role: str, *, scale: float = 1.0) -> QFont:
        """A font by its role: ui, small, overline, list, reading, card, headline."""
        families, size, weight = _ROLES[role]
        font = QFont()
        font.setFamilies(_installed(tuple(families)))
        font.setPointSizeF(size * scale)
        font.setWeight(QFont.Weight(weight))
        if role == "overline":
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 103)
        return font

    def colour(self, token: str) -> QColor:
        """A colour by its purpose, for painting."""
        return QColor(getattr(self.tokens, token))

    def show_icons(self) -> None:
        """From now on :meth:`icon` draws; called after the first paint, because the icon library takes a quarter of a second."""
        self._draws_icons = True
        self.changed.emit()

    def icon(self, name: str, tone: str = "ink") -> QIcon:
        """A QtAwesome icon (``"mdi6.magnify"``) in one of the colours; before :meth:`show_icons` an empty one of its size."""
        if not self._draws_icons:
            return _blank()
        colour = getattr(self.tokens, tone)
        return _awesome(name, colour, self.tokens.muted)

    def on_change(self, rebuild: Callable[[], Any]) -> None:
        """Call ``rebuild`` now and whenever the look changes."""
        self.changed.connect(rebuild)
        rebuild()

    def _apply(self) -> None:
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = system_is_dark if self._choice == "system" else self._choice == "dark"
        self.tokens = DARK if dark else LIGHT
        self._application.setPalette(_palette(self.tokens))
        self._application.setStyleSheet(_style_sheet(self.tokens))
        self.changed.emit()


@cache
def _installed(families: tuple[str, ...]) -> list[str]:
    """The families that this machine has; the generic last one always."""
    known = set(QFontDatabase.families())
    return [family for family in families[:-1] if family in known] + [families[-1]]


@cache
def _blank() -> QIcon:
    pixmap = QPixmap(ICON_SIZE, ICON_SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


@cache
def _icon_font() -> Any:
    """The one icon font that the window uses."""
    from workstation.ui import icon_font  # noqa: PLC0415 - keeps the icon fonts out of programs without a window

    return icon_font.load(ICON_FONT)


@cache
def _awesome(name: str, colour: str, disabled: str) -> QIcon:
    icon: QIcon = _icon_font().icon(name, color=colour, color_disabled=disabled)
    return icon


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: t.window,
        role.WindowText: t.ink,
        role.Base: t.base,
        role.AlternateBase: t.raised,
        role.Text: t.ink,
        role.Button: t.window,
        role.ButtonText: t.ink,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.ink,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.Accent: t.accent,
        role.PlaceholderText: t.muted,
        role.Light: t.raised,
        role.Midlight: t.raised,
        role.Mid: t.line,
        role.Dark: t.line,
        role.Shadow: t.line,
        role.BrightText: t.bad,
    }
    for which, value in colours.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return palette


def _style_sheet(t: Tokens) -> str:
    """A few lines on dynamic properties; the palette does the rest."""
    arrow = resources.path("window/arrow-down.svg").as_posix()
    check = resources.path(f"window/check-{'dark' if t is DARK else 'light'}.svg").as_posix()
    return f"""
    QDialog {{ border: 1px solid {t.line}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.line}; padding: 3px 6px; }}
    QPushButton {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 5px; padding: 5px 12px; }}
    QPushButton:hover {{ border-color: {t.muted}; }}
    QPushButton:pressed {{ background: {t.accent_soft}; }}
    QPushButton:disabled {{ color: {t.muted}; background: {t.window}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 4px 11px; }}
    QPushButton[plain="true"] {{ background: transparent; border: 0; color: {t.accent}; font-weight: 600; padding: 4px 6px; }}
    QPushButton[plain="true"]:disabled {{ color: {t.muted}; }}
    QPushButton[plain="true"]:hover {{ background: {t.accent_soft}; }}
    QPushButton[plain="true"][flush="true"] {{ text-align: left; padding: 4px 6px 4px 0; }}
    QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent}; border: 0; padding: 6px 14px;
        font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {t.window}; border: 1px solid {t.line}; padding: 5px 13px;
        color: {t.muted}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {t.ink}; padding: 4px 12px; }}
    QPushButton[tab="true"] {{ background: transparent; border: 0; border-bottom: 2px solid transparent; border-radius: 0;
        padding: 7px 8px; color: {t.muted}; }}
    QPushButton[tab="true"]:checked {{ color: {t.ink}; border-bottom: 2px solid {t.accent}; font-weight: 600; }}
    QPushButton[tab="true"]:focus {{ background: {t.accent_soft}; }}
    QPushButton[chip="true"] {{ background: {t.window}; border: 1px solid {t.line}; border-radius: 9px;
        padding: 2px 9px 2px 4px; }}
    QPushButton[chip="true"]:hover {{ border-color: {t.accent}; }}
    QPushButton[chip="true"]:focus {{ border: 2px solid {t.accent}; padding: 1px 8px 1px 3px; }}
    QPushButton[chip="true"][words="true"] {{ padding: 2px 9px; }}
    QPushButton[chip="true"][words="true"]:focus {{ padding: 1px 8px; }}
    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 4px; }}
    QToolButton:hover {{ background: {t.accent_soft}; }}
    QToolButton:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}
    QToolButton:focus {{ border-color: {t.accent}; }}
    QToolButton[fold="true"] {{ border-color: transparent; background: transparent; color: {t.muted}; padding: 6px 0; }}
    QToolButton[fold="true"]:hover {{ color: {t.ink}; }}
    QToolButton[fold="true"]:focus {{ border-color: {t.accent}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QSplitter::handle {{ background: {t.line}; }}
    QStatusBar {{ background: {t.window}; border-top: 1px solid {t.line}; color: {t.muted}; }}
    QStatusBar::item {{ border: 0; }}
    QMenuBar {{ background: {t.window}; border-bottom: 1px solid {t.line}; padding: 1px 4px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
    QMenu {{ background: {t.raised}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 22px 5px 10px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 6px; }}
    QLineEdit {{ background: {t.base}; border: 1px solid {t.line}; border-radius: 5px; padding: 5px 8px; }}
    QLineEdit:focus {{ border: 2px solid {t.accent}; padding: 4px 7px; }}
    QLineEdit:disabled {{ background: {t.window}; color: {t.muted}; }}
    QComboBox, QAbstractSpinBox {{ background: {t.base}; border: 1px solid {t.line}; border-radius: 5px; padding: 5px 8px; }}
    QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {t.accent}; padding: 4px 7px; }}
    QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {t.window}; }}
    QComboBox QLineEdit, QComboBox QLineEdit:focus {{ background: transparent; border: 0; padding: 0; }}
    QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: 0; width: 22px; }}
    QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url({arrow}); width: 12px; height: 12px; }}
    QCheckBox {{ spacing: 6px; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; background: {t.base}; border: 1px solid {t.muted}; border-radius: 3px; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {t.accent}; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url({check}); }}
    QCheckBox::indicator:disabled {{ background: {t.window}; border-color: {t.line}; image: none; }}
    QCheckBox:focus {{ color: {t.accent}; }}
    QPlainTextEdit[field="true"] {{ background: {t.base}; border: 1px solid {t.line}; border-radius: 5px; padding: 2px 4px; }}
    QPlainTextEdit[field="true"]:focus {{ border: 2px solid {t.accent}; padding: 1px 3px; }}
    QLineEdit[problem="bad"] {{ border: 1px solid {t.bad}; }}
    QLineEdit[problem="warn"] {{ border: 1px dashed {t.warn}; }}
    QLineEdit[problem="bad"]:focus, QLineEdit[problem="warn"]:focus {{ border: 2px solid {t.accent}; }}
    QPushButton[chip="true"][problem="bad"] {{ border: 1px solid {t.bad}; }}
    QPushButton[chip="true"][problem="warn"] {{ border: 1px dashed {t.warn}; }}
    QPushButton[chip="true"][problem="bad"]:focus, QPushButton[chip="true"][problem="warn"]:focus {{
        border: 2px solid {t.accent}; }}
    QLineEdit[flat="true"] {{ background: transparent; border: 0; padding: 0; }}
    QTextEdit[flat="true"], QTextBrowser[flat="true"] {{ background: transparent; border: 0; padding: 0; }}
    QLabel[muted="true"] {{ color: {t.muted}; }}
    QLabel[tag="true"] {{ background: {t.window}; border: 1px solid {t.line}; border-radius: 9px; padding: 2px 9px; }}
    QLabel[tone="bad"] {{ color: {t.bad}; }}
    QLabel[tone="warn"] {{ color: {t.warn}; }}
    QLabel[tone="good"] {{ color: {t.good}; }}
    QLabel[badge="bad"] {{ background: {t.bad_soft}; color: {t.bad}; border-radius: 8px; }}
    QLabel[badge="warn"] {{ background: {t.warn_soft}; color: {t.warn}; border-radius: 8px; }}
    QLabel[badge="muted"] {{ background: {t.window}; color: {t.muted}; border-radius: 8px; }}
    QLabel[badge="good"] {{ background: {t.good_soft}; color: {t.good}; border-radius: 8px; }}
    QFrame[pane="true"], QWidget[pane="true"] {{ background: {t.base}; border: 0; }}
    QFrame[field="true"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 7px; }}
    QFrame[notes="true"] {{ background: {t.base}; border: 1px solid {t.line}; border-radius: 5px; }}
    QFrame[outlined="true"] {{ background: {t.raised}; border: 2px solid {t.accent}; }}
    QFrame[card="true"] {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 7px; }}
    QFrame[card="true"][current="true"] {{ border: 2px solid {t.accent}; }}
    QFrame[card="true"][aimed="true"] {{ border: 2px solid {t.accent}; background: {t.accent_soft}; }}
    QFrame[band="true"] {{ background: {t.window}; border: 0; border-bottom: 1px solid {t.line}; }}
    QFrame[notice="bad"] {{ background: {t.bad_soft}; border: 0; border-bottom: 1px solid {t.bad}; }}
    QFrame[notice="warn"] {{ background: {t.warn_soft}; border: 0; border-bottom: 1px solid {t.warn}; }}
    QFrame[notice="good"] {{ background: {t.good_soft}; border: 0; border-bottom: 1px solid {t.good}; }}
    QFrame[foot="true"] {{ background: {t.window}; border: 0; border-top: 1px solid {t.line}; }}
    QScrollArea {{ border: 0; background: transparent; }}
    QListWidget::item:selected, QTableView::item:selected, QTreeView::item:selected {{ background: {t.accent_soft};
        color: {t.ink}; }}
    QTableView::item {{ padding: 0 4px; }}
    QTreeView::item {{ padding: 3px 4px; }}
    QTableView, QTreeView {{ background: {t.base}; border: 1px solid {t.line}; outline: 0; }}
    QHeaderView::section {{ background: {t.window}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
        padding: 4px 6px; }}
    QListView {{ background: {t.base}; border: 0; outline: 0; }}
    QListWidget {{ border: 1px solid {t.line}; border-radius: 5px; padding: 1px; }}
    QListWidget:focus, QTableView:focus, QTreeView:focus {{ border-color: {t.accent}; }}
    QListWidget[bare="true"] {{ border: 0; }}
    QListView[popup="true"] {{ background: {t.raised}; border: 1px solid {t.line}; padding: 3px; }}
    QListView[popup="true"]::item {{ padding: 4px 6px; }}
    QListView[popup="true"]::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
    QListWidget::item {{ padding: 3px 6px; }}
    QListWidget::indicator {{ width: 14px; height: 14px; background: {t.base}; border: 1px solid {t.muted}; border-radius: 3px; }}
    QListWidget::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url({check}); }}
    QListWidget::indicator:indeterminate {{ background: {t.accent_soft}; border: 3px solid {t.accent}; width: 10px;
        height: 10px; }}
    QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 4px; min-height: 36px; margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {t.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{ background: {t.line}; border: 0; border-radius: 4px; max-height: 8px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
    """
