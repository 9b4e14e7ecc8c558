"""Secrets of second factors move to a new key and go on working."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from braid.access import keyring
from braid.access.sign_in import factor_keys
from tests.second_factors import SECRET, code, give_app, recovery_codes

HOLDING = factor_keys.HOLDINGS[0]


pytestmark = pytest.mark.usefixtures("own_keys")


def test_secrets_are_renewed_in_parts_and_still_let_in(world):
    for name in ("ada", "ben"):
        give_app(getattr(world, name).user)
    before = recovery_codes(world.ada.user)
    old = keyring.current()
    assert HOLDING.under(old) == 4
    new = keyring.begin_rotation(timezone.now())
    assert [HOLDING.renew(3), HOLDING.renew(3), HOLDING.renew(3)] == [3, 1, 0]
    assert (HOLDING.under(old), HOLDING.under(new)) == (0, 4)
    app = Authenticator.objects.get(user=world.ada.user, type="totp")
    assert app.wrap().validate_code(code(SECRET))
    assert recovery_codes(world.ada.user) == before
