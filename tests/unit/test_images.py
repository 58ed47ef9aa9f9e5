"""Images lose what they tell beside the picture, and nothing of the picture."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence
from PIL.PngImagePlugin import PngInfo

from hub.attachments.images import CLEANERS, Damaged
from hub.attachments.images.exif import orientation, saying

SECRET = b"Maison de Sena, Cotonou"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
NAMES = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
MODES = {"JPEG": ["RGB", "L", "CMYK"], "PNG": ["RGB", "RGBA", "L", "P", "1"], "WEBP": ["RGB", "RGBA"]}


def picture(mode: str, wide: int, high: int, seed: int) -> Image.Image:
    noise = random.Random(seed).randbytes(wide * high * 4)
    return Image.frombytes("RGBA", (wide, high), noise).convert(mode)


def exif(turned: int) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = turned
    told[ExifTags.Base.Artist] = SECRET.decode()
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (6.0, 22.0, 1.0)
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSDateStamp] = SECRET.decode()
    return told


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def seen(raw: bytes) -> list[tuple[str, tuple[int, int], bytes, object]]:
    """What a reader sees: each frame as it is turned, in its colours, for its time."""
    with Image.open(io.BytesIO(raw)) as image:
        image.load()
        turned = image.getexif().get(ExifTags.Base.Orientation, 1)
        frames = [(frame.info.get("duration"), frame.convert("RGBA")) for frame in ImageSequence.Iterator(image)]
        colours, loops = image.info.get("icc_profile"), image.info.get("loop")
        upright = ImageOps.exif_transpose(image)
        return [
            (str(turned), upright.size, upright.convert("RGBA").tobytes(), (colours, loops)),
            *(("frame", frame.size, frame.tobytes(), time) for time, frame in frames),
        ]


def cleaned(raw: bytes, form: str) -> bytes:
    found, wide, high = CLEANERS[NAMES[form]](raw)
    with Image.open(io.BytesIO(raw)) as image:
        assert (wide, high) == image.size
    return found


def assert_clean(raw: bytes, form: str) -> bytes:
    found = cleaned(raw, form)
    assert SECRET in raw
    assert SECRET not in found
    assert seen(found) == seen(raw)
    assert cleaned(found, form) == found
    with Image.open(io.BytesIO(found)) as image:
        assert set(image.getexif()) <= {ExifTags.Base.Orientation}
        assert not image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    return found


sizes = st.integers(1, 40)
turns = st.integers(1, 8)


@given(st.sampled_from(MODES["JPEG"]), sizes, sizes, turns, st.booleans(), st.booleans(), st.integers())
def test_a_photo_keeps_its_pixels(mode, wide, high, turned, progressive, profile, seed):
    options = {"icc_profile": PROFILE} if profile else {}
    image = picture(mode, wide, high, seed)
    raw = saved(image, "JPEG", exif=exif(turned), comment=SECRET, progressive=progressive, **options)
    application = b"\xff\xed" + struct.pack(">H", len(SECRET) + 2) + SECRET
    assert_clean(raw[:2] + application + raw[2:] + b"after the end " + SECRET, "JPEG")


@given(st.sampled_from(MODES["PNG"]), sizes, sizes, turns, st.booleans(), st.integers())
def test_a_drawing_keeps_its_pixels(mode, wide, high, turned, profile, seed):
    told = PngInfo()
    told.add_text("Comment", SECRET.decode())
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    told.add(b"prVt", SECRET)
    options = {"icc_profile": PROFILE} if profile else {}
    image = picture(mode, wide, high, seed)
    found = assert_clean(saved(image, "PNG", pnginfo=told, exif=exif(turned), **options) + SECRET, "PNG")
    assert b"tEXt" not in found


@given(st.sampled_from(MODES["WEBP"]), sizes, sizes, turns, st.booleans(), st.booleans(), st.integers())
def test_a_webp_keeps_its_pixels(mode, wide, high, turned, lossless, profile, seed):
    options = {"icc_profile": PROFILE} if profile else {}
    image = picture(mode, wide, high, seed)
    raw = saved(image, "WEBP", exif=exif(turned), xmp=SECRET, lossless=lossless, **options)
    assert_clean(raw + SECRET, "WEBP")


@given(st.sampled_from(["GIF", "WEBP", "PNG"]), sizes, sizes, st.integers(2, 4), st.integers())
def test_a_film_keeps_its_frames(form, wide, high, frames, seed):
    images = [picture("RGB", wide, high, seed + number) for number in range(frames)]
    options = {"GIF": {"comment": SECRET}, "WEBP": {"xmp": SECRET, "lossless": True}, "PNG": {"exif": exif(1)}}[form]
    raw = saved(images[0], form, save_all=True, append_images=images[1:], duration=70, loop=3, **options)
    assert_clean(raw, form)


@given(sizes, sizes, turns)
def test_an_avif_keeps_its_pixels(wide, high, turned):
    raw = saved(picture("RGB", wide, high, 1), "AVIF", exif=exif(turned), xmp=SECRET)
    found = cleaned(raw, "AVIF")
    assert SECRET in raw
    assert SECRET not in found
    assert len(found) == len(raw)
    with Image.open(io.BytesIO(found)) as ours, Image.open(io.BytesIO(raw)) as theirs:
        assert ours.convert("RGBA").tobytes() == theirs.convert("RGBA").tobytes()


def test_a_thumbnail_is_left_out():
    small = saved(picture("RGB", 9, 9, 1), "JPEG")
    raw = saved(picture("RGB", 30, 30, 2), "JPEG")
    more = b"\xff\xe0" + struct.pack(">H", len(small) + 8) + b"JFXX\0\x10" + small
    found = CLEANERS["jpeg"](raw[:20] + more + raw[20:])[0]
    assert found.count(b"\xff\xd8") == 1
    assert seen(found) == seen(raw)


@pytest.mark.parametrize("turned", range(1, 9))
def test_the_orientation_is_told_as_it_was(turned):
    assert orientation(saying(turned)) == turned
    assert orientation(exif(turned).tobytes().removeprefix(b"Exif\0\0")) == turned


@pytest.mark.parametrize("tiff", [b"", b"II*\0", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", saying(9)])
def test_an_exif_that_cannot_be_read_says_nothing(tiff):
    assert orientation(tiff) == 1


def test_a_colour_profile_that_explodes_is_refused():
    bomb = zlib.compress(bytes(50_000_000))
    head = saved(picture("RGB", 2, 2, 1), "PNG")
    body = b"x\0\0" + bomb
    chunk = struct.pack(">I", len(body)) + b"iCCP" + body + struct.pack(">I", zlib.crc32(b"iCCP" + body))
    with pytest.raises(Damaged):
        CLEANERS["png"](head[:33] + chunk + head[33:])


SAMPLES = {form: saved(picture("RGB", 20, 20, 3), form, exif=exif(6)) for form in ("JPEG", "PNG", "WEBP", "AVIF")} | {
    "GIF": saved(picture("P", 20, 20, 3), "GIF", comment=SECRET)
}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_whatever_stands_in_a_file_it_is_cleaned_or_refused(form, data):
    raw = bytearray(SAMPLES[form])
    for _ in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw
    try:
        found, wide, high = CLEANERS[NAMES[form]](bytes(raw))
    except (Damaged, ValueError, LookupError):
        return
    assert wide * high > 0
    assert CLEANERS[NAMES[form]](found)[0] == found


@pytest.mark.parametrize("form", SAMPLES)
def test_what_is_cut_off_is_refused(form):
    with pytest.raises(Damaged):
        CLEANERS[NAMES[form]](SAMPLES[form][: len(SAMPLES[form]) // 2])


def test_nothing_hides_behind_what_a_picture_needs() -> None:
    photo = saved(picture("RGB", 8, 8, 5), "JPEG")
    segments = ((0xF7, SECRET), (0xC8, SECRET), (0x60, SECRET), (0xEE, b"Adobe\0\x64\0\0\0\0\1" + SECRET))
    hidden = b"".join(bytes((0xFF, one)) + struct.pack(">H", len(body) + 2) + body for one, body in segments)
    drawing = saved(picture("RGB", 8, 8, 5), "PNG")
    body = SECRET + b"\0\0" + zlib.compress(PROFILE)
    chunk = struct.pack(">I", len(body)) + b"iCCP" + body + struct.pack(">I", zlib.crc32(b"iCCP" + body))
    film = saved(picture("RGB", 8, 8, 5), "WEBP", icc_profile=PROFILE)
    animated = bytearray(film)
    assert animated[12:16] == b"VP8X"
    animated[16:20] = struct.pack("<I", 10 + 24)
    animated[30:30] = SECRET.ljust(24, b"!")
    animated[4:8] = struct.pack("<I", len(animated) - 8)
    for form, plain, raw in (
        ("jpeg", photo, photo[:2] + hidden + photo[2:]),
        ("png", drawing, drawing[:33] + chunk + drawing[33:]),
        ("webp", film, bytes(animated)),
    ):
        assert SECRET in raw
        cleaned, *_ = CLEANERS[form](raw)
        assert SECRET not in cleaned, form
        with Image.open(io.BytesIO(cleaned)) as shown, Image.open(io.BytesIO(plain)) as before:
            assert shown.convert("RGB").tobytes() == before.convert("RGB").tobytes()
