"""Single sign-on of an organisation: its provider and how its claims are read."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.models.organisations import Organisation
from braid.kernel.ids import new_id


class SignInProvider(models.Model):
    """An OpenID Connect provider of one organisation. People are known by issuer and
    subject, never by e-mail; `claims` says which claim is what.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="sign_in_providers"
    )
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name on the button"), max_length=80)
    issuer = models.URLField(_("issuer"), max_length=300)
    client_id = models.CharField(_("client id"), max_length=200)
    client_secret_encrypted = models.TextField(blank=True)
    scopes = models.JSONField(default=list)
    claims: Any = models.JSONField(default=dict)
    assurances = models.JSONField(default=list)  # values of `acr` that are enough
    replaces_passwords = models.BooleanField(
        _("members of this organisation sign in here only"), default=False
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
