"""A starting point for another community: the files of a new hub, made of what its founders tell and of templates.

`community.py` says what is asked and what cannot be a name, `files.py` makes of it every file in memory, `writing.py`
puts them into an empty folder.
"""

from hub.starter.community import FORGES, Community, told
from hub.starter.files import forge_files, starting_files
from hub.starter.writing import commit, refuse_unless_empty, write

__all__ = ["FORGES", "Community", "commit", "forge_files", "refuse_unless_empty", "starting_files", "told", "write"]
