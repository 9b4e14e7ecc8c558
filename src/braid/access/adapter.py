"""Sign-in by invitation only: nobody makes an account of their own."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """allauth's account pages, without the page that makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
