"""Person: whoever contributes. Without a recorded consent, a page shows the name and the public work, nothing else."""

from __future__ import annotations

from typing import Annotated, Any

from hub.about import Agreement, Form, about
from hub.fields import Account, AddressHash, Code, Date, In, Many, Orcid, Ref, To, YesNo
from hub.i18n import Label
from hub.model import Entry, Kind
from hub.nearest import fold
from hub.parts import Part
from hub.views import Name, Thing


class Affiliation(Part):
    """Where the person works or worked."""

    organisation: Annotated[Ref | str, To("organisation", or_text=True)] = about(
        "Organisation", "Organisation", required=True, example="organisation:cerrhud", back=("Personnes", "People")
    )
    since: Date | None = about("Depuis", "Since")
    until: Date | None = about("Jusqu’à", "Until", after="since")


class PersonalConsent(Part):
    """What the person has agreed to show, and when."""

    date: Date = about("Date", "Date", required=True, example="2026-11-01")
    scope: Many[str] = about("Portée", "Scope", default=(), example="[profil, photo]")

    @property
    def covers_profile(self) -> bool:
        """Whether the profile may be shown: a consent that names the photo alone says nothing of it."""
        return not self.scope or any("photo" not in fold(word) for word in self.scope)

    @property
    def covers_photo(self) -> bool:
        """Whether a photo may be shown: where the consent says what it is for, it must name it."""
        return not self.scope or any("photo" in fold(word) for word in self.scope)


class Accounts(Part):
    """The person's names on the forges, by which they are asked to review."""

    github: Account | None = about("GitHub", "GitHub", example="jpdossou")
    gitlab: Account | None = about("GitLab", "GitLab", example="jpdossou")


class Person(Entry):
    """Contributeur."""

    given_name: str | None = about("Prénom", "Given name", view="hidden", example="Jean-Paul")
    family_name: str | None = about("Nom", "Family name", view="hidden", example="Dossou")
    orcid: Orcid | None = about("ORCID", "ORCID", example="0000-0002-1825-0097")
    affiliations: Many[Affiliation] = about("Affiliations", "Affiliations", default=(), view="tenures")
    expertise: Many[str] = about(
        "Expertise", "Expertise", default=(), view="asked", example="[financement basé sur les résultats]"
    )
    languages: Many[Annotated[Code, In("language")]] = about("Langues", "Languages", default=())
    bio: str | None = about("Présentation", "Biography", view="text")
    photo: str | None = about("Photo", "Photo", view="photo")
    accounts: Accounts | None = about("Comptes", "Accounts", view="hidden", example="\n  github: jpdossou")
    git: Many[AddressHash] = about(
        "Empreintes des adresses de Git",
        "Hashes of Git’s addresses",
        default=(),
        view="hidden",
        example="[509953f20caf0fd68448194b8d74258990926e3456f02ee6cac9be62b57039e2]",
        help=(
            "L’empreinte SHA-256 de chaque adresse avec laquelle la personne enregistre ses textes ; jamais l’adresse.",
            "The SHA-256 hash of each address that the person commits with; never the address.",
        ),
    )
    consent: PersonalConsent | None = about("Consentement", "Consent", view="hidden")
    retired: YesNo = about("Retiré", "Retired", default=False, view="hidden")

    @property
    def shows_profile(self) -> bool:
        """Whether more than the name and the public work may be shown."""
        return self.consent is not None and self.consent.covers_profile and not self.retired

    def with_wishes_of(self, current: Entry) -> Entry:
        """A consent that was withdrawn holds for older revisions too."""
        kept = {name: getattr(current, name) for name in ("consent", "retired") if hasattr(current, name)}
        return self.model_copy(update=kept)

    @property
    def shows_photo(self) -> bool:
        """Whether the photo may be shown."""
        return self.consent is not None and self.consent.covers_photo

    @property
    def is_retired(self) -> bool:
        """Whether the person has left the community."""
        return bool(self.retired)

    def pseudonym(self, mark: str) -> Label | None:
        """What stands for the name of who has left."""
        return Label(f"Contributeur retiré {mark}", f"Retired contributor {mark}") if self.retired else None

    def affiliated(self) -> tuple[Ref | str, ...]:
        """Where the person works or worked."""
        return tuple(dict.fromkeys(one.organisation for one in self.affiliations))

    def knows(self) -> tuple[str, ...]:
        """The person's expertise."""
        return self.expertise

    def account(self, forge: str) -> str:
        """The account that the person gave."""
        return getattr(self.accounts, forge, None) or ""

    def address_hashes(self) -> tuple[str, ...]:
        """The hashes that the person gave."""
        return self.git

    @property
    def sort_name(self) -> str:
        """Family name first."""
        return " ".join(part for part in (self.family_name, self.given_name) if part) or self.title

    def named(self) -> Name:
        """Given and family name, and the ORCID iD."""
        return Name(self.title, self.given_name or "", self.family_name or "", self.orcid or "")

    def json_ld(self) -> Thing:
        """A person: with consent, the ORCID iD and where they work."""
        orcid = f"https://orcid.org/{self.orcid}" if self.orcid else None
        return Thing(
            "Person",
            {
                "givenName": self.given_name,
                "familyName": self.family_name,
                "identifier": orcid,
                "sameAs": orcid,
                "affiliation": tuple(
                    one.organisation
                    if isinstance(one.organisation, Ref)
                    else Thing("Organization", {"name": one.organisation})
                    for one in self.affiliations
                    if not one.until
                ),
                "knowsAbout": self.expertise,
            },
        )

    def card_facts(self) -> tuple[Any, ...]:
        """Affiliation today, with consent."""
        return tuple(a.organisation for a in self.affiliations if not a.until)[:1] if self.shows_profile else ()


KIND = Kind(
    name="person",
    model=Person,
    folder=Label("personnes", "people"),
    label=Label("Contributeur", "Contributor"),
    plural=Label("Contributeurs", "Contributors"),
    description=Label("Celles et ceux dont le travail fait le hub.", "Those whose work makes the hub."),
    index="people",
    rank=50,
    form=Form(
        ("given_name", "family_name", "affiliations", "expertise", "languages", "places", "orcid", "bio"),
        name=Label("Rejoindre la communauté", "Join the community"),
        required=("given_name", "family_name"),
        agreed=(
            Agreement(
                "profil",
                Label(
                    "Ma page peut montrer mon profil : ces renseignements.", "My page may show my profile: these facts."
                ),
                covers=("affiliations", "expertise", "languages", "places", "orcid", "bio"),
            ),
            Agreement(
                "photo", Label("Ma page peut montrer ma photo.", "My page may show my photo."), covers=("photo",)
            ),
        ),
    ),
)
