"""Addresses of contracts in plain words for both parties, and what is filled into them."""

from django.urls import path

from braid.funding.contracts import views

urlpatterns = [
    path("funding/contracts/", views.home, name="contracts"),
    path("funding/contracts/<uuid:key>/", views.contract, name="contract"),
    path(
        "funding/contracts/<uuid:key>/versions/",
        views.versions,
        name="contract_versions",
    ),
    path(
        "funding/contracts/<uuid:key>/values/<int:version>/<slug:parameter>/",
        views.value,
        name="contract_value",
    ),
    path(
        "funding/contract-files/<slug:name>/", views.contract_file, name="contract_file"
    ),
]
