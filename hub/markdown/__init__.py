"""The one renderer: a note's Markdown to HTML and table of contents, the same in every host.

CommonMark with tables, footnotes, task lists, definition lists, alerts (`> [!NOTE]`) and `[[wiki links]]`, as the
forges preview it. Raw HTML is text; elements, attributes and addresses pass allow-lists at the end (`allowed`).
`parser` configures the engine within `limits`, `read` reads a text once and in a guarded process, `outline` says what
it holds and on which line, `text` gives its HTML to the pages that show it.
"""

from hub.markdown.outline import Heading, Link, Outline
from hub.markdown.read import blocks, read
from hub.markdown.text import Href, Links, Section, Text

__all__ = ["Heading", "Href", "Link", "Links", "Outline", "Section", "Text", "blocks", "read"]
