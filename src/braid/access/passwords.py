"""A new password in a form, for every room that lets somebody choose one."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy

from braid.access.models import User


class PasswordMixin(forms.Form):
    """A new password, checked by the rules of the installation."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "At least twelve characters. Three or four unrelated words are easy to "
            "remember and hard to guess."
        ),
    )

    # Whose password it will be, where that is known already.
    user: User | None = None

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
