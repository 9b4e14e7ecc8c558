"""Addresses of agreements, runs, claims, and evidence under a pseudonym."""

from django.urls import path

from braid.funding.claims import agreement_views, claim_views, evidence_views, run_views

urlpatterns = [
    path("funding/", agreement_views.home, name="home"),
    path("funding/agreements/new/", agreement_views.new, name="agreement_new"),
    path("funding/agreements/<uuid:key>/", agreement_views.agreement, name="agreement"),
    path(
        "funding/agreements/<uuid:key>/change/",
        agreement_views.change,
        name="agreement_change",
    ),
    path(
        "funding/agreements/<uuid:key>/parties/<slug:slot>/",
        agreement_views.party,
        name="party",
    ),
    path("funding/agreements/<uuid:key>/run/", run_views.start, name="run_start"),
    path("funding/runs/<uuid:key>/", run_views.run, name="run"),
    path("funding/runs/<uuid:key>/complete/", run_views.complete, name="run_complete"),
    path(
        "funding/runs/<uuid:key>/lines/<int:number>/", run_views.line, name="run_line"
    ),
    path("funding/agreements/<uuid:key>/claims/", claim_views.claims, name="claims"),
    path(
        "funding/agreements/<uuid:key>/claims/<slug:to>/",
        claim_views.take,
        name="claims_take",
    ),
    path("funding/claims/<uuid:key>/", claim_views.claim, name="claim"),
    path("funding/claims/<uuid:key>/gap/", claim_views.gap, name="claim_gap"),
    path("funding/claims/<uuid:key>/again/", claim_views.again, name="claim_again"),
    path(
        "funding/claims/<uuid:key>/difference/",
        claim_views.difference,
        name="claim_difference",
    ),
    path(
        "funding/claims/<uuid:key>/step/<slug:to>/",
        claim_views.step,
        name="claim_step",
    ),
    path(
        "funding/evidence/<slug:token>/", evidence_views.evidence, name="claim_evidence"
    ),
]
