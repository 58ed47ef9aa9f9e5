"""What pages ask of their readers, on the forge: to propose a text, to say what is wrong in one."""

from __future__ import annotations

from hub import emails, forges, forms
from hub.i18n import N_, Label
from hub.model import Entry, Kind
from hub.site.page import Shown
from hub.site.reader import Reader
from hub.template import new_text

_NAME = Label("mon-titre", "my-title")
_TITLE = Label("Mon titre", "My title")


def proposal(reader: Reader, kind: Kind) -> Shown | None:
    """The link that proposes an entry of a kind, already begun; None where the kind or the forge has no such thing."""
    config = reader.config
    forge = forges.find(config.repo_url, config.edit_uri)
    if not forge or not any(kind.invitation):
        return None
    ending = ".md" if reader.lang == config.default_language else f".{reader.lang}.md"
    text = new_text(kind, reader.label(_TITLE), reader.lang, optional=False)
    folder, name = kind.folder_in(config.default_language), reader.label(_NAME) + ending
    said = reader.label(kind.invitation)
    return Shown(said, forges.new_file(forge, folder, name, text, said))


def form(reader: Reader, kind: Kind) -> Shown | None:
    """The link to the form of a kind that is called otherwise than a proposal; None where there is no such form."""
    config = reader.config
    forge = forges.find(config.repo_url, config.edit_uri)
    if not forge or kind.form is None or not any(kind.form.name):
        return None
    library = reader.library
    one = forms.asked({kind.name: kind}, library.vocabularies, config.default_language)[kind.name]
    said = reader.label(kind.form.name)
    path = f"{forms.PLACES.get(forge.name, '')}/{one.name}.yml"
    return Shown(said, forges.new_form(forge, path, {}, said, forms.blank(one, {})))


def deposit(reader: Reader, kind: Kind) -> Shown | None:
    """The link to the folder where documents are left that become entries of a kind; None where none do."""
    forge = forges.find(reader.config.repo_url, reader.config.edit_uri)
    if not forge or not kind.drafts_from or not any(kind.invitation):
        return None
    return Shown(reader.say(N_("Hand in a document")), forges.upload(forge, forges.DEPOSIT))


def comment(reader: Reader, entry: Entry, address: str) -> str:
    """The address of the form that comments on a page; empty for people, of whom nothing is said on their pages."""
    config = reader.config
    forge = forges.find(config.repo_url, config.edit_uri)
    if not forge or hasattr(entry, "shows_profile") or emails.may_hold(entry.src_uri):
        return ""
    form = forms.asked({}, {}, config.default_language)[forms.COMMENT]
    answers = {"page": config.url(address) or address}
    path = f"{forms.PLACES.get(forge.name, '')}/{form.name}.yml"
    title = reader.say(N_("Comment on “{title}”"), title=entry.title)
    return forges.new_form(forge, path, answers, title, forms.blank(form, answers))


def error(reader: Reader, entry: Entry, address: str) -> str:
    """The address of an issue about an entry's page; empty where its name is shown to nobody, or there is no forge."""
    config = reader.config
    forge = forges.find(config.repo_url, config.edit_uri)
    if not forge or entry.pseudonym("") or emails.may_hold(entry.src_uri):
        return ""
    title = reader.say(N_("Error in “{title}”"), title=entry.title)
    page = config.url(address) or entry.src_uri
    ask = reader.say(N_("What is wrong, and what would be right? What you write here is public: name no patient."))
    return forges.new_issue(forge, title, f"{page}\n\n{ask}\n\n")
