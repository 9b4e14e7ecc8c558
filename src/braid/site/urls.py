"""Every address of the site; the rooms bring their own."""

from django.conf import settings
from django.urls import include, path

from braid.site import front, health, well_known

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.account.urls")),
    path("account/factors/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("", include("braid.access.urls")),
    path("", include("braid.people.urls")),
    path("", include("braid.work.urls")),
    path("", include("braid.exchange.urls")),
    path("", include("braid.desk.urls")),
    path("", include("braid.site.demo_urls")),
]

if settings.BRAID_GALLERY:
    urlpatterns.append(path("gallery/", include("braid.web.urls")))
