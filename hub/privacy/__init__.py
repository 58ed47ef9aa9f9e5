"""What must not be published, found in texts: phone numbers, patients, counts so small that they tell of persons.

Each module is a function from a text to what it found; `hub/checks/privacy.py` says it to people. Names alone are no
fault: texts name their authors, and whom they met.
"""

from __future__ import annotations
