"""What a page may load and run: the Content-Security-Policy that stands at the head of every page of the site.

It is the net under everything else. What is contributed is escaped, and filtered at the end of rendering; if something
got through all the same, the browser would neither run it nor let it ask another host for anything.
"""

from __future__ import annotations

_SCRIPTS = "script-src 'self'"
POLICY = (
    f"default-src 'none'; {_SCRIPTS}; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'none'; object-src 'none'"
)
"""Pictures may stand in an address (`data:`) because Material's style sheet holds its icons so."""
SERVED = POLICY.replace(_SCRIPTS, f"{_SCRIPTS} 'unsafe-inline'")
"""The same for a preview on this machine: the host's server writes the script that reloads it into each page."""
