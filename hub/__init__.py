"""The hub: a library of typed notes, checked and linked, that becomes a site, a search index and exports."""

from hub.load import Loaded, load

__all__ = ["Loaded", "load"]
