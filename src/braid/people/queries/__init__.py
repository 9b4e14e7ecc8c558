"""Reading about people, always in the scope of the policy."""

from braid.people.queries.caseload import (
    NOTHING,
    OPEN_STATES,
    CaseloadRow,
    ToLogFor,
    caseload_rows,
    columns,
    episodes_on_caseload,
    people_to_log_for,
    row_of,
)
from braid.people.queries.finding import (
    LIKE_ENOUGH,
    names_on_caseload,
    possible_duplicates,
    search_people,
)
from braid.people.queries.moments import (
    notes,
    refusals,
    timeline,
)
from braid.people.queries.records import (
    EpisodeRef,
    applicant,
    episode,
    episodes,
    episodes_of,
    holders,
    names_of,
    numbers_of,
    ref,
    treatment_of,
    units_of,
)

__all__ = [
    "LIKE_ENOUGH",
    "NOTHING",
    "OPEN_STATES",
    "CaseloadRow",
    "EpisodeRef",
    "ToLogFor",
    "applicant",
    "caseload_rows",
    "columns",
    "episode",
    "episodes",
    "episodes_of",
    "episodes_on_caseload",
    "holders",
    "names_of",
    "names_on_caseload",
    "notes",
    "numbers_of",
    "people_to_log_for",
    "possible_duplicates",
    "ref",
    "refusals",
    "row_of",
    "search_people",
    "timeline",
    "treatment_of",
    "units_of",
]
