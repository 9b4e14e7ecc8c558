"""From the words of rosters to the codes of the facts."""

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "clinic": "treatment_office",
    "ips_office": "ips_office",
    "home": "home",
    "cafe": "community",
    "library": "community",
    "outdoors": "community",
    "community": "community",
    "workplace": "employer_site",
    "jobcentre": "job_centre",
    "remote": "remote",
}
MODES: Mapping[str, str | None] = {
    "f2f": "in_person",
    "phone": "phone",
    "video": "video",
    "text": "message",
    "email": "message",
    "remote": None,  # by telephone or in writing: not told which
}
PERMANENCE: Mapping[str, str] = {
    "yes": "permanent",
    "no": "fixed_term",
    "seasonal": "seasonal",
    "on_call": "on_call",
}
CURRENCY_OF_COUNTRY: Mapping[str, str] = {
    "AT": "EUR",
    "AU": "AUD",
    "BE": "EUR",
    "CA": "CAD",
    "CH": "CHF",
    "DE": "EUR",
    "DK": "DKK",
    "FI": "EUR",
    "FR": "EUR",
    "GB": "GBP",
    "IE": "EUR",
    "NL": "EUR",
    "NO": "NOK",
    "NZ": "NZD",
    "SE": "SEK",
    "US": "USD",
}
CURRENCY_OF_LANGUAGE: Mapping[str, str] = {
    "da": "DKK",
    "nb": "NOK",
    "nl": "EUR",
    "sv": "SEK",
}
SHARED_SIGNS = (
    frozenset(("DKK", "NOK", "SEK")),
    frozenset(("USD", "CAD", "AUD", "NZD")),
)
"""Currencies written alike: “kr” and “$” do not say which."""

INTERNSHIP = "internship"
UNPAID_INTERNSHIP = "unpaid_internship"


def placement_code(word: str) -> str:
    """Return the placement of the facts: a roster's internship is an unpaid one."""
    return UNPAID_INTERNSHIP if word == INTERNSHIP else word


def placement_word(code: str | None) -> str:
    """Return the roster word of a placement, `unknown` for none."""
    if code is None:
        return "unknown"
    return INTERNSHIP if code == UNPAID_INTERNSHIP else code


def settled_currency(written: str | None, usual: str | None) -> str | None:
    """Return the currency written, or the usual one where the sign fits that as well."""
    if written is None or usual is None:
        return written or usual
    alike = any({written, usual} <= signs for signs in SHARED_SIGNS)
    return usual if alike else written


def place_code(word: str, offices: tuple[str, ...]) -> str:
    """Return the place of the facts; `offices` says which words are offices here."""
    code = PLACES[word]
    is_office = code in ("treatment_office", "ips_office")
    if is_office and word not in offices:
        return "community"
    return "ips_office" if word in offices and not is_office else code
