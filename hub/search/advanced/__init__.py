"""Advanced search: the query language of Whoosh over the same records, for those who look for something exact.

The ranking of the site is not asked here: this is for phrases, fields, ranges, operators and wildcards. Whoosh reads
the query and keeps the index; what a query means is decided here (`meaning`), so that it is bounded and cannot fail.
"""

from hub.search.advanced.answers import Advanced

__all__ = ["Advanced"]
