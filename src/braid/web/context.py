"""What every page template may rely on."""

from django.http import HttpRequest

import braid
from braid.web.responses import is_for_dialog


def page(request: HttpRequest) -> dict[str, object]:
    """Give templates their base, the version and the nonce of the response.

    `nav`, `user_menu`, `search_url` and `log_url` come from a room above; a page
    without them simply shows none.
    """
    in_dialog = is_for_dialog(request)
    user = getattr(request, "user", None)
    return {
        "in_dialog": in_dialog,
        "dialog_base": "web/dialog.html" if in_dialog else "web/dialog_page.html",
        # Light, dark, empty as in the system; None where nobody is signed in.
        "account_theme": getattr(user, "theme", None),
        "braid_version": braid.__version__,
        "csp_nonce": getattr(request, "csp_nonce", None),
    }
