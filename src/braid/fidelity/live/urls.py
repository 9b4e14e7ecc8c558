"""Addresses of live fidelity."""

from django.urls import path

from braid.fidelity.live import views

urlpatterns = [
    path("fidelity/", views.home, name="home"),
    path("fidelity/<slug:unit>/", views.live, name="live"),
    path("fidelity/<slug:unit>/treatment/", views.treatment, name="treatment"),
    path("fidelity/<slug:unit>/items/<int:item>/", views.item, name="item"),
    path(
        "fidelity/<slug:unit>/items/<int:item>/<slug:measure>/",
        views.rows,
        name="item_rows",
    ),
]
