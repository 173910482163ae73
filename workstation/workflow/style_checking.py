"""A plain text held to a house style, without a desk: to see what a style says, and how noisy it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.house_style import HouseStyle
from workstation.domain.problem import Severity
from workstation.errors import InputError

LARGEST_FILE = 16 * 2**20


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """What breaks a style in a text, at a line and a column (from 1 on); ``new`` is what should stand there, if it is certain."""

    rule: str
    severity: Severity
    line: int
    column: int
    message: str
    excerpt: str
    new: str | None


def text_of(file: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        InputError: it cannot be read, is over 16 MiB, or is no text.
    """
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InputError("The text was not checked", f"{file} is too large.")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("The text was not checked", f"{file} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise InputError("The text was not checked", f"{file} is not UTF-8 text; save it as UTF-8.") from error


def check_text(text: str, styles: tuple[HouseStyle, ...], language: str = "en") -> list[StyleFinding]:
    """What breaks a style in ``text``, outside of quotations; of several styles the one that it breaks least is meant."""
    found = [list(_findings(text, style, language)) for style in styles]
    return min(found, key=len, default=[])


def _findings(text: str, style: HouseStyle, language: str) -> Iterator[StyleFinding]:
    from workstation.review.quoting.quotations import quoting_in  # noqa: PLC0415 - the same
    from workstation.review.styles.house_style import slips_in  # noqa: PLC0415 - other verbs do without the review

    for number, line in enumerate(text.splitlines(), start=1):
        slips = slips_in(line, style, language)
        quotations = quoting_in(line).quotations if slips else ()
        for slip in slips:
            if not any(slip.start < quotation.end and quotation.start < slip.end for quotation in quotations):
                excerpt = line[slip.start : slip.end]
                message = slip.rule.told(excerpt, slip.new)
                yield StyleFinding(slip.rule.id, slip.rule.severity, number, slip.start + 1, message, excerpt, slip.new)
