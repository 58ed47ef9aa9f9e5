"""The one renderer: a note's Markdown to HTML and table of contents, the same in every host.

CommonMark with tables, footnotes, task lists, definition lists, alerts (`> [!NOTE]`) and `[[wiki links]]`, as the
forges preview it. Raw HTML is text; addresses pass an allow-list. `parser` configures the engine, `outline` says what a
text holds and on which line, `render` makes the page.
"""

from hub.markdown.outline import Heading, Link, Outline, outline
from hub.markdown.render import Href, Links, Rendered, Section, render

__all__ = ["Heading", "Href", "Link", "Links", "Outline", "Rendered", "Section", "outline", "render"]
