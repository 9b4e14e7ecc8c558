"""Second factors for tests: an app with codes, and what it shows."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, at: float | None = None) -> str:
    """Return what an app shows at an instant, now unless another is given."""
    counter = int((time.time() if at is None else at) // 30)
    return f"{hotp_value(secret, counter):06}"


def give_app(user) -> None:
    """Let somebody have set up an app and recovery codes."""
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def recovery_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()
