"""How the tests run: no deadline for property tests (a shared machine stalls), and more examples in the long run."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("every-day", deadline=None)
settings.register_profile("long", deadline=None, max_examples=500)
settings.load_profile("long" if os.environ.get("HUB_TEST_LONG") else "every-day")
