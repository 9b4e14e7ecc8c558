"""The password as a way in, unless the organisation has people sign in elsewhere."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from braid.access.sign_in import providers


class PasswordBackend(AuthenticationBackend):
    """allauth's check; who signs in elsewhere is told the same as for a wrong password.

    The password is checked in any case, so that the answer takes equally long.
    """

    def _check_password(
        self, user: AbstractBaseUser | None, password: str
    ) -> AbstractBaseUser | None:
        found = super()._check_password(user, password)
        if user is not None and providers.replace_password(
            user.pk, timezone.localdate()
        ):
            return None
        return found
