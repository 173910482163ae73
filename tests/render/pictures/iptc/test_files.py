"""Credit, caption and alternative text inside of pictures, read back by programs that others wrote."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, IptcImagePlugin

from workstation.domain.picture import Picture
from workstation.render.pictures.iptc import iim
from workstation.render.pictures.iptc.files import with_words
from workstation.render.pictures.iptc.words import PictureWords
from workstation.render.pictures.placing import picture_from

WORDS = PictureWords(
    credit="Kestrel & Söhne/<Pia Lund>",
    caption="Barges wait below the Orrin lock “on the morning” – 早上, النهر.",
    alternative_text="Two barges wait below a closed lock gate ]]> ",
)
MODES = {"jpeg": ["RGB", "L", "CMYK"], "png": ["RGB", "RGBA", "P", "L"], "webp": ["RGB", "RGBA"]}
CASES = [(form, mode) for form, modes in MODES.items() for mode in modes]


def made(form: str, mode: str = "RGB", **saved: Any) -> Picture:
    data = io.BytesIO()
    picture = Image.radial_gradient("L").resize((60, 40)).convert("RGB" if mode in ("CMYK", "P") else mode).convert(mode)
    picture.save(data, form, **saved)
    found = picture_from(data.getvalue())
    assert found is not None
    return found


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def told(picture: Picture, tmp_path: Path) -> dict[str, Any]:
    """What ExifTool reads in a picture, and everything that it finds wrong with it."""
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("ExifTool is not installed (libimage-exiftool-perl)")
    file = tmp_path / f"picture.{picture.extension}"
    file.write_bytes(picture.data)
    command = [tool, "-json", "-G1", "-a", "-validate", "-warning", "-all", "-charset", "iptc=utf8", "-struct", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


@pytest.mark.parametrize(("form", "mode"), CASES)
def test_the_words_are_read_back_and_the_pixels_are_the_same(form: str, mode: str, tmp_path: Path) -> None:
    plain = made(form, mode)
    written = with_words(plain, WORDS)
    assert opened(written).convert("RGBA").tobytes() == opened(plain).convert("RGBA").tobytes()
    assert (written.width, written.height, written.media_type) == (plain.width, plain.height, plain.media_type)
    assert picture_from(written.data) == written
    found = told(written, tmp_path)
    assert found["XMP-photoshop:Credit"] == WORDS.credit
    assert found["XMP-dc:Description"] == WORDS.caption
    assert found["XMP-iptcCore:AltTextAccessibility"] == WORDS.alternative_text
    assert found["ExifTool:Validate"] == "OK"


def test_a_jpeg_has_them_in_the_older_form_too(tmp_path: Path) -> None:
    written = with_words(made("jpeg"), WORDS)
    found = told(written, tmp_path)
    assert found["IPTC:Credit"] == WORDS.credit
    assert found["IPTC:Caption-Abstract"] == WORDS.caption
    older = IptcImagePlugin.getiptcinfo(opened(written))
    assert older is not None
    assert older[2, 110] == WORDS.credit.encode()
    assert older[2, 120] == WORDS.caption.encode()


@pytest.mark.parametrize(("form", "mode"), CASES)
def test_writing_twice_is_writing_once(form: str, mode: str) -> None:
    once = with_words(made(form, mode), WORDS)
    assert with_words(once, WORDS) == once
    other = with_words(once, PictureWords(credit="Somebody else"))
    assert WORDS.credit.encode() not in other.data
    assert b"Somebody else" in other.data


@pytest.mark.parametrize("form", MODES)
def test_what_others_wrote_stays(form: str, tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x8298] = "(c) Pia Lund"
    xmp = (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" p:Credit="Old" p:City="Orrin"'
        b' xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>All kept</rdf:li></rdf:Alt></dc:rights>"
        b"<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Old words</rdf:li></rdf:Alt></dc:description>"
        b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    plain = made(form, icc_profile=profile, exif=exif)
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("ExifTool is not installed (libimage-exiftool-perl)")
    file, packet = tmp_path / f"old.{plain.extension}", tmp_path / "old.xmp"
    file.write_bytes(plain.data)
    packet.write_bytes(xmp)
    subprocess.run([tool, "-q", "-overwrite_original", f"-xmp<={packet}", str(file)], check=True)
    old = picture_from(file.read_bytes())
    assert old is not None
    found = told(with_words(old, WORDS), tmp_path)
    assert found["IFD0:Copyright"] == "(c) Pia Lund"
    assert found["XMP-photoshop:City"] == "Orrin"
    assert found["XMP-dc:Rights"] == "All kept"
    assert (found["XMP-photoshop:Credit"], found["XMP-dc:Description"]) == (WORDS.credit, WORDS.caption)
    assert opened(with_words(old, WORDS)).info["icc_profile"] == profile


def test_the_older_datasets_of_others_stay(tmp_path: Path) -> None:
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("ExifTool is not installed (libimage-exiftool-perl)")
    file = tmp_path / "old.jpg"
    file.write_bytes(made("jpeg").data)
    changes = [
        "-IPTC:City=Orrin",
        "-IPTC:Keywords=lock",
        "-IPTC:Keywords=grän",
        "-IPTC:Credit=Old",
        "-Photoshop:URL=https://a.example",
    ]
    subprocess.run([tool, "-q", "-overwrite_original", *changes, str(file)], check=True)
    old = picture_from(file.read_bytes())
    assert old is not None
    found = told(with_words(old, WORDS), tmp_path)
    assert (found["IPTC:City"], found["IPTC:Keywords"]) == ("Orrin", ["lock", "grän"])
    assert found["IPTC:Credit"] == WORDS.credit
    assert found["Photoshop:URL"] == "https://a.example"
    assert found["ExifTool:Validate"] == "OK"


def test_words_that_are_missing_leave_what_the_file_has(tmp_path: Path) -> None:
    written = with_words(with_words(made("jpeg"), WORDS), PictureWords(caption="New"))
    found = told(written, tmp_path)
    assert (found["IPTC:Credit"], found["IPTC:Caption-Abstract"]) == (WORDS.credit, "New")
    assert found["XMP-photoshop:Credit"] == WORDS.credit


def test_words_beyond_the_lengths_of_the_older_form_are_whole(tmp_path: Path) -> None:
    """IIM has 32 and 2,000 bytes; programs read longer ones, and half a name is worse."""
    caption, credit = ("Barges wait. " * 1_500).strip(), "Kestrel Wire and Upland Post/Pia Lund and others"
    found = told(with_words(made("jpeg"), PictureWords(caption=caption, credit=credit)), tmp_path)
    assert (found["IPTC:Caption-Abstract"], found["IPTC:Credit"]) == (caption, credit)
    assert (found["XMP-dc:Description"], found["XMP-photoshop:Credit"]) == (caption, credit)


def test_a_picture_that_has_no_room_or_is_broken_stays() -> None:
    still = made("gif")
    assert with_words(still, WORDS) is still
    for form in MODES:
        whole = made(form)
        for length in (0, 2, 8, 13, 20, len(whole.data) // 2):
            cut = Picture(whole.data[:length], whole.media_type, whole.width, whole.height)
            assert len(with_words(cut, WORDS).data) >= length
    assert with_words(made("jpeg"), PictureWords()) == made("jpeg")
    assert with_words(made("jpeg"), PictureWords(caption="x" * 70_000)) == made("jpeg")


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=200), form=st.sampled_from(sorted(MODES)))
def test_no_bytes_make_it_fail(data: bytes, form: str) -> None:
    whole = made(form)
    half = len(whole.data) // 2
    with_words(Picture(whole.data[:half] + data + whole.data[half:], whole.media_type, 60, 40), WORDS)
    with_words(Picture(data, whole.media_type, 60, 40), WORDS)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=120))
def test_foreign_resources_are_refused_or_kept(data: bytes) -> None:
    try:
        iim.with_words(data, WORDS)
    except (ValueError, IndexError):
        return
