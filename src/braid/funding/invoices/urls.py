"""Addresses of invoices of released claims."""

from django.urls import path

from braid.funding.invoices import views

urlpatterns = [
    path("funding/agreements/<uuid:key>/invoices/", views.invoices, name="invoices"),
    path(
        "funding/agreements/<uuid:key>/invoices/new/",
        views.invoice_new,
        name="invoice_new",
    ),
    path("funding/invoices/<uuid:key>/", views.invoice, name="invoice"),
    path(
        "funding/invoices/<uuid:key>/take-back/",
        views.invoice_take_back,
        name="invoice_take_back",
    ),
    path(
        "funding/invoices/<uuid:key>/file.<slug:kind>",
        views.invoice_file,
        name="invoice_file",
    ),
]
