"""Every address of the site; the rooms bring their own."""

from django.conf import settings
from django.urls import include, path

from braid.site import front, health

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.account.urls")),
    path("", include("braid.access.urls")),
    path("", include("braid.people.urls")),
    path("", include("braid.work.urls")),
    path("", include("braid.exchange.urls")),
    path("", include("braid.desk.urls")),
    path("", include("braid.site.demo_urls")),
]

if settings.BRAID_GALLERY:
    urlpatterns.append(path("gallery/", include("braid.web.urls")))
