"""Documents for the tests of imports: made here, from short texts of the sort that people hand over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pptx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF
from PIL import Image
from pptx.util import Inches

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Any) -> bytes:
    """A document of python-docx or python-pptx as bytes."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def photo(width: int = 2400, height: int = 1200, *, colour: str = "teal") -> bytes:
    """A photo with a place and a camera in its metadata."""
    image = Image.new("RGB", (width, height), colour)
    exif = image.getexif()
    exif[0x010F] = "Infinix"
    exif[0x013B] = "Awa Photographe"
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif)
    return made.getvalue()


def drawing(width: int = 200, height: int = 100) -> bytes:
    """A drawing with a transparent ground."""
    made = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 0, 0, 120)).save(made, "PNG")
    return made.getvalue()


def in_zip(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """An archive whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def xml(text: str) -> Any:
    """An element of WordprocessingML, its namespaces declared."""
    spaces = (
        f'{nsdecls("w", "a", "r", "wp", "pic")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    head, _, rest = text.partition(">")
    slash = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.rstrip('/')} {spaces}{slash}>{rest}")


def note(with_photo: bool = True) -> bytes:
    """A note as it comes by mail: headings made by hand, everything in italics, keywords in a line, a photo."""
    made = docx.Document()
    made.add_paragraph().add_run("APPUI À LA DDS : EXPÉRIENCE DES DÉPARTEMENTS").bold = True
    made.add_paragraph("Auteurs : Dr Jean-Paul DOSSOU, Awa Inconnue")
    made.add_paragraph("Cotonou, le 18 avril 2015")
    made.add_paragraph().add_run("Résumé :").bold = True
    made.add_paragraph(
        "Mots clés : Qualité des soins - services centrés sur la personne - coordination renforcée- accompagnement."
    )
    made.add_paragraph().add_run("1. CONTEXTE").bold = True
    first = made.add_paragraph()
    first.add_run("Les évaluations du rôle de la DDS ont révélé des faiblesses").italic = True
    first.add_run(" : axe 1 *services*, axe 2 [zones], axe 3_coordination.").italic = True
    if with_photo:
        made.add_picture(io.BytesIO(photo()))
        made.add_paragraph("Photo 1 : réunion de l’équipe", style="Caption")
    made.add_paragraph().add_run("Méthodologie :").bold = True
    made.add_paragraph("De manière globale, apprentissage et expérimentation.")
    made.add_paragraph("Les principaux résultats obtenus sont présentés selon les trois axes :")
    lead = made.add_paragraph()
    lead.add_run("Axe 1").bold = True
    lead.add_run(", les missions de la DDS mieux remplies ; PITA consolidé.")
    table = made.add_table(3, 3)
    for row, values in enumerate((("Zone", "Avant", "Après"), ("Abomey", "3", "7"), ("", "4", "8"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    made.add_paragraph(
        "Les principales difficultés rencontrées sont : la capacité insuffisante, l’absence d’appropriation."
    )
    made.add_paragraph().add_run("LECONS APPRIS").bold = True
    for text in ("✓ réduire le cloisonnement des services", "✓ susciter leur synergie"):
        made.add_paragraph(text)
    made.add_paragraph().add_run("Remerciements").bold = True
    made.add_paragraph("Merci à tous & à toutes <ici>.")
    made.sections[0].header.paragraphs[0].text = "CERRHUD – note interne"
    made.sections[0].footer.paragraphs[0].text = "Page 1"
    return saved(made)


def deck() -> bytes:
    """A slide deck: a title repeated over slides, levels, notes, a table, a group, a footer."""
    made = pptx.Presentation()
    title, content, blank = made.slide_layouts[0], made.slide_layouts[1], made.slide_layouts[6]
    slide = made.slides.add_slide(title)
    slide.shapes.title.text = "Stratégie du programme"
    slide.placeholders[1].text = "Province du Sud-Kivu"
    for number, points in enumerate(
        ((("adhésion politique", 0), ("échange d’expertises", 1)), (("les conventions", 0),))
    ):
        slide = made.slides.add_slide(content)
        slide.shapes.title.text = f"L’accès précoce de 20{' ' * number}% aux soins est coordonné par des services"
        frame = slide.placeholders[1].text_frame
        for index, (text, level) in enumerate(points):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = text, level
        slide.notes_slide.notes_text_frame.text = f"Dire ceci, volet {number + 1}."
    slide = made.slides.add_slide(blank)
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    for index, text in enumerate(("Étape", "Date", "Dépôt", "Juin 2007")):
        table.cell(index // 2, index % 2).text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(4), Inches(2), Inches(1)).text_frame.text = "Le partenariat"
    slide.shapes.add_picture(io.BytesIO(photo(300, 200)), Inches(5), Inches(5))
    return saved(made)


def poster() -> bytes:
    """A poster of a photo: a camera's mark, headings in capitals, ticks, two columns."""
    made = FPDF(format="A3")
    made.add_page()
    made.set_font("helvetica", size=10)
    made.text(20, 12, "INFINIX HOT 9")
    made.text(20, 17, "AI QUAD CAMERA")

    def column(x: float, y: float, parts: Mapping[str, tuple[str, ...]]) -> None:
        for heading, points in parts.items():
            made.set_font("helvetica", "B", 18)
            made.text(x, y, heading)
            made.set_font("helvetica", size=11)
            for point in points:
                y += 8
                made.text(x, y, f"- {point}")
            y += 16

    column(
        20,
        40,
        {
            "RESULTATS": ("Construction d'une fosse", "Production de savon"),
            "CONTEXTE": ("Insécurité et baisse des indicateurs",),
        },
    )
    column(
        160,
        40,
        {
            "LECONS APPRIS": ("Capacités des communautés", "Confiance mutuelle"),
            "DEFIS DE DURABILITE": ("Régularité des échanges",),
        },
    )
    return bytes(made.output())


def report(pages: int = 3, *, password: str = "") -> bytes:
    """A report of several pages, with running titles, page numbers and a table with lines."""
    made = FPDF()
    made.set_title("Rapport annuel de la zone")
    for number in range(1, pages + 1):
        made.add_page()
        made.set_font("helvetica", size=9)
        made.text(20, 10, "Ministère de la santé - rapport")
        made.text(100, 290, f"Page {number}")
        made.set_xy(20, 30)
        made.set_font("helvetica", "B", 16)
        made.cell(0, 10, f"Chapitre {number}", new_x="LMARGIN", new_y="NEXT")
        made.set_font("helvetica", size=11)
        made.multi_cell(
            150, 6, "La supervision a repris dans les centres de santé de la zone sanitaire, avec les équipes. " * 3
        )
        if number == 1:
            made.ln(8)
            with made.table() as table:
                for row in (("Centre", "Visites"), ("Soaga", "12"), ("Guibtenga", "9")):
                    table.row(row)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    return bytes(made.output())


def scan() -> bytes:
    """A PDF whose only page is a picture."""
    made = FPDF()
    made.add_page()
    made.image(io.BytesIO(photo(800, 1100)), 0, 0, 210, 297)
    return bytes(made.output())


def text_box(text: str) -> Any:
    """A text box as Word writes it: twice, for newer and older readers."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return xml(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def with_notes(data: bytes, notes: Mapping[str, str], sort: str = "footnote") -> bytes:
    """A Word document with a part of footnotes or endnotes; its text names them by `<w:footnoteReference>`."""

    def change(parts: dict[str, bytes]) -> None:
        inside = "".join(
            f'<w:{sort} w:id="{mark}"><w:p><w:r><w:{sort}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{sort}>'
            for mark, text in notes.items()
        )
        parts[f"word/{sort}s.xml"] = f'<w:{sort}s xmlns:w="{W}">{inside}</w:{sort}s>'.encode()
        rels = "word/_rels/document.xml.rels"
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{sort}s"
        parts[rels] = parts[rels].replace(
            b"</Relationships>",
            f'<Relationship Id="r{sort}" Type="{kind}" Target="{sort}s.xml"/></Relationships>'.encode(),
        )
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{sort}s+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>", f'<Override PartName="/word/{sort}s.xml" ContentType="{content}"/></Types>'.encode()
        )

    return in_zip(data, change)


def note_mark(paragraph: Any, mark: str, sort: str = "footnote") -> None:
    """Let a paragraph name a note."""
    run = paragraph.add_run()
    element = OxmlElement(f"w:{sort}Reference")
    element.set(qn("w:id"), mark)
    run._r.append(element)


def odt(body: str, *, styles: str = "", pictures: Mapping[str, bytes] | None = None, meta: str = "") -> bytes:
    """An OpenDocument text with this body."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta")),
        )
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        if meta:
            archive.writestr(
                "meta.xml", f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>"
            )
        for name, data in (pictures or {}).items():
            archive.writestr(name, data)
    return made.getvalue()


HERE = Path(__file__).parent
