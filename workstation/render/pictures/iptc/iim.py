"""The older form: datasets of the Information Interchange Model among the resources that Photoshop keeps in a JPEG.

IIM 4.2: a dataset is ``1C record number length data``, lengths in two bytes. A resource is ``8BIM id name length data``, name
and data padded to an even length.
"""

from __future__ import annotations

from collections.abc import Iterator

from workstation.render.pictures.iptc.words import PictureWords

IPTC = 0x0404
IPTC_DIGEST = 0x0425
"""The checksum of the datasets, which is no longer true when they were changed."""
_MARK = 0x1C
_CHARACTER_SET, _VERSION, _CREDIT, _CAPTION = (1, 90), (2, 0), (2, 110), (2, 120)
_UTF_8 = b"\x1b%G"
_LONGEST = 0x7FFF
"""Bytes of a dataset in this form. IIM sets 32 for a credit and 2,000 for a caption, which readers do not mind."""

Resources = list[tuple[int, bytes, bytes]]
"""Number, padded name and data of each."""
Dataset = tuple[tuple[int, int], bytes]


def with_words(resources: bytes, words: PictureWords) -> bytes:
    """The resources of a JPEG with the words among its datasets; what is there in another way stays.

    Raises:
        ValueError: they are not in their form.
    """
    old = list(_resources(resources))
    kept: Resources = [entry for entry in old if entry[0] not in (IPTC, IPTC_DIGEST)]
    datasets = [dataset for number, _, data in old if number == IPTC for dataset in _datasets(data)]
    made = b"".join(map(_dataset, _with(datasets, words)))
    return b"".join(_resource(*entry) for entry in [*kept, (IPTC, b"\0\0", made)])


def _with(datasets: list[Dataset], words: PictureWords) -> list[Dataset]:
    told = {_CAPTION: words.caption, _CREDIT: words.credit}
    new = {key: text.encode()[:_LONGEST] for key, text in told.items() if text}
    is_utf_8 = (_CHARACTER_SET, _UTF_8) in datasets
    own = (_CHARACTER_SET, _VERSION, *new)
    kept = [(key, data if is_utf_8 else _utf_8(data)) for key, data in datasets if key not in own]
    head = [(_CHARACTER_SET, _UTF_8), (_VERSION, b"\0\4")]
    envelope = [(key, data) for key, data in kept if key[0] == 1]
    return [head[0], *envelope, head[1], *(entry for entry in kept if entry[0][0] != 1), *new.items()]


def _utf_8(data: bytes) -> bytes:
    """A value of a file that names no character set: UTF-8 as it is, anything else as what most such files were written in."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1").encode()
    return data


def _resources(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"8BIM" or at + 8 > len(data):
            raise ValueError("no resource")
        number = int.from_bytes(data[at + 4 : at + 6])
        name_end = at + 6 + (data[at + 6] + 2) // 2 * 2
        size = int.from_bytes(data[name_end : name_end + 4])
        start, end = name_end + 4, name_end + 4 + size
        if end > len(data):
            raise ValueError("a resource that is cut off")
        yield number, data[at + 6 : name_end], data[start:end]
        at = end + size % 2


def _resource(number: int, name: bytes, data: bytes) -> bytes:
    return b"8BIM" + number.to_bytes(2) + name + len(data).to_bytes(4) + data + b"\0" * (len(data) % 2)


def _datasets(data: bytes) -> Iterator[Dataset]:
    at = 0
    while at + 5 <= len(data) and data[at] == _MARK:
        size = int.from_bytes(data[at + 3 : at + 5])
        if size > _LONGEST or at + 5 + size > len(data):
            raise ValueError("a dataset in the extended form, or cut off")
        yield (data[at + 1], data[at + 2]), data[at + 5 : at + 5 + size]
        at += 5 + size


def _dataset(entry: Dataset) -> bytes:
    (record, number), data = entry
    return bytes((_MARK, record, number)) + len(data).to_bytes(2) + data
