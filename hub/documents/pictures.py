"""Pictures made fit for a page: smaller, and without what cameras write into them (the one home of Pillow)."""

from __future__ import annotations

import io
from dataclasses import replace

from hub.documents.model import Picture

LONGEST = 1600
"""Pixels of the longest side."""
SMALLEST = 24
"""Pixels of a side below which a picture is a line or a bullet."""
_MOST = 60_000_000
"""Pixels of a picture that is opened at all."""
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")


def fit(picture: Picture) -> Picture:
    """The picture as a JPEG or PNG without metadata; where that fails, without data and with the reason."""
    if picture.fault or not picture.data:
        return picture
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST
    try:
        with Image.open(io.BytesIO(picture.data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST:
                return replace(picture, data=b"", fault="too-large")
            if min(image.size) < SMALLEST:
                return replace(picture, data=b"", fault="tiny")
            image.draft("RGB", (LONGEST * 2, LONGEST * 2))  # JPEG: decode no more than is needed
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((LONGEST, LONGEST))
            is_photo = image.format in {"JPEG", "WEBP", "TIFF"} and not turned.has_transparency_data
            plain = turned.convert("RGB" if is_photo or not turned.has_transparency_data else "RGBA")
            # Pasted into a new picture: nothing but the points comes along.
            clean = Image.new(plain.mode, plain.size)
            clean.paste(plain)
            made = io.BytesIO()
            if is_photo:
                clean.save(made, "JPEG", quality=_QUALITY, optimize=True)
            else:
                clean.save(made, "PNG", optimize=True)
    except Exception:  # noqa: BLE001 - the decoders raise whatever they like
        return replace(picture, data=b"", fault="unreadable")
    return replace(picture, data=made.getvalue(), suffix="jpg" if is_photo else "png")
