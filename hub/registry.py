"""A folder is a registry: each module in it declares one constant."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from hub.errors import HubError
from hub.i18n import N_


def discover(package: ModuleType, constant: str) -> Iterator[Any]:
    """The constant of each module of a package, in the order of their names; modules without it are passed over."""
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        found = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), constant, None)
        if found is not None:
            yield found


def discover_files(folder: Path, constant: str) -> Iterator[Any]:
    """The same for a folder of Python files outside the library (a hub's own kinds).

    Raises:
        HubError: when a file cannot be imported.
    """
    for path in sorted(folder.glob("*.py")):
        name = f"hub_local_{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # pydantic looks annotations up in the module by its name
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise HubError(N_("The kind {path} cannot be read: {error}"), path=path, error=error) from error
        found = getattr(module, constant, None)
        if found is not None:
            yield found
