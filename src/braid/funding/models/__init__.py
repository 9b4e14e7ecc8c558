"""The records of the funding room."""

from braid.funding.models.agreements import Agreement, Binding, Party
from braid.funding.models.cases import Case, FunderEvent
from braid.funding.models.claims import (
    Claim,
    ClaimEntry,
    ClaimEvidence,
    ClaimPart,
    FundingDecision,
    Match,
)
from braid.funding.models.invoices import (
    AnswerFile,
    Invoice,
    InvoicedClaim,
    PaidElsewhere,
)
from braid.funding.models.monitors import MonitorNote
from braid.funding.models.runs import Run, RunLine

__all__ = [
    "Agreement",
    "AnswerFile",
    "Binding",
    "Case",
    "Claim",
    "ClaimEntry",
    "ClaimEvidence",
    "ClaimPart",
    "FunderEvent",
    "FundingDecision",
    "Invoice",
    "InvoicedClaim",
    "Match",
    "MonitorNote",
    "PaidElsewhere",
    "Party",
    "Run",
    "RunLine",
]
