"""One address for each sort of page of this repository's site."""

from __future__ import annotations

from tests.site.hubs import Built

FOLDERS = {
    "notes": "appui-dds",
    "projets": "pass-sourou",
    "wiki": "fbr-definition",
    "collaborations": "wiki-fbr",
    "groupes": "hub-cops-benin",
    "reunions": "2015-04-18-lancement-du-hub",
    "evenements": "conference-fbr-2016",
    "billets": "lancement-hub-cops-benin",
    "personnes": "bruno-meessen",
    "organisations": "cerrhud",
    "glossaire": "fbr",
    "ressources": "fiche-projet-hub-cops-benin",
}
OTHERS = [
    "",
    "notes/carte-communautaire-performance/",
    "projets/sante-pour-tous-jijoho/",
    "projets/sud-kivu-hainaut/",
    "themes/",
    "themes/governance/",
    "annees/",
    "annees/2015/",
    "lieux/",
    "lieux/bj/",
    "mots-cles/",
    "mots-cles/fbr/",
    "notes/themes/governance/",
    "billets/2015/05/",
    "billets/auteurs/",
    "billets/auteurs/jean-paul-dossou/",
    "wiki/pages-demandees/",
    "contribuer/",
    "contribuer/facilitateurs/",
    "rejoindre/",
    "a-propos/",
    "mentions-legales/",
    "confidentialite/",
    "recherche/",
    "404.html",
    "en/",
    "en/notes/",
    "en/notes/appui-dds/",
    "en/projets/pass-sourou/",
    "en/groupes/hub-cops-benin/",
    "en/billets/new-model-of-cops/",
    "en/glossaire/",
    "en/personnes/",
    "en/rejoindre/",
    "en/recherche/",
]


def addresses(site: Built) -> list[str]:
    """Every sort of page, each of which must exist; lists that only large hubs have, where this one has them."""
    found = [
        *(f"{folder}/" for folder in FOLDERS),
        *(f"{folder}/{entry}/" for folder, entry in FOLDERS.items()),
        *OTHERS,
    ]
    missing = [one for one in found if one not in site.pages]
    assert missing == []
    may_be = [one for one in site.pages if one.endswith(("/ebauches/", "/page/2/"))]
    return [*found, *may_be[:4]]
