"""Documents as people hand them over: their content in one frozen form, and what readers of several formats share.

Nothing here knows a kind, an entry or Markdown. `model` is what a reader of `hub.importers` makes and `hub.drafting`
takes.
"""
