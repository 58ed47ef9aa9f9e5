"""How the tests run: property tests have no deadline (a shared machine stalls), and more examples in `make test-long`."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("every-day", deadline=None)
settings.register_profile("long", deadline=None, max_examples=500)
settings.load_profile("long" if os.environ.get("HUB_TEST_LONG") else "every-day")
