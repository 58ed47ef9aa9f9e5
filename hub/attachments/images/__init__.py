"""Images as they are published: without what cameras and programs write into them beside the picture.

One format per file. `clean` leaves out places, names, dates, thumbnails and comments and copies the picture's own
bytes; nothing is encoded again. The orientation and the colour profile stay: without them the picture looks otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hub.attachments.images import avif, gif, jpeg, png, webp
from hub.attachments.images.damage import Damaged

__all__ = ["CLEANERS", "Damaged"]

CLEANERS: Mapping[str, Callable[[bytes], tuple[bytes, int, int]]] = {
    "jpeg": jpeg.clean,
    "png": png.clean,
    "gif": gif.clean,
    "webp": webp.clean,
    "avif": avif.clean,
}
"""By the sort of a file (`hub.attachments.sorts`): the image without its metadata, its width and its height."""
