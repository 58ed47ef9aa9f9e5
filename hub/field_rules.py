"""The rules that values of front matter may break, and how a validator says that one is broken."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from hub.diagnostics import Rule, Severity
from hub.i18n import N_

UNKNOWN_KEY = Rule(
    "unknown-key",
    Severity.ERROR,
    N_("The field “{key}” does not exist here."),
    N_("{proposal} Example: {example}"),
)
MISSING_FIELD = Rule(
    "missing-field",
    Severity.ERROR,
    N_("The field “{key}” ({label}) is missing."),
    N_("Add it to the front matter. Example: {example}"),
)
WRONG_TYPE = Rule(
    "wrong-type",
    Severity.ERROR,
    N_("“{key}” holds {found}. Expected: {expected}."),
    N_("Example: {example}"),
)
BAD_DATE = Rule(
    "bad-date",
    Severity.ERROR,
    N_("“{found}” is not a date."),
    N_("Write year-month-day, or as much of it as is known. Example: {proposal}"),
)
BAD_PERIOD = Rule(
    "bad-period",
    Severity.ERROR,
    N_("The end ({end}) comes before the start ({start})."),
    N_("Put the earlier date first. Example: 2009/2014"),
)
NOT_IN_VOCABULARY = Rule(
    "not-in-vocabulary",
    Severity.ERROR,
    N_("“{found}” is not in the list “{vocabulary}”."),
    N_("{proposal} {choices} Example: {example}"),
)
BAD_REFERENCE = Rule(
    "bad-reference",
    Severity.ERROR,
    N_("“{found}” does not name an entry."),
    N_("Write a kind, a colon and an id. Example: {example}"),
)
BAD_ADDRESS = Rule(
    "bad-address",
    Severity.ERROR,
    N_("“{found}” is not a web address."),
    N_("Begin with https:// and leave no space. Example: https://www.example.org/report.pdf"),
)
BAD_AMOUNT = Rule(
    "bad-amount",
    Severity.ERROR,
    N_("“{found}” is not an amount, or can be read as more than one."),
    N_("Write the digits without marks, and the three letters of the currency (ISO 4217). Example: 1299253 EUR"),
)
BAD_ORCID = Rule(
    "bad-orcid",
    Severity.ERROR,
    N_("“{found}” is not an ORCID iD: its shape or its last digit is wrong."),
    N_("Copy it from orcid.org. Example: 0000-0002-1825-0097"),
)
BAD_ROR = Rule(
    "bad-ror",
    Severity.ERROR,
    N_("“{found}” is not a ROR id: its shape or its last two digits are wrong."),
    N_("Copy it from ror.org. Example: 03gzr6j88"),
)
BAD_ID = Rule(
    "bad-id",
    Severity.ERROR,
    N_("“{found}” cannot be an id."),
    N_("Use small letters without accents, digits and dashes. Example: appui-dds"),
)
BAD_ANCHOR = Rule(
    "bad-anchor",
    Severity.ERROR,
    N_("“{found}” cannot be the mark by which this is cited."),
    N_("Use one to three letters and a number. Example: L1"),
)
BAD_ACCOUNT = Rule(
    "bad-account",
    Severity.ERROR,
    N_("“{found}” is not the name of an account on a forge."),
    N_("Write the name as the forge’s address has it, without the address. Example: jpdossou"),
)
BAD_ADDRESS_HASH = Rule(
    "bad-address-hash",
    Severity.ERROR,
    N_("This is not the SHA-256 hash of an e-mail address."),
    N_("Never write the address itself: its hash has 64 digits. Example: {example}"),
)
RULES = (
    UNKNOWN_KEY,
    MISSING_FIELD,
    WRONG_TYPE,
    BAD_DATE,
    BAD_PERIOD,
    NOT_IN_VOCABULARY,
    BAD_REFERENCE,
    BAD_ADDRESS,
    BAD_AMOUNT,
    BAD_ORCID,
    BAD_ROR,
    BAD_ID,
    BAD_ANCHOR,
    BAD_ACCOUNT,
    BAD_ADDRESS_HASH,
)
BY_CODE = {rule.code: rule for rule in RULES}


def fault(rule: Rule, **params: Any) -> PydanticCustomError:
    """The error by which a validator says that `rule` is broken.

    Two parameters are for `hub.bind`: `value`, an example value that it makes a line of, and `mended`, the one safe
    answer, which `hub check --fix` writes.
    """
    return PydanticCustomError(rule.code, rule.code, params)
