"""Closed lists of the funding room; where the facts have a list, the values are its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClaimState(models.TextChoices):
    """How far a claim is; the last entry of its history says it."""

    DRAFT = "draft", pgettext_lazy("of a claim", "draft")
    RELEASED = "released", _("released")
    SUBMITTED = "submitted", _("submitted")
    QUERIED = "queried", _("asked back")
    ACCEPTED = "accepted", pgettext_lazy("of a claim", "accepted")
    REJECTED = "rejected", _("rejected")
    PAID = "paid", _("paid")
    DISPUTED = "disputed", _("disputed")
    ADJUSTED = "adjusted", _("adjusted")
    REVERSED = "reversed", _("reversed")


class Reason(models.TextChoices):
    """Why a line is not paid, or not yet."""

    NOT_COVERED = "not_covered", _("the contract does not cover this person")
    BEFORE_ENTRY = "before_entry", _("before the entry")
    OUTSIDE_PERIOD = "outside_period", _("outside the days of the contract")
    PREREQUISITE = "prerequisite", _("another milestone comes first")
    WINDOW_OPEN = "window_open", _("the time has not run yet")
    WINDOW_FAILED = "window_failed", _("not reached in the time that it has")
    BELOW_THRESHOLD = "below_threshold", _("under the hours or the pay that it takes")
    BAND_UNDEFINED = "band_undefined", _("in no band of the contract")
    LOOK_BACK = "look_back", _("taken away by what was earned before")
    EVIDENCE_MISSING = "evidence_missing", _("evidence is missing")
    EVIDENCE_LATE = "evidence_late", _("evidence came too late")
    OVER_CAP = "over_cap", _("over what the contract pays at most")
    REPEAT = "repeat", _("a start that is not paid again")
    DUPLICATE_FUNDING = "duplicate_funding", _("paid for by another contract as well")
    HELD = "held", pgettext_lazy("of a payment", "held back for now")
    AMOUNT_UNBOUND = "amount_unbound", _("the amount is not bound")
    SUPERSEDED = "superseded", _("a newer line took its place")


class LineKind(models.TextChoices):
    """What a line of a run is."""

    MILESTONE = "milestone", pgettext_lazy("of a contract", "milestone")
    ADVANCE = "advance", _("advance")
    NETTING = "netting", _("netting")
    RECLAIM = "reclaim", _("reclaim")
    RECONCILIATION = "reconciliation", _("reconciliation")
    DIFFERENCE = "difference", _("difference")
    REVERSAL = "reversal", _("reversal")
    RETENTION = "retention", _("retention")


class FunderEventKind(models.TextChoices):
    """What a funder did or was sent, about one episode."""

    CONSENT = "consent", _("the funder agreed in writing")
    REQUEST = "request", _("costs were asked for")
    DECISION = "decision", pgettext_lazy("of a funder", "decision")
    GRANT = "grant", _("grant")
    ASSIGNMENT = "assignment", _("assignment")
    PURCHASE_ORDER = "purchase_order", _("purchase order")
    END_REPORT = "end_report", _("end report")
    STOP_NOTICE = "stop_notice", _("stop notice")


class RequesterKind(models.TextChoices):
    """What kind of body asked for the costs."""

    MUNICIPALITY = "municipality", _("one municipality")
    JOINT_BODY = "joint_body", _("a body of several municipalities")
    OTHER = "other", pgettext_lazy("of a body", "another body")


class RunState(models.TextChoices):
    """Whether a run has written all of its lines."""

    BEGUN = "begun", _("begun")
    COMPLETE = "complete", pgettext_lazy("of a run", "complete")


class Checked(models.TextChoices):
    """What a look at a held document against its digest found."""

    SAME = "same", _("the document is the one that was claimed with")
    OTHER = "other", _("the document is not the one that was claimed with")
    GONE = "gone", _("the document is no longer held")
    SIGHTED = "sighted", _("the original was seen and given back; no file is held")


class Conflict(models.TextChoices):
    """Which rule against double funding two lines meet."""

    ACTIVITY = "D1", _("one activity, two payers")
    OUTCOME = "D2", _("one outcome, two contracts")
    GRANT_AND_TARIFF = "D3", _("a grant of costs and a tariff for the same")
    EXCLUSIVE = "D4", _("contracts that exclude one another")
    STATE_VR = "D5", _("a placement that another programme paid")
    COUNSELLING = "D6", _("counselling that is paid elsewhere")
