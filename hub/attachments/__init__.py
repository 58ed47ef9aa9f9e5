"""The files of `docs/` that are no texts: which of them may be published, and what of them readers get.

What stands in a repository must be written on every computer, be what its name says, and harm nobody who opens it.
"""
