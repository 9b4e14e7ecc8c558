"""The product's addresses, and those of the peers."""

from django.urls import path

from bench.peers import pages
from braid.site.urls import urlpatterns as site

urlpatterns = [
    *site,
    path("bench/empty/", pages.empty),
    path("bench/caseload/", pages.caseload),
    path("bench/person/<uuid:applicant_id>/", pages.person),
]
