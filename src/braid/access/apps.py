"""The access room as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "braid.access"
    label = "access"
    verbose_name = _("Access")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the time of every sign-in run, record it, and keep no full address."""
        user_logged_in.connect(_begin, dispatch_uid="braid.access.session_begins")
        from allauth.account.signals import authentication_step_completed

        from braid.access.sign_in import recorded, sessions

        recorded.connect()
        authentication_step_completed.connect(
            sessions.rotate_when_confirmed, dispatch_uid="braid.access.session_rotates"
        )
        pre_save.connect(
            _keep_coarse,
            sender="usersessions.UserSession",
            dispatch_uid="braid.access.coarse_place",
        )


def _begin(sender: Any, request: Any, **kwargs: Any) -> None:
    from braid.access.sign_in import sessions

    sessions.begin(request)


def _keep_coarse(sender: Any, instance: Any, **kwargs: Any) -> None:
    from braid.access.sign_in import sessions

    sessions.keep_coarse(instance)
