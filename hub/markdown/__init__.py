"""The one renderer: a note's Markdown to HTML and table of contents, the same in every host.

CommonMark with tables, footnotes, task lists, definition lists, alerts (`> [!NOTE]`) and `[[wiki links]]`, as the
forges preview it. Raw HTML is text; addresses pass an allow-list. `parser` configures the engine, `read` reads a
text once, `outline` says what it holds and on which line, `text` gives its HTML to the pages that show it.
"""

from hub.markdown.outline import Heading, Link, Outline
from hub.markdown.read import read
from hub.markdown.text import Href, Links, Section, Text

__all__ = ["Heading", "Href", "Link", "Links", "Outline", "Section", "Text", "read"]
