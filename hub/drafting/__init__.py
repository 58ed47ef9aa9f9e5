"""From a document to a draft of an entry: one line, `placing.place`, whose stages are the modules beside it.

`cleaning` puts the document's blocks in order, `recognising` finds what belongs into fields, `sections` what belongs
under the headings of the kind, `markdown` writes the text; `writing` is the only one that writes files.
"""
