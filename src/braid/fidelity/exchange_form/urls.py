"""Address of a review as FHIR."""

from django.urls import path

from braid.fidelity.exchange_form import views

urlpatterns = [
    path(
        "fidelity-review/<uuid:key>/questionnaire-response.json",
        views.questionnaire_response,
        name="questionnaire_response",
    ),
]
