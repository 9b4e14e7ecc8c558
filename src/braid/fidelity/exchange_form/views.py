"""A review taken home as FHIR."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.fidelity import queries
from braid.fidelity.exchange_form.answers import response

MEDIA_TYPE = "application/fhir+json"
STATISTICAL = (Information.STATISTICAL,)


@require_GET
def questionnaire_response(request: HttpRequest, key: UUID) -> JsonResponse:
    """Hand over a review as QuestionnaireResponse, to who may read its report."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    review = queries.review(actor, key)
    if review is None:
        raise Http404
    found = response(actor, review, get_language() or "en")
    audit.record(actor, "review_report_taken", review, information=STATISTICAL)
    name = f"{review.unit.slug}-{review.facts_on.isoformat()}.json"
    said = content_disposition_header(True, name)
    return JsonResponse(
        found,
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": said or "attachment"},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
