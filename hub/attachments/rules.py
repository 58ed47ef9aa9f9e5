"""What can be wrong with a file of `docs/`. None that breaks one of these rules is published."""

from __future__ import annotations

from hub.diagnostics import Rule, Severity
from hub.i18n import N_

LINKED_FILE = Rule(
    "linked-file",
    Severity.ERROR,
    N_("“{found}” is a link to another place, or no file: nothing of it is read or published."),
    N_("Put the file itself there. Example: the file equipe.jpg in place of a link to it"),
)
FOREIGN_REPOSITORY = Rule(
    "foreign-repository",
    Severity.ERROR,
    N_("“{found}” is a repository of its own (a submodule): nothing of it is read or published."),
    N_("Nobody here reviews what changes there: copy the files that the hub needs. Example: docs/ressources/guide.pdf"),
)
NAME_NOT_PORTABLE = Rule(
    "name-not-portable",
    Severity.ERROR,
    N_("The name “{found}” cannot be written on every computer: {why}."),
    N_("Rename the file with letters, digits and hyphens. Example: {example}"),
)
NAMES_COLLIDE = Rule(
    "names-collide",
    Severity.ERROR,
    N_("Windows and macOS take “{found}” and “{first}” for one and the same."),
    N_("Rename one of them, not by its capitals or accents alone. Example: {example}"),
)
TYPE_NOT_PUBLISHED = Rule(
    "type-not-published",
    Severity.WARNING,
    N_("The file is not published: {why}."),
    N_("Save it as one of these types, in another folder: {known}. Example: {example}"),
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    Severity.ERROR,
    N_("The file weighs {found} MB; at most {most} MB are published."),
    N_(
        "Many readers have a slow network: make the images in it smaller, cut it into parts, or raise the limit in "
        "mkdocs.yml. Example: max_file_size: {example}"
    ),
)
DISGUISED_FILE = Rule(
    "disguised-file",
    Severity.ERROR,
    N_("The name says “{expected}”, but the content is {found}."),
    N_("Save the file again in the program that made it, as what it is. Example: {example}"),
)
ACTIVE_FILE = Rule(
    "active-file",
    Severity.ERROR,
    N_("The file holds a program: {found}."),
    N_("Save it without macros or programs; nobody who opens it is to run anything. Example: {example}"),
)
EXPLODING_FILE = Rule(
    "exploding-file",
    Severity.ERROR,
    N_("The file becomes too large when it is opened: {found}."),
    N_("It could stop the computer of whoever opens it. Make it anew from smaller parts. Example: {example}"),
)
DAMAGED_FILE = Rule(
    "damaged-file",
    Severity.ERROR,
    N_("The file cannot be read as what its name says: {found}."),
    N_("Open it to see whether it is whole, save it again, or replace it. Example: {example}"),
)
RULES = (
    *(LINKED_FILE, FOREIGN_REPOSITORY, NAME_NOT_PORTABLE, NAMES_COLLIDE, TYPE_NOT_PUBLISHED),
    *(FILE_TOO_LARGE, DISGUISED_FILE, ACTIVE_FILE, EXPLODING_FILE, DAMAGED_FILE),
)
