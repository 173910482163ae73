"""The frame that is laid over a picture to crop it: where it may go and how it keeps its form. In pixels of the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workstation.domain.story import Crop

LEAST = 32.0
"""No frame is smaller than this many pixels a side, but in a picture that is itself."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class CropFrame:
    """A frame over a picture of ``width`` by ``height`` pixels; ``ratio`` is its width by height, None while it is free."""

    width: int
    height: int
    left: float
    top: float
    right: float
    bottom: float
    ratio: float | None = None

    @classmethod
    def whole(cls, width: int, height: int) -> CropFrame:
        """The frame around all of a picture."""
        return cls(width, height, 0.0, 0.0, float(width), float(height))

    @classmethod
    def of(cls, width: int, height: int, crop: Crop | None) -> CropFrame:
        """The frame around the part that ``crop`` names."""
        if crop is None:
            return cls.whole(width, height)
        left, top, across, down = crop
        return cls(width, height, left * width, top * height, (left + across) * width, (top + down) * height)

    @property
    def size(self) -> tuple[int, int]:
        """How many pixels wide and high the cropped picture is."""
        left, top, right, bottom = self._pixels()
        return right - left, bottom - top

    @property
    def crop(self) -> Crop | None:
        """The frame as fractions of the picture's sides, on whole pixels; None for all of it."""
        left, top, right, bottom = self._pixels()
        if (left, top, right, bottom) == (0, 0, self.width, self.height):
            return None
        sides = (left / self.width, top / self.height, (right - left) / self.width, (bottom - top) / self.height)
        rounded = tuple(round(side, _DIGITS) for side in sides)
        return rounded[0], rounded[1], rounded[2], rounded[3]

    def matches(self, ratio: float) -> bool:
        """Whether the frame has this form, to the pixel."""
        across, down = self.size
        return abs(across - down * ratio) <= max(1.0, ratio)

    def with_ratio(self, ratio: float | None) -> CropFrame:
        """The largest frame of this form around the same middle (pushed inside where it would stick out); None sets it free."""
        if ratio is None:
            return replace(self, ratio=None)
        across = min(self.width, self.height * ratio)
        return replace(self, ratio=ratio)._around(*self._middle, across, across / ratio)

    def held(self, ratio: float) -> CropFrame:
        """The same frame, which keeps this form from now on."""
        return replace(self, ratio=ratio)

    def moved(self, right: float, down: float) -> CropFrame:
        """The frame so many pixels further, as far as the picture goes."""
        right = min(max(right, -self.left), self.width - self.right)
        down = min(max(down, -self.top), self.height - self.bottom)
        return replace(self, left=self.left + right, right=self.right + right, top=self.top + down, bottom=self.bottom + down)

    def scaled(self, factor: float) -> CropFrame:
        """The frame larger or smaller around its middle, in its form, as far as the picture goes."""
        across, down = self.right - self.left, self.bottom - self.top
        most = min(self.width / across, self.height / down)
        least = min(1.0, max(min(LEAST, self.width) / across, min(LEAST, self.height) / down))
        factor = min(max(factor, least), most)
        return self._around(*self._middle, across * factor, down * factor)

    def dragged(self, side: tuple[int, int], x: float, y: float) -> CropFrame:
        """The frame with one of its sides or corners at ``(x, y)``; what lies opposite stays.

        ``side`` is -1, 0 or 1 across (left, neither, right) and down (top, neither, bottom).
        """
        x, y = min(max(x, 0.0), self.width), min(max(y, 0.0), self.height)
        left = min(x, self.right - self._least_across) if side[0] < 0 else self.left
        right = max(x, self.left + self._least_across) if side[0] > 0 else self.right
        top = min(y, self.bottom - self._least_down) if side[1] < 0 else self.top
        bottom = max(y, self.top + self._least_down) if side[1] > 0 else self.bottom
        freely = replace(
            self, left=max(0.0, left), top=max(0.0, top), right=min(right, self.width), bottom=min(bottom, self.height)
        )
        return freely if self.ratio is None else self._in_form(side, freely)

    def _in_form(self, side: tuple[int, int], freely: CropFrame) -> CropFrame:
        """As :meth:`dragged` freely, but in the frame's form: the longer way of the hand decides, the picture's edge limits."""
        assert self.ratio is not None  # noqa: S101 - asked for by who calls
        across, down = freely.right - freely.left, freely.bottom - freely.top
        wanted = {(True, True): max(across, down * self.ratio), (True, False): across, (False, True): down * self.ratio}
        width = max(wanted[side[0] != 0, side[1] != 0], LEAST, LEAST * self.ratio)
        width = min(width, self._room(side[0], self.left, self.right, self.width))
        width = min(width, self._room(side[1], self.top, self.bottom, self.height) * self.ratio)
        left, right = _anchored(side[0], self.left, self.right, width)
        top, bottom = _anchored(side[1], self.top, self.bottom, width / self.ratio)
        return replace(self, left=left, right=right, top=top, bottom=bottom)

    @staticmethod
    def _room(side: int, low: float, high: float, most: float) -> float:
        """How long the frame may get from what stays: the other side, or the middle where neither side is dragged."""
        if side == 0:
            middle = (low + high) / 2
            return 2 * min(middle, most - middle)
        return high if side < 0 else most - low

    @property
    def _least_across(self) -> float:
        return min(LEAST, self.width)

    @property
    def _least_down(self) -> float:
        return min(LEAST, self.height)

    @property
    def _middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def _around(self, x: float, y: float, across: float, down: float) -> CropFrame:
        left = min(max(x - across / 2, 0.0), self.width - across)
        top = min(max(y - down / 2, 0.0), self.height - down)
        return replace(self, left=left, top=top, right=left + across, bottom=top + down)

    def _pixels(self) -> tuple[int, int, int, int]:
        left, top = min(round(self.left), self.width - 1), min(round(self.top), self.height - 1)
        right = min(max(left + round(self.right - self.left), left + 1), self.width)
        bottom = min(max(top + round(self.bottom - self.top), top + 1), self.height)
        return max(left, 0), max(top, 0), right, bottom


def _anchored(side: int, low: float, high: float, length: float) -> tuple[float, float]:
    """Both ends of a length: the dragged one moves, the other stays; the middle stays where neither is dragged."""
    if side < 0:
        return high - length, high
    if side > 0:
        return low, low + length
    middle = (low + high) / 2
    return middle - length / 2, middle + length / 2
