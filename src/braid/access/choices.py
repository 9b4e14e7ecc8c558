"""Closed lists of the access room; the values are those of the facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    MENTAL_HEALTH = "mental_health", _("mental health")
    EMPLOYMENT = "employment", _("employment")
    IPS_PROVIDER = "ips_provider", _("IPS provider")
    FUNDER = "funder", _("funder")
    OTHER = "other", _("other")


class TeamKind(models.TextChoices):
    IPS_UNIT = "ips_unit", _("IPS unit")
    TREATMENT_TEAM = "treatment_team", _("treatment team")
    JOB_CENTRE = "job_centre", _("job centre")
    OTHER = "other", _("other")


class RoleChoice(models.TextChoices):
    """The policy's roles with their names for people."""

    SPECIALIST = "specialist", _("employment specialist")
    SUPERVISOR = "supervisor", _("supervisor")
    CLINICIAN = "clinician", _("clinician")
    CLINICAL_MANAGER = "clinical_manager", _("manager in mental health")
    CASEWORKER = "caseworker", _("caseworker")
    COUNSELLOR = "counsellor", _("benefits counsellor")
    REVIEWER = "reviewer", _("fidelity reviewer")
    FUNDER = "funder", _("funder")
    EVALUATOR = "evaluator", _("evaluator")
    STEWARD = "steward", _("data steward")
    APPLICANT = "applicant", _("applicant")
