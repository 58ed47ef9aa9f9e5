"""This repository's own site, built once for all the tests of a worker."""

from __future__ import annotations

import pytest

from tests.site.hubs import Built, build, copy_of_this_hub


@pytest.fixture(scope="session")
def benin(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(copy_of_this_hub(tmp_path_factory.mktemp("benin")))
