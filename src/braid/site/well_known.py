"""What programs ask every site for: whom to tell of a hole, and what not to index."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from braid.access.middleware import open_page

PLAIN = "text/plain; charset=utf-8"
VALID = timedelta(days=180)


@open_page
@require_GET
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Say to whom a hole is reported (RFC 9116), where the installation names somebody."""
    contact = settings.ENVIRONMENT.security_contact
    if not contact:
        raise Http404
    expires = (timezone.now() + VALID).strftime("%Y-%m-%dT00:00:00Z")
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        f"Preferred-Languages: {languages}",
    ]
    if base := settings.ENVIRONMENT.base_url:
        lines.append(f"Canonical: {base}/.well-known/security.txt")
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)


@open_page
@require_GET
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """Ask every search engine to stay away."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=PLAIN)
