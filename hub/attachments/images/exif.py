"""Exif: of all that it tells, the orientation alone says how the picture is to be shown (CIPA DC-008, "Exif 2.32")."""

from __future__ import annotations

import struct

_ORIENTATION = 0x0112
_SHORT = 3
_TURNED = range(2, 9)
_ENTRY = 12


def orientation(tiff: bytes) -> int:
    """How a picture is turned, as Exif counts it; 1 where it is not, or where nothing readable is said."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(count):
            tag, form, values, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + number * _ENTRY)
            if (tag, form, values) == (_ORIENTATION, _SHORT, 1):
                return value if value in _TURNED else 1
    except struct.error:
        pass
    return 1


def saying(orientation: int) -> bytes:
    """Exif that tells an orientation and nothing else."""
    return struct.pack(">4sIHHHIHHI", b"MM\0*", 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
