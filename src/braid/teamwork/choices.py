"""Closed lists of the teamwork room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    TREATMENT_TEAM = "treatment_team", _("treatment-team meeting")
    VOCATIONAL_UNIT = "vocational_unit", _("unit meeting")
    SUPERVISION = "supervision", _("supervision")
    FIELD_MENTORING = "field_mentoring", _("field mentoring")
    PRACTITIONERS = "practitioners", _("practitioners' meeting")
    JOB_CENTRE = "job_centre", _("job-centre meeting")
    STEERING = "steering", _("steering group")
    OUTCOME_REVIEW = "outcome_review", _("outcome review")
