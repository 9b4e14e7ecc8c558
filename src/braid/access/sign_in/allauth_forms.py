"""allauth's forms of second factors and forgotten passwords, in the words of the house."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access.sign_in import providers, recorded

MALFORMED = (LookupError, TypeError, ValueError, AttributeError)


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey; unless somebody says otherwise it lets them in without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["passwordless"].label = _(
            "Sign in with it alone, without a password"
        )
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()
        if given.get("credential"):
            _has_proved(self.user, "webauthn")
        return given


class AppForm(ActivateTOTPForm):
    """An app with codes; the first code proves that it is in the person's hand."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        _has_proved(self.user, "totp")
        return code


def _has_proved(user: Any, kind: str) -> None:
    """Let setting a factor up count as having used it, so that nobody is asked twice."""
    record_authentication(context.request, user, "mfa", type=kind, reauthenticated=True)


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey as the second step; one that fails is recorded, allauth tells nobody."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError:
            self._record()
            raise
        except MALFORMED as error:  # what no browser sends; allauth would break at it
            self._record()
            raise get_adapter().validation_error("incorrect_code") from error

    def _record(self) -> None:
        if self.user is None:
            recorded.refused_here(context.request, "passkey_failed")
        else:
            recorded.refused(self.user.pk, "factor_failed")


class PasskeyAloneForm(PasskeyForm, LoginWebAuthnForm):
    """A passkey without a password."""


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """A passkey, to confirm that it is still the same person."""


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class SignInForm(LoginForm):
    """The first page: two fields; the page itself says where a password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):
    """Whoever signs in at a provider only is answered like an address nobody knows."""

    users: list[Any]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        today = timezone.localdate()
        self.users = [
            user
            for user in self.users
            if not providers.replace_password(user.pk, today)
        ]
        return email
