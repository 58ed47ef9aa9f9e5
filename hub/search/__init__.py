"""Search: one analyser, concepts, a static index of integer impacts, and the engine that answers from it.

The index is a set of scripts that a browser loads by name, from http, `file://` or a USB key. `hub.search.engine` and
`assets/search/engine.js` of the theme read the same scripts and give the same answers.
"""
