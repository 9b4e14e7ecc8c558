"""Every address of the site; the rooms bring their own."""

from allauth.account import urls as account
from django.conf import settings
from django.urls import include, path

from braid.site import front, health, well_known

# Of allauth's pages those that Braid offers: people neither sign up nor keep a list of
# addresses, and confirm none. "account_signup" says that accounts are by invitation.
OFFERED = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reauthenticate", "account_change_password", "account_set_password"),
    *("account_reset_password", "account_reset_password_done"),
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
ACCOUNT_PAGES = [page for page in account.urlpatterns if page.name in OFFERED]

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include(ACCOUNT_PAGES)),
    path("account/factors/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("braid.access.urls")),
    path("", include("braid.people.urls")),
    path("", include("braid.work.urls")),
    path("", include("braid.benefits.urls")),
    path("", include("braid.teamwork.urls")),
    path("", include("braid.facts.urls")),
    path("", include("braid.integration.urls")),
    path("", include("braid.outcomes.urls")),
    path("", include("braid.fidelity.urls")),
    path("", include("braid.funding.urls")),
    path("", include("braid.exchange.urls")),
    path("", include("braid.desk.urls")),
    path("", include("braid.site.demo_urls")),
]

if settings.BRAID_GALLERY:
    urlpatterns.append(path("gallery/", include("braid.web.urls")))
