"""Reading about benefits, always in the scope of the policy."""

from braid.benefits.queries.calculations import (
    EditionUsed,
    all_calculations_with,
    calculation,
    calculations_with,
    editions_used,
    last_ready,
)
from braid.benefits.queries.ends import ENDS, ends
from braid.benefits.queries.moments import timeline
from braid.benefits.queries.page import BenefitsPage, page_of
from braid.benefits.queries.process import Process, clock_rows, process_of
from braid.benefits.queries.records import (
    asked_of_payers,
    benefit,
    duties_of,
    duty,
    earnings,
    open_questions,
    question,
    round_of,
    sees_all,
)
from braid.benefits.queries.waiting import Home, Waiting, home

__all__ = [
    "ENDS",
    "BenefitsPage",
    "EditionUsed",
    "Home",
    "Process",
    "Waiting",
    "all_calculations_with",
    "asked_of_payers",
    "benefit",
    "calculation",
    "calculations_with",
    "clock_rows",
    "duties_of",
    "duty",
    "earnings",
    "editions_used",
    "ends",
    "home",
    "last_ready",
    "open_questions",
    "page_of",
    "process_of",
    "question",
    "round_of",
    "sees_all",
    "timeline",
]
