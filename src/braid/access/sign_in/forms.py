"""Forms of single sign-on."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.models import SignInProvider
from braid.access.sign_in import outgoing
from braid.access.sign_in.claims import Reading
from braid.web.forms import LaidOut

CLAIMS = ("subject", "name", "assurance", "roles", "person_id", "person_system")
ORGANISATION = ("org_id", "org_value")


def _claim(label: Any, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, required=required, help_text=help_text
    )


class ProviderForm(LaidOut, forms.Form):
    """An OpenID Connect provider, and which of its claims says what."""

    name = forms.CharField(
        label=gettext_lazy("Name on the button"),
        max_length=40,
        help_text=gettext_lazy("As your people know it, such as “Region login”."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Issuer"),
        max_length=300,
        help_text=gettext_lazy(
            "The address that the provider gives for itself, with https. Who was "
            "connected before must be connected anew when it changes."
        ),
    )
    client_id = forms.CharField(label=gettext_lazy("Client id"), max_length=200)
    shared_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted and never shown again."),
    )
    scopes = forms.CharField(
        label=gettext_lazy("Scopes"),
        max_length=300,
        initial="openid profile",
        help_text=gettext_lazy(
            "Words divided by spaces; “openid” is always asked for."
        ),
    )
    assurances = forms.CharField(
        label=gettext_lazy("Assurance that is enough"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "Values of the assurance claim, divided by spaces. With any of them the "
            "provider's sign-in counts as a second factor, and others are refused. "
            "Left empty, people set up a second factor here."
        ),
    )
    subject = _claim(gettext_lazy("Claim: who it is"), required=True)
    name_claim = _claim(gettext_lazy("Claim: name"))
    assurance = _claim(gettext_lazy("Claim: assurance"))
    roles = _claim(
        gettext_lazy("Claim: roles"),
        gettext_lazy(
            "A role named there is shown to you as a proposal. It gives nothing."
        ),
    )
    person_id = _claim(gettext_lazy("Claim: number of the person"))
    person_system = _claim(gettext_lazy("Kind of that number"))
    org_id = _claim(gettext_lazy("Claim: organisation"))
    org_value = _claim(
        gettext_lazy("What it must say"),
        gettext_lazy(
            "For brokers that sign in people of many organisations: the number of yours."
        ),
    )
    replaces_passwords = forms.BooleanField(
        label=gettext_lazy("Members of this organisation sign in here only"),
        required=False,
        help_text=gettext_lazy(
            "Their passwords no longer work. Data stewards keep theirs, for the day "
            "when the provider does not answer."
        ),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"), required=False, initial=True
    )

    def clean_issuer(self) -> str:
        issuer: str = self.cleaned_data["issuer"].strip()
        try:
            outgoing.refuse_address(issuer)
        except outgoing.Forbidden:
            raise forms.ValidationError(
                _(
                    "This is not an address with https. Copy the issuer from the provider."
                )
            ) from None
        if urlsplit(issuer).query or urlsplit(issuer).fragment:
            raise forms.ValidationError(
                _(
                    "An issuer has no question mark and no hash. Copy it from the provider."
                )
            )
        return issuer

    def kept(self) -> dict[str, Any]:
        """Return the fields of the provider from what was typed."""
        given = self.cleaned_data
        claims = {key: given[key].strip() for key in (*CLAIMS, *ORGANISATION)} | {
            "name": given["name_claim"].strip()
        }
        return {
            "name": given["name"],
            "issuer": given["issuer"],
            "client_id": given["client_id"],
            "shared_secret": given["shared_secret"],
            "scopes": _words(given["scopes"]),
            "assurances": _words(given["assurances"]),
            "claims": claims,
            "replaces_passwords": given["replaces_passwords"],
            "is_active": given["is_active"],
        }


def _words(text: str) -> list[str]:
    return (
        list(dict.fromkeys(re.split(r"[\s,]+", text.strip()))) if text.strip() else []
    )


def initial(provider: SignInProvider | None) -> dict[str, Any]:
    """Return what the form shows at first; never the secret."""
    reading = Reading.of(provider.claims if provider else {})
    claims = {key: getattr(reading, key) for key in (*CLAIMS, *ORGANISATION)}
    claims["name_claim"] = reading.name
    if provider is None:
        claims.pop("name")
        return claims
    return claims | {
        "name": provider.name,
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "scopes": " ".join(provider.scopes),
        "assurances": " ".join(provider.assurances),
        "replaces_passwords": provider.replaces_passwords,
        "is_active": provider.is_active,
    }
