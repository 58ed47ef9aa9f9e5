"""`hub serve`: pages are made when somebody asks for them, from what was read of the hub, and again after each change.

`server` answers, `served` holds the hub as it is now, `moment` makes its pages, `host` lays them out, `watching` tells
what has changed, and `beside` does in another process what takes longer: the search and the checks.
"""
