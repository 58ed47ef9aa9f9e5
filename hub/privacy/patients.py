"""What looks like a patient's identity: a name beside an illness, an age or a file's number, a date of birth.

A name alone is no fault, nor is that of an author, a minister or a nurse. So each pattern asks for a name and for
something that makes a patient of it, near to each other; whoever has a title of the profession (Dr, Pr) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
_BIG, _SMALL = "A-ZÀ-ÖØ-ÞŒ", "a-zß-öø-ÿœ"
_NO_NAME = (
    "Le|La|Les|L|Un|Une|Des|Du|De|Au|Aux|Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|On|Nous|Son|Sa|Ses|Notre|Dans|Selon"
    "|Pour|Par"
    "|Avec|En|Sur|Sous|Chez|Depuis|Quand|Comme|Mais|Et|Ou|Si|Né|Née|Leçon|Tableau|Figure|Annexe|Cas|Case|The|A|An"
    "|In|On|At"
    "|For|From|His|Her|Its|Our|This|That|When|He|She|They|Dr|Pr|Prof|Docteur|Professeur"
)
_WORD = rf"(?!(?:{_NO_NAME})\b)[{_BIG}](?:'[{_BIG}])?[{_SMALL}]+(?:[-'][{_BIG}]?[{_SMALL}]+)*"
_CAPITALS = rf"[{_BIG}]{{3,}}(?:-[{_BIG}]{{2,}})*"
_INITIALS = rf"(?<![\w.-])[{_BIG}]\. ?(?:[{_BIG}]\. ?)?[{_BIG}](?:\.|(?=[ ,)]))"
_PART = rf"(?:{_WORD}|{_CAPITALS}|[{_BIG}]\.)"
_FULL = rf"(?<![\w'.-])(?:{_PART} (?:{_PART} ){{0,2}}(?:{_WORD}|{_CAPITALS}|[{_BIG}]\.)|{_INITIALS})"
_TITLE = r"\b(?:MM?\.|Mr\.?|Mme|Mlle|Mrs\.?|Ms\.?|Miss|Monsieur|Madame|Mademoiselle|[Dd]ame|[Ss]ieur|Maman|Baba|M)"
_LITTLE = r"\b(?:[Pp]etite?|[Jj]eune|[Bb]ébé|[Ff]illette|[Ee]nfant|[Aa]dolescente?)"
_NAMED = rf"{_TITLE} (?:{_INITIALS}|{_PART}(?: {_PART}){{0,3}})"
_SOMEBODY = rf"(?:{_NAMED}|{_LITTLE} {_PART}(?: {_PART}){{0,2}}|{_FULL})"

_MONTHS = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)"
)
_YEAR = r"(?:19[3-9]\d|20\d\d)"
_DAY = rf"(?:\d{{1,2}}(?:er)? {_MONTHS} {_YEAR}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{_YEAR}|\d\d\b))"
"""A whole date of somebody who may be alive."""

_ILL = (
    r"séroposi\w*|dépistée? (?:séro)?positi\w*|vih ?\+|hiv[- ]positive|sous (?:arv|traitement|perfusion|oxygène)"
    r"|diabétique"
    r"|tuberculeu(?:x|se)|hypertendue?|drépanocytaire|épileptique|lépreu(?:x|se)|hospitalisée?|opérée? (?:de|d'"
    r"|sans|en|deux)"
    r"|amputée?|violée?|césarisée|avorté|a(?:vait)? accouché|accouchée?|évacuée?|transfusée?|suivie? (?:pour"
    r"|au service)"
    r"|atteinte? (?:de|d'|du)|morte? (?:de|du|d'|en couches|à la naissance)|décédée? (?:de|du|d'|des suites|faute|à la)"
    r"|a perdu (?:son|sa|ses|un|une|l')|diagnosed|diabetic|admitted (?:with|for)|died (?:of|from)|tested positive"
    r"|vaccinée?s?"
    r"|mordue? par|subi une|a avorté|enceinte de|lost her|éclampsie|primipare"
)
_MEDICAL = re.compile(
    rf"\b(?:{_ILL}|patiente?s?|malades?|maladie|traitement|hospital\w*|consult\w*|admis\w*|accouch\w*|décès"
    rf"|décédée?|morte?"
    r"|mourut|maternité|arv|vih|sida|hiv|paludisme|malaria|fièvre|tubercul\w*|choléra|cholera|cancer|grossesse"
    r"|pregnan\w*"
    r"|césarienne|opér(?:ation|ée?)|chirurg\w*|blessée?|médicaments?|ordonnance|diagnosti\w*|hémorragie"
    r"|séropos\w*|garde"
    r"|naissance|transfus\w*|vaccin\w*|prothèse|tension|clinic|ward|treatment|disease|hystérectomie|référée?)\b"
    r"|dépistée? ",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:villages?|quartiers?|hameaux?|hameau|arrondissement|domiciliée?|habitante?|résidante?|originaire"
    r"|provenance|venue?"
    r" de|ménagère|cultivat\w+|commerçante|revendeuse|farmer|housewife|from)\b",
    re.IGNORECASE,
)
_AGE = (
    r"(?:,? ?\(|[,;:]? )(?:(?:un|une) (?:malade|patiente?) (?:de|d') ?|(?:sexe )?[FHM](?:asculin|éminin|emale|ale)?,? ?"
    r"|(?:fe)?male,? |âgée? de |aged )?(?P<age>\d{1,3}) ?-?(?:ans|mois|jours|years?|yrs|months)\b"
    r"(?! ?(?:d[e']\b|d'|après|plus tard|à la tête|of\b|later|avant|au service))"
)
_WITH_AGE = re.compile(rf"(?P<who>{_SOMEBODY}){_AGE}")
_CUE = (
    r"(?:patiente?|malade|parturiente|accouchée|défunte?|survivante?|victime|nouveau-né|nourrisson|bébé|enfant"
    r"|cas index"
    r"|index case|orpheline?|adolescente?|fillette|garçonnet|deceased|victim|survivor|newborn|baby)"
)
_DETERMINED = (
    r"\b(?:[Ll]es? |[Ll]a |[Ll]'|[Uu]ne? |[Dd]u |[Aa]u |[Nn]otre |[Cc]e |[Cc]ette |[Cc]et |[Ss]on |[Ss]a |[Tt]he "
    r"|[Aa] |[Tt]his )"
    r"(?:petite? |jeune |young )?"
)
_NO_PERSON = (
    r"(?!(?:VIH|HIV|SIDA|CSU|ARV|TB|CPN|PTME|OMS|WHO|Covid|Ebola|Lassa|Sida|Bénin|Togo|Niger|Mali|Burkina|Afrique"
    r"|Africa|Safety"
    r"|Support|Charter|Africain|Béninoise?|Benin|Solidaire|Congo|Rwanda|Burundi|Imaginaire)\b)"
)
_PATIENT_NAMED = re.compile(
    rf"{_DETERMINED}{_CUE} (?:(?:nommée?|prénommée?|dénommée?|appelée?|du nom de|named|called) {_PART}"
    rf"|{_TITLE} {_PART}|{_NO_PERSON}(?:{_FULL}|(?<!nfant ){_WORD}))"
    rf"|{_DETERMINED}{_CUE}(?: du \d+)?(?:, | \()(?:(?:nommée?|prénommée?|dénommée?|appelée?|named|called) {_PART}"
    rf"|{_NO_PERSON}(?:{_NAMED}|{_FULL})(?=[,)]))"
)
_ILL_AND_NAMED = re.compile(
    rf"(?<![\w'])(?P<det>(?:[Ll]e|[Ll]a|[Ll]es|[Ll]'|[Dd]u|[Dd]es|[Uu]ne?|[Nn]otre|[Tt]he|[Dd]r|[Pp]r) ?)?"
    rf"(?P<who>{_NAMED}|{_FULL})(?:,| \(| est| a été| était| fut| a| is| was| has been|, qui (?:est|a été"
    rf"|était))?,? ?(?={_ILL})",
)
_NAMED_AFTER = re.compile(rf"(?i:\b(?:{_ILL})),? {_NAMED}")
_FIRST_PERSON = re.compile(rf"(?:je m'appelle|je me nomme|mon nom est|my name is) {_PART}", re.IGNORECASE)
_BORN = re.compile(
    rf"(?<![\w'])(?P<det>(?:[Ll]e|[Ll]a|[Ll]'|[Dd]u|[Uu]ne?|[Nn]otre|[Tt]he) ?)?(?P<who>{_NAMED}"
    rf"|{_FULL}),?(?: est| is| was)?"
    rf" ?\(?(?:née?|née?\(e\)|born) (?:le |on )?{_DAY}"
    rf"|\b(?:[Nn]ée?|[Bb]orn) (?:le |on )?{_DAY}, (?:(?:le|la|l') ?{_CUE}|{_NAMED}|{_FULL})"
    rf"|(?i:\b(?:ddn|dob|date de naissance|date of birth)\b ?:? ?(?:le )?{_DAY})"
)
_NUMBER = r"[A-Z]{0,4}[-/]?\d(?:[\dA-Z]|[-/ ](?=\d))+"
_SIGN = r"(?:n°|nº|no\.|n\.|num(?:éro|\.)?|number|id|#|:)"
_FILE = re.compile(
    r"\b(?:(?:dossier|carnet|fiche|registre|code|identifiant|matricule|numéro|n°|file|chart|record)"
    r" (?:de |du |d'|de la )?(?:(?:dossier|registre|suivi) (?:de |du |d'|de la )?)?"
    r"(?:médical|clinique|santé|soins|patiente?|malade|consultation|hospitalisation|maternité|accouchements?|cpn"
    r"|arv|admission"
    r"|référence|vaccination|prise en charge)s?|patient|ipp|mrn|n° (?:arv|tarv|ipp|cpn|ptme|tb))"
    rf"(?:[ ,(:]{{0,3}}{_SIGN}){{0,2}}[ ,(:]{{0,3}}(?<=[ ,(:°#.]){_NUMBER}(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_BARE_FILE = re.compile(
    rf"\b(?:dossier|registre|fiche|carnet|file)(?: {_SIGN}| ?#) ?{_NUMBER}(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_SIGNED = re.compile(_SIGN, re.IGNORECASE)
_UNNAMED = re.compile(
    r"\b(?:une?|la|le|cette?|cet|l'|a|the) ?(?:jeune |petite? |young )?(?:femme|homme|fille|fillette|garçon"
    r"|enfant|patiente?|malade"
    r"|mère|adolescente?|woman|man|girl|boy|child|patient)(?: âgée?)? (?:de |d'|aged |of )?\d{1,2} (?:ans|mois"
    r"|jours|years|months)\b",
    re.IGNORECASE,
)
_HAMLET = re.compile(rf"(?i:\b(?:village|quartier|hameau|campement)) (?:de |d'|of )?{_WORD}|{_WORD} village\b")
# What a text must hold, in small letters or with a capital, for a pattern to find anything: looked for much sooner.
_CUES = (
    *(
        "atient",
        "alade",
        "arturiente",
        "ccouchée",
        "éfunt",
        "urvivant",
        "ictim",
        "ouveau-né",
        "ourrisson",
        "ébé",
        "nfant",
    ),
    *("as index", "ndex case", "rphelin", "dolescent", "illette", "arçonnet", "eceased", "urvivor", "ewborn", "baby"),
)
_AGES = (" ans", " mois", " jour", " year", " yr", " month", "-year", "\u00a0ans", "\u00a0mois", "\u202fans")
_ILLS = (
    *(
        "éroposi",
        "positi",
        "vih",
        "VIH",
        "HIV",
        "hiv",
        "sous ",
        "diab",
        "uberculeu",
        "ypertendu",
        "répanocyt",
        "pilepti",
    ),
    *(
        "épreu",
        "ospitalis",
        "péré",
        "mput",
        "viol",
        "Viol",
        "ésaris",
        "vorté",
        "ccouché",
        "vacué",
        "ransfus",
        "suivi",
        "Suivi",
    ),
    *("tteint", "mort", "Mort", "écédé", "perdu", "iagnosed", "dmitted", "died", "accin", "ordu", "ubi une", "nceinte"),
    *("lost her", "clampsie", "rimipare"),
)
_TITLES = ("M. ", "MM. ", "Mr", "Mme", "Mlle", "Ms", "Miss", "Monsieur", "Mad", "ame ", "ieur ", "Maman", "Baba")
_BIRTHS = (
    "né le",
    "née le",
    "né(e)",
    " né ",
    " née ",
    "Né",
    "born",
    "Born",
    "DDN",
    "DOB",
    "ddn",
    "dob",
    "naissance",
    "birth",
)
_FILES = (
    *(
        "ossier",
        "arnet",
        "iche",
        "egistre",
        "code",
        "Code",
        "dentifiant",
        "atricule",
        "uméro",
        "n°",
        "N°",
        "file",
        "File",
    ),
    *("chart", "Chart", "ecord", "atient", "IPP", "ipp", "MRN", "mrn"),
)
_MYSELF = ("appelle", "nomme", "on nom est", "y name is")
_REACH = 120
"""Characters on either side in which it stands what makes a patient of a name."""
_PROFESSIONAL = re.compile(r"\b(?:[Dd]r|[Pp]r|[Pp]rof|[Dd]octeur|[Pp]rofesseur)\.? ?$")
_LONGEST_TITLE = len("professeur. ")
_SENTENCE_END = re.compile(rf"(?<!\b[{_BIG}])(?<!\bM)(?<!\bMr)(?<!\bMme)[.!?…]['»\" )]* (?=[«\"(]? ?[{_BIG}])")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where a text that is on one line may tell who a patient is: begin and end of each place.

    >>> [text[a:b] for text in ["Mme K. A., 34 ans, a accouché.", "Le Dr Bio suit 34 patients."] for a, b in find(text)]
    ['Mme K. A., 34 ans']
    """
    last = 0
    for start, end in sorted(_all(text), key=lambda one: (one[0], -one[1])):
        if start >= last:
            yield start, end
            last = end


def hints(text: str) -> list[int]:
    """Where a text is worth a closer look."""
    found = []
    for word in _HINTS:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return found


def _all(text: str) -> Iterator[Span]:
    for words, look in _LOOKS:
        if _holds(text, words):
            yield from look(text)


def _called_patients(text: str) -> Iterator[Span]:
    return (match.span() for match in _PATIENT_NAMED.finditer(text))


def _with_age(text: str) -> Iterator[Span]:
    for match in _WITH_AGE.finditer(text):
        if not _is_professional(text, match.start()) and _says_who(text, match):
            yield match.span()
    for match in _UNNAMED.finditer(text):
        if _near(_HAMLET, text, *match.span()) and _near(_MEDICAL, text, *match.span()):
            yield match.span()


def _ill(text: str) -> Iterator[Span]:
    for match in _ILL_AND_NAMED.finditer(text):
        if not match["det"] and not _is_professional(text, match.start("who")):
            yield match.start("who"), match.end()
    if _holds(text, _TITLES):
        yield from (match.span() for match in _NAMED_AFTER.finditer(text))


def _born(text: str) -> Iterator[Span]:
    return (match.span() for match in _BORN.finditer(text) if not match["det"])


def _files(text: str) -> Iterator[Span]:
    for match in _FILE.finditer(text):
        if _SIGNED.search(match[0]) or match[0][:3].lower() in {"ipp", "mrn", "n° "}:
            yield match.span()
    yield from (match.span() for match in _BARE_FILE.finditer(text) if _near(_MEDICAL, text, *match.span()))


def _testimonies(text: str) -> Iterator[Span]:
    return (match.span() for match in _FIRST_PERSON.finditer(text) if _near(_MEDICAL, text, *match.span()))


_LOOKS = (
    (_CUES, _called_patients),
    (_AGES, _with_age),
    (_ILLS, _ill),
    (_BIRTHS, _born),
    (_FILES, _files),
    (_MYSELF, _testimonies),
)


_HINTS = tuple(dict.fromkeys(word for words, _ in _LOOKS for word in words))


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _says_who(text: str, match: re.Match[str]) -> bool:
    """Whether a name with an age is a patient's: initials are, for others there is an illness or a home beside it."""
    if re.search(rf"(?:^|[ ]){_INITIALS}$", match["who"]):
        return True
    who = match.span("who")
    return _near(_MEDICAL, text, *who) or _near(_LIVES, text, *who)


def _near(what: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether something stands in the same sentence, not too far before `start` or after `end`."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for stop in _SENTENCE_END.finditer(text, first, last):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.start()
            break
    return bool(what.search(text[first:start]) or what.search(text[end:last]))


def _is_professional(text: str, at: int) -> bool:
    return _PROFESSIONAL.search(text, max(0, at - _LONGEST_TITLE), at) is not None
