"""A Hugo project of the same texts: a plain layout, taxonomies, and related pages where they are asked for."""

from __future__ import annotations

from pathlib import Path

_CONFIG = """\
baseURL = "https://hub.example/"
title = "Hub d’essai"
locale = "fr"
contentDir = "docs"
publishDir = "site"
[taxonomies]
tag = "tags"
[pagination]
pagerSize = 24
[markup.goldmark.renderHooks.link]
useEmbedded = "always"
[related]
threshold = 80
[[related.indices]]
name = "tags"
weight = 100
"""
_BASE = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} – {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
<meta name="description" content="{{ .Summary | plainify | truncate 160 }}">
</head>
<body>
<header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a>
<nav>{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav></header>
<main><h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main>
</body>
</html>
"""
_PAGE = """\
{{ define "main" }}
<nav>{{ .TableOfContents }}</nav>
{{ .Content }}
<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</p>
RELATED{{ end }}
"""
_RELATED = """\
{{ with site.RegularPages.Related . | first 5 }}
<aside><ul>{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></aside>
{{ end }}
"""
_LIST = """\
{{ define "main" }}
{{ .Content }}
<ul>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Summary }}</li>{{ end }}</ul>
{{ with .Paginator.Prev }}<a href="{{ .URL }}">←</a>{{ end }}
{{ with .Paginator.Next }}<a href="{{ .URL }}">→</a>{{ end }}
{{ end }}
"""


def with_hugo(folder: Path, *, related: bool) -> None:
    """Write the project into a folder that holds the plain texts.

    Args:
        folder: the project's.
        related: whether each page names five that share tags with it.
    """
    (folder / "hugo.toml").write_text(_CONFIG, "utf-8")
    layouts = folder / "layouts"
    layouts.mkdir()
    page = _PAGE.replace("RELATED", _RELATED if related else "")
    for name, text in (("baseof", _BASE), ("page", page), ("list", _LIST)):
        (layouts / f"{name}.html").write_text(text, "utf-8")
    # A page of the name `index` would take all texts beside it for its own files.
    for index in (folder / "docs").rglob("index.md"):
        index.rename(index.with_name("_index.md"))
