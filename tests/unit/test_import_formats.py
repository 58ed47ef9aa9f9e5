"""What is in a document of each format comes into the draft: lists, tables, notes, boxes, pictures, changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from PIL import Image
from pptx.util import Inches

from hub.documents import drawing, packages
from hub.documents.model import Document, text_of
from hub.drafting.placing import Draft, place
from hub.importers import opendocument, pdf, slides, web, word
from hub.importers import read as read_file
from hub.loading import load
from tests import documents
from tests.support import write

PEOPLE = {
    "docs/personnes/jean-paul-dossou.md": "---\ntitle: Jean-Paul Dossou\n---\n",
    "docs/organisations/cerrhud.md": "---\ntitle: Centre de recherche\nacronym: CERRHUD\n---\n",
    "docs/glossaire/fbr.md": "---\ntitle: Financement basé sur les résultats\nacronym: FBR\n---\n",
    "docs/notes/autre.md": "---\ntitle: Autre\nkeywords: [qualité des soins]\n---\n",
}
Drafts = Callable[..., Draft]


@pytest.fixture
def draft(tmp_path: Path) -> Drafts:
    """Make a draft of a document in a small hub."""
    library = load(write(tmp_path, PEOPLE)).library

    def made(document: Document, kind: str = "note") -> Draft:
        return place(document, library.kinds[kind], library, date(2026, 11, 22), lambda stem, lang: False)

    return made


def body(draft: Draft) -> str:
    return draft.text.split("---\n", 2)[2].strip()


def front(draft: Draft) -> str:
    return draft.text.split("---\n", 2)[1]


def codes(draft: Draft, part: str) -> list[str]:
    return [one.code for one in draft.lines if one.part == part]


def said(draft: Draft, code: str) -> list[str]:
    return [text for one, text in draft.left_out if one == code]


# Word


def test_a_note_of_word_stands_under_the_headings_of_its_kind(draft: Drafts) -> None:
    made = draft(word.read(documents.note()))
    assert [line for line in made.text.split("\n") if line.startswith("#")] == [
        *("## Contexte", "## Méthodologie", "## Résultats", "## Difficultés", "## Leçons apprises", "## Perspectives"),
        *("## À placer", "### Remerciements"),
    ]
    assert 'title: "APPUI À LA DDS : EXPÉRIENCE DES DÉPARTEMENTS"\nstatus: draft\ndate: 2015-04-18\n' in front(made)
    assert "authors:\n  - jean-paul-dossou\n" in front(made)
    assert "  authors:\n    - Awa Inconnue\n" in front(made)
    assert "organisations:\n  - cerrhud\n" in front(made)
    assert "keywords:\n  - qualité des soins\n  - services centrés sur la personne\n" in front(made)
    assert "tier" not in front(made)
    assert "| Zone | Avant | Après |\n| --- | --- | --- |\n| Abomey | 3 | 7 |\n| Abomey | 4 | 8 |" in body(made)
    assert "- réduire le cloisonnement des services\n- susciter leur synergie" in body(made)
    assert r"axe 1 \*services\*, axe 2 \[zones\], axe 3_coordination." in body(made)
    assert "## Difficultés\n\nLes principales difficultés rencontrées sont :" in body(made)
    assert "**Axe 1**, les missions" in body(made)
    assert said(made, "header") == ["CERRHUD – note interne"]
    assert said(made, "heading") == ["Résumé :", "1. CONTEXTE", "Méthodologie :", "LECONS APPRIS"]
    assert codes(made, "unplaced") == ["section"]
    assert {"missing-heading", "author-unknown", "consent", "tables"} <= set(codes(made, "decide"))


def test_pictures_are_made_smaller_and_forget_where_they_were_taken(draft: Drafts, tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(documents.note())
    made = draft(read_file(path))
    ((name, data),) = made.files.items()
    assert name == "notes/appui-a-la-dds-experience-des-departements-image-1.jpg"
    assert f"![Photo 1 : réunion de l’équipe]({name.removeprefix('notes/')})" in made.text
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (1600, 800)
        assert not dict(image.getexif())
    assert b"Infinix" not in data
    assert b"Awa" not in data


def test_lists_keep_their_levels_and_numbers(draft: Drafts) -> None:
    made = docx.Document()
    for style, text in (
        *(("List Bullet", "un"), ("List Bullet 2", "dedans"), ("List Bullet", "deux")),
        *(("List Number", "premier"), ("List Number", "second")),
    ):
        made.add_paragraph(text, style=style)
    bulleted = made.styles["List Bullet"].element.pPr.numPr.numId.val
    level = documents.xml(f"<w:numPr><w:ilvl w:val='1'/><w:numId w:val='{bulleted}'/></w:numPr>")
    made.paragraphs[1]._p.get_or_add_pPr().append(level)
    text = body(draft(word.read(documents.saved(made))))
    assert text == "- un\n  - dedans\n- deux\n1. premier\n2. second"


def test_notes_hang_where_they_hung(draft: Drafts) -> None:
    made = docx.Document()
    made.add_heading("Le titre", 1)
    first = made.add_paragraph("Un fait")
    documents.note_mark(first, "2")
    first.add_run("(vérifié) et un autre")
    documents.note_mark(first, "3", "endnote")
    raw = documents.with_notes(documents.saved(made), {"2": "La source.", "9": "Sans place."})
    raw = documents.with_notes(raw, {"3": "À la fin."}, "endnote")
    text = body(draft(word.read(raw)))
    assert text.startswith("Un fait[^1]\\(vérifié) et un autre[^2]")
    assert "[^1]: La source.\n\n[^2]: À la fin." in text
    assert "## À placer\n\nSans place." in text


def test_boxes_are_read_once_and_wordart_charts_and_equations_too(draft: Drafts) -> None:
    made = docx.Document()
    made.add_paragraph("Avant")._p.append(documents.text_box("Dans la boîte"))
    made.add_paragraph("Aire : ")._p.append(documents.xml("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))
    text = body(draft(word.read(documents.saved(made))))
    assert text.count("Dans la boîte") == 1
    assert "Aire : a=b" in text


def test_tables_that_only_lay_out_are_unfolded_and_nested_ones_stand_after_them(draft: Drafts) -> None:
    made = docx.Document()
    outer = made.add_table(1, 2)
    outer.cell(0, 0).text = "À gauche"
    inner = outer.cell(0, 1).add_table(2, 2)
    for index, text in enumerate(("A", "B", "1", "2|3")):
        inner.cell(index // 2, index % 2).text = text
    text = body(draft(word.read(documents.saved(made))))
    assert text == "À gauche\n\n| A | B |\n| --- | --- |\n| 1 | 2\\|3 |"


def test_tracked_changes_are_accepted_and_told_with_comments_and_hidden_text(draft: Drafts) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Le texte ")
    paragraph._p.append(documents.xml("<w:ins w:author='A'><w:r><w:t>ajouté</w:t></w:r></w:ins>"))
    paragraph._p.append(documents.xml("<w:del w:author='A'><w:r><w:delText>ôté</w:delText></w:r></w:del>"))
    paragraph._p.append(documents.xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"))
    made.add_comment(paragraph.runs, text="Vraiment ?", author="Relecteur")
    found = draft(word.read(documents.saved(made)))
    assert body(found) == "Le texte ajouté"
    told = [(code, text) for code, text in found.left_out if code in {"inserted", "deleted", "hidden", "comment"}]
    assert told == [
        ("inserted", "ajouté"),
        ("deleted", "ôté"),
        ("hidden", "caché"),
        ("comment", "Relecteur : Vraiment ?"),
    ]
    assert {"comments", "tracked-changes"} <= set(codes(found, "decide"))


def test_links_lead_outside_or_nowhere_and_contents_are_no_text(draft: Drafts) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Voir ")
    for address, text in (
        ("https://a.org/x_(y) z", "le site"),
        ("javascript:alert(1)", "ceci"),
        ("autre.docx", "cela"),
    ):
        rid = made.part.relate_to(address, f"{RELATIONS}/hyperlink", is_external=True)
        paragraph._p.append(documents.xml(f"<w:hyperlink r:id='{rid}'><w:r><w:t>{text}</w:t></w:r></w:hyperlink>"))
    made.styles.add_style("toc 1", 1)
    made.add_paragraph("Contexte 3", style="toc 1")
    found = draft(word.read(documents.saved(made)))
    assert body(found) == "Voir [le site](https://a.org/x_%28y%29%20z)cecicela"
    assert said(found, "address") == ["ceci javascript:alert(1)", "cela autre.docx"]
    assert said(found, "contents") == ["Contexte 3"]


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_smartart_is_a_list_with_its_levels() -> None:
    points = "".join(
        f"<dgm:pt modelId='{n}'><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for n, text in ((1, "Planifier"), (2, "Réunir"), (3, "Suivre"))
    )
    order = ((0, 3, 1), (0, 1, 0), (1, 2, 0))
    lines = "".join(f"<dgm:cxn srcId='{one}' destId='{two}' srcOrd='{n}'/>" for one, two, n in order)
    root = packages.xml(
        b"<dgm:dataModel xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' "
        b"xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><dgm:ptLst><dgm:pt modelId='0' type='doc'/>"
        + f"{points}</dgm:ptLst><dgm:cxnLst>{lines}</dgm:cxnLst></dgm:dataModel>".encode()
    )
    assert [(text_of(one), one.level) for one in drawing.diagram(root)] == [
        ("Planifier", 0),
        ("Réunir", 1),
        ("Suivre", 0),
    ]


# Slides


def test_slides_keep_levels_notes_tables_groups_and_say_a_repeated_title_once(draft: Drafts) -> None:
    made = draft(slides.read(documents.deck()))
    assert made.title == "Stratégie du programme"
    text = body(made)
    assert text.count("## L’accès précoce de 20% aux soins est coordonné par des services") == 1
    assert (
        "- adhésion politique\n  - échange d’expertises\n\n> **Notes de l’orateur**\n>\n> Dire ceci, volet 1." in text
    )
    assert "| Étape | Date |\n| --- | --- |\n| Dépôt | Juin 2007 |" in text
    assert "Le partenariat" in text
    assert said(made, "repeated-title") == ["L’accès précoce de 20 % aux soins est coordonné par des services"]


def test_what_slides_hide_in_alternatives_and_charts_is_read(draft: Drafts) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["2014", "2015"]
    data.add_series("Visites", (12, 15.5))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(3), Inches(4), Inches(3), data)
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = "Dans une alternative"
    raw = documents.in_zip(documents.saved(made), _put_into_alternatives)
    text = body(draft(slides.read(raw)))
    assert text == "Dans une alternative\n\n|  | Visites |\n| --- | --- |\n| 2014 | 12 |\n| 2015 | 15.5 |"


def _put_into_alternatives(parts: dict[str, bytes]) -> None:
    name = "ppt/slides/slide1.xml"
    before, rest = parts[name].split(b"<p:sp>", 1)
    shape, after = rest.split(b"</p:sp>", 1)
    whole = b"<p:sp>" + shape + b"</p:sp>"
    space = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = b"<mc:Choice Requires='p14'>" + whole + b"</mc:Choice><mc:Fallback>" + whole + b"</mc:Fallback>"
    parts[name] = before + b"<mc:AlternateContent " + space + b">" + choice + b"</mc:AlternateContent>" + after


# PDF


def test_a_poster_is_read_by_columns_and_the_camera_is_left_out(draft: Drafts) -> None:
    made = draft(pdf.read(documents.poster()))
    text = body(made)
    assert "## Contexte\n\n- Insécurité et baisse des indicateurs\n" in text
    assert "## Résultats\n\n- Construction d'une fosse\n- Production de savon\n" in text
    assert "## Leçons apprises\n\n- Capacités des communautés\n- Confiance mutuelle\n" in text
    assert "### DEFIS DE DURABILITE\n\n- Régularité des échanges" in text
    assert " ".join(said(made, "watermark")) == "INFINIX HOT 9 AI QUAD CAMERA"


def test_the_margins_of_a_report_are_left_out_and_its_table_is_one(draft: Drafts) -> None:
    made = draft(pdf.read(documents.report(5)))
    assert made.title == "Rapport annuel de la zone"
    text = body(made)
    assert "| Centre | Visites |\n| --- | --- |\n| Soaga | 12 |\n| Guibtenga | 9 |" in text
    assert text.count("\n\nLa supervision a repris") == 5
    assert said(made, "header") == ["Ministère de la santé - rapport"]
    assert said(made, "page-number") == [f"Page {n}" for n in range(1, 6)]


# Web pages and OpenDocument

PAGE = """<!doctype html><html lang="fr"><head><title>Le blog | Un billet</title>
<meta property="article:published_time" content="2015-05-28T10:00:00Z"></head><body>
<nav><ul><li>Home</li><li>Contact</li></ul></nav>
<article><h1>Lancement d’un hub</h1><p>Par Jean-Paul Dossou</p>
<h2>Un petit historique</h2><p>Le <b>Bénin</b> a établi<br>un lien<sup>2</sup> avec <a href="/hub">la CoP</a>.</p>
<ol start="3"><li>trois<ul><li>dedans</li></ul></li><li>quatre</li></ol>
<table><tr><th>A<th>B</tr><tr><td rowspan=2>x<td>1</tr><tr><td>2</tr></table>
<img src="https://traceur.example/pixel.png" alt="Photo de famille"><img alt="Une carte" src="data:image/png;base64,{}">
<script>alert(1)</script></article><footer>Powered by</footer></body></html>"""


def test_a_web_page_becomes_a_post_without_what_stands_around_it(draft: Drafts) -> None:
    import base64

    page = PAGE.format(base64.b64encode(documents.drawing()).decode())
    made = draft(web.read(page.encode()), "post")
    assert front(made).startswith("title: Lancement d’un hub\nstatus: draft\ndate: 2015-05-28\n")
    assert "authors:\n  - jean-paul-dossou\n" in front(made)
    assert body(made).startswith(
        "## Un petit historique\n\nLe **Bénin** a établi\\\nun lien² avec la CoP.\n\n3. trois\n   - dedans\n4. quatre"
        "\n\n| A | B |\n| --- | --- |\n| x | 1 |\n| x | 2 |"
    )
    assert said(made, "page-furniture") == ["Home Contact", "Powered by"]
    assert said(made, "external-picture") == ["Photo de famille https://traceur.example/pixel.png"]
    assert "alert" not in made.text


def test_an_opendocument_text_keeps_its_lists_notes_frames_and_comments(draft: Drafts) -> None:
    styles = """
        <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
        <text:list-style style:name="N">
          <text:list-level-style-number text:level="1" style:num-format="1"/>
        </text:list-style>"""
    content = """
        <text:h text:outline-level="1">Le titre</text:h>
        <text:h text:outline-level="2">Contexte</text:h>
        <text:p>Des<text:s text:c="2"/>mots <text:span text:style-name="B">gras</text:span><text:note text:id="f1"
          ><text:note-citation>1</text:note-citation><text:note-body><text:p>La source.</text:p></text:note-body
          ></text:note><office:annotation><dc:creator>Awa</dc:creator><text:p>À voir</text:p></office:annotation
          ><draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame></text:p>
        <text:list text:style-name="N">
          <text:list-item><text:p>un</text:p>
            <text:list><text:list-item><text:p>dedans</text:p></text:list-item></text:list></text:list-item>
          <text:list-item><text:p>deux</text:p></text:list-item>
        </text:list>
        <table:table>
          <table:table-row>
            <table:table-cell table:number-columns-spanned="2"><text:p>AB</text:p></table:table-cell>
            <table:covered-table-cell/></table:table-row>
          <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>
            <table:table-cell><text:p>2</text:p></table:table-cell></table:table-row>
        </table:table>
        <text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>Une carte</svg:desc></draw:frame
          ></text:p>"""
    raw = documents.odt(content, styles=styles, pictures={"Pictures/a.png": documents.drawing()})
    made = draft(opendocument.read(raw))
    assert made.title == "Le titre"
    assert body(made).startswith(
        "## Contexte\n\nDes mots **gras**[^1]\n\nEncadré\n\n1. un\n   - dedans\n2. deux"
        "\n\n| AB |  |\n| --- | --- |\n| 1 | 2 |"
    )
    assert body(made).endswith("[^1]: La source.")
    assert said(made, "comment") == ["Awa : À voir"]


def test_an_english_document_becomes_an_english_draft(draft: Drafts) -> None:
    made = docx.Document()
    made.add_heading("What we learned", 0)
    for heading in ("1. Background", "Main results", "Lessons learnt"):
        made.add_heading(heading, 1)
        made.add_paragraph("The teams of the district have met with the people and it was good for all of them.")
    found = draft(word.read(documents.saved(made)))
    assert (found.uri, found.lang) == ("notes/what-we-learned.en.md", "en")
    assert [line for line in found.text.split("\n") if line.startswith("## ")][:3] == [
        "## Context",
        "## Methodology",
        "## Results",
    ]


def test_a_kind_that_requires_a_date_gets_one_to_be_put_right(draft: Drafts) -> None:
    made = docx.Document()
    made.add_paragraph("Un texte.")
    found: Any = draft(word.read(documents.saved(made)), "meeting")
    assert "date: 2013-12-23" in front(found)
    assert "required" in codes(found, "decide")
