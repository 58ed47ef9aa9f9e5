"""What a proposal (a pull request) changes: gathered where its code may run, told where it may not.

`gather.py` reads the hub and Git into a `Proposal`, which `model.py` writes as JSON and reads again as data that
somebody hostile may have made; `comment.py` makes of it the Markdown of one comment.
"""
