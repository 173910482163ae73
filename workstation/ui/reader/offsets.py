"""Positions in a text: Qt counts UTF-16 units, the newsroom counts code points."""

from __future__ import annotations

from bisect import bisect_left

LAST_OF_ONE_UNIT = "\uffff"


class Offsets:
    """Both ways between the code points and the UTF-16 units of one text."""

    def __init__(self, text: str) -> None:
        self._wide = [index for index, character in enumerate(text) if character > LAST_OF_ONE_UNIT]
        self._wide_units = [index + before for before, index in enumerate(self._wide)]
        self.code_points = len(text)
        self.units = len(text) + len(self._wide)

    def unit(self, code_point: int) -> int:
        """The UTF-16 unit where the code point with this index begins."""
        return code_point + bisect_left(self._wide, code_point)

    def code_point(self, unit: int) -> int:
        """The index of the code point that begins at, or holds, this UTF-16 unit."""
        return unit - bisect_left(self._wide_units, unit)
