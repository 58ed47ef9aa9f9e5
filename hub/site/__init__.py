"""The site without its host: which pages there are, what goes into each, and its HTML.

`plan` gathers everything first; each `Page` it makes holds all that its HTML depends on, so that `render` is a function
of the page alone. A host puts the result into its layout and writes it.
"""
