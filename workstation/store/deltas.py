"""A text as what it differs by from another one: a word typed into a long story takes a few dozen bytes."""

from __future__ import annotations

from hashlib import sha256

import zstandard

from workstation.errors import StoreDamagedError

MAX_BYTES = 64_000_000
"""No text of a story is longer; a damaged delta does not get to ask for more memory than that."""
_LEVEL = 3
_LEAST_WINDOW = 10


class DeltaError(StoreDamagedError):
    """A delta does not lead to the text that it was made from."""


def digest_of(text: bytes) -> bytes:
    """The SHA-256 of a text: 32 bytes."""
    return sha256(text).digest()


def make_delta(base: bytes, text: bytes) -> bytes:
    """What leads from ``base`` to ``text``; from an empty ``base`` it is ``text`` itself, compressed."""
    window = max(_LEAST_WINDOW, (len(base) + len(text)).bit_length())  # all of the base is within reach
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, source_size=len(text), dict_size=len(base), window_log=window, write_content_size=1
    )
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base)).compress(text)


def apply_delta(base: bytes, delta: bytes, digest: bytes) -> bytes:
    """The text that ``delta`` leads to from ``base``.

    Raises:
        DeltaError: it is not the text with the SHA-256 ``digest``: the base is another one, or the delta is damaged.
    """
    try:
        if not 0 <= zstandard.frame_content_size(delta) <= MAX_BYTES:
            raise DeltaError("An older text cannot be read", "Its length is not believable.")
        reader = zstandard.ZstdDecompressor(dict_data=_dictionary(base), max_window_size=2 * MAX_BYTES)
        text = reader.decompress(delta)
    except zstandard.ZstdError as error:
        raise DeltaError("An older text cannot be read", f"It is damaged: {error}.") from error
    if digest_of(text) != digest:
        raise DeltaError("An older text cannot be read", "What was read is not the text that was kept.")
    return text


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
