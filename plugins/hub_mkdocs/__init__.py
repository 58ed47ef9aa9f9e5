"""The hub in MkDocs and ProperDocs: a thin bridge that hands over finished pages, and the host's commands."""
