"""What a report of faults looks like to a forge: one format per file, from diagnostics to a text.

What is reported holds words of contributors whom nobody knows: names of files, values, passages. Each format escapes
them, so that none of them can end a field, begin a command or become a mark.
"""

from __future__ import annotations
