"""The schema of the facts: tables, columns, closed lists. Pure, and public.

Types: `id` opaque text; `day` a date; `number` a whole number; `amount` a decimal with
four places; `truth` yes or no; `code` a value of a closed list; `text` any short text.
An optional column may be null: not known, never a guess. Events happen on a `day`;
spells run from `first_day` to `last_day`, both inside, open without a last day. Only
`exited_on` is the first day off. Every table but those of the organisation and the
calendar carries the unit, as its first or second column. There are no names, addresses,
free texts or national numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from braid.facts.codes import CODES

__all__ = ["CODES", "DERIVED", "TABLES", "VERSION", "Column", "Table", "Type"]

VERSION = "2026.2"
Type = Literal["id", "day", "number", "amount", "truth", "code", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers` names the table whose key an id is; `codes` a closed list."""

    name: str
    type: Type
    optional: bool = False
    refers: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` are the columns that name a row, empty where none do."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(words: str) -> tuple[Column, ...]:
    return tuple(_column(word) for word in words.split())


def _column(word: str) -> Column:
    """Read `name:type`, a `?` behind what may be null, `>table` or `=list` at the end."""
    name, rest = word.split(":")
    kind, _, refers = rest.partition(">")
    kind, _, codes = kind.partition("=")
    optional = kind.endswith("?")
    return Column(name, kind.rstrip("?"), optional, refers, codes)  # type: ignore[arg-type]


def _table(name: str, key: str, columns: str) -> Table:
    return Table(name, tuple(key.split()), _columns(columns))


_TABLES = (
    _table(
        "organisations",
        "org_id",
        "org_id:id sector:code=sector country:text parent_id:id?>organisations",
    ),
    _table(
        "teams",
        "team_id",
        "team_id:id org_id:id>organisations kind:code=team_kind",
    ),
    _table("staff", "staff_id", "staff_id:id org_id:id>organisations"),
    _table(
        "staff_teams",
        "",
        "staff_id:id>staff team_id:id>teams role:code=role fte:amount? first_day:day "
        "last_day:day?",
    ),
    _table(
        "episodes",
        "episode_id",
        "episode_id:id unit_id:id>teams person_key:id referred_on:day? "
        "referral_source:code?=referral_source referred_by_staff:id?>staff "
        "accepted_on:day? entered_on:day? profile_started_on:day? exited_on:day? "
        "exit_reason:code?=exit_reason at_referral:code=at_referral "
        "first_of_person:truth birth_year:number? gender:code?=gender",
    ),
    _table(
        "groups",
        "episode_id key",
        "episode_id:id>episodes unit_id:id>teams key:code=group_key value:text",
    ),
    _table(
        "residence",
        "",
        "episode_id:id>episodes unit_id:id>teams area:text first_day:day last_day:day?",
    ),
    _table(
        "refusals",
        "refusal_id",
        "refusal_id:id unit_id:id>teams episode_id:id?>episodes day:day "
        "by_role:code=role stage:code=stage reason:code=refusal_reason",
    ),
    _table(
        "caseload",
        "",
        "episode_id:id>episodes unit_id:id>teams staff_id:id?>staff first_day:day "
        "last_day:day? ended_because:code?=ended_because",
    ),
    _table(
        "treatment",
        "",
        "episode_id:id>episodes unit_id:id>teams team_id:id>teams first_day:day "
        "last_day:day?",
    ),
    _table(
        "casework",
        "",
        "episode_id:id>episodes unit_id:id>teams team_id:id>teams first_day:day "
        "last_day:day?",
    ),
    _table(
        "status",
        "",
        "episode_id:id>episodes unit_id:id>teams state:code=state first_day:day "
        "last_day:day?",
    ),
    _table(
        "contacts",
        "contact_id",
        "contact_id:id unit_id:id>teams episode_id:id?>episodes staff_id:id?>staff "
        "day:day minutes:number? mode:code?=mode place:code?=place phase:code?=phase "
        "with_applicant:truth? with_clinician:truth? with_caseworker:truth? "
        "with_family:truth? attended:truth? outreach:truth? scheduled:truth? "
        "initiated_by:code?=initiated_by",
    ),
    _table(
        "employer_contacts",
        "employer_contact_id",
        "employer_contact_id:id unit_id:id>teams made_by:code=made_by "
        "staff_id:id?>staff employer_id:id?>employers episode_id:id?>episodes day:day "
        "mode:code?=mode with_hiring_role:truth? visit_no:number? "
        "client_specific:truth? fits_plan:truth? outcome:code?=outcome",
    ),
    _table(
        "log_reviews",
        "staff_id unit_id week",
        "staff_id:id>staff unit_id:id>teams week:day reviewed_on:day by_role:code=role",
    ),
    _table(
        "employers",
        "employer_id",
        "employer_id:id unit_id:id>teams parent_id:id?>employers industry:text? "
        "size:code?=size area:text?",
    ),
    _table(
        "jobs",
        "job_id",
        "job_id:id unit_id:id>teams episode_id:id>episodes employer_id:id?>employers "
        "occupation:text? first_day:day last_day:day? end_known_on:day? "
        "last_confirmed_on:day? placement:code?=placement permanence:code?=permanence "
        "time_limit_origin:code?=time_limit_origin open_to_all:truth? "
        "at_least_minimum:truth? going_rate:truth? "
        "employer_of_record:code?=employer_of_record normal_rights:truth? "
        "held_at_referral:truth contracted_daily_hours:amount? "
        "fits_preference:code?=fits_preference found_by:code?=found_by "
        "disclosure:code?=disclosure end_reason:code?=end_reason",
    ),
    _table(
        "job_terms",
        "job_id first_day",
        "job_id:id>jobs unit_id:id>teams first_day:day last_day:day? "
        "weekly_hours:amount? pay:amount? pay_unit:code?=pay_unit currency:text?",
    ),
    _table(
        "paid_work",
        "",
        "job_id:id>jobs unit_id:id>teams first_day:day last_day:day hours:amount? "
        "gross:amount? net:amount? currency:text? source:code=paid_work_source",
    ),
    _table(
        "absences",
        "",
        "job_id:id>jobs unit_id:id>teams first_day:day last_day:day? paid:truth",
    ),
    _table(
        "job_problems",
        "",
        "job_id:id>jobs unit_id:id>teams first_day:day last_day:day?",
    ),
    _table(
        "supports",
        "support_id",
        "support_id:id unit_id:id>teams job_id:id>jobs day:day kind:code=support_kind "
        "given_by:code=given_by mode:code?=mode",
    ),
    _table(
        "evidence",
        "evidence_id",
        "evidence_id:id unit_id:id>teams episode_id:id>episodes job_id:id?>jobs "
        "kind:code=evidence_kind period_first:day? period_last:day? received_on:day "
        "sha256:text? label:text?",
    ),
    _table(
        "education",
        "",
        "episode_id:id>episodes unit_id:id>teams first_day:day last_day:day? "
        "level:code?=education_level mainstream:truth",
    ),
    _table(
        "plan_events",
        "event_id kind",
        "event_id:id unit_id:id>teams episode_id:id>episodes kind:code=plan_event "
        "day:day by_role:code=role job_id:id?>jobs employer_id:id?>employers",
    ),
    _table(
        "benefit_spells",
        "",
        "episode_id:id>episodes unit_id:id>teams benefit:text first_day:day "
        "last_day:day?",
    ),
    _table(
        "time_entries",
        "entry_id",
        "entry_id:id unit_id:id>teams staff_id:id>staff day:day minutes:number "
        "activity:code=activity place:code?=place",
    ),
    _table(
        "meetings",
        "meeting_id",
        "meeting_id:id unit_id:id?>teams kind:code=meeting_kind team_id:id?>teams "
        "day:day minutes:number? mode:code?=mode",
    ),
    _table(
        "attendance",
        "meeting_id staff_id",
        "meeting_id:id>meetings unit_id:id>teams staff_id:id>staff present:truth",
    ),
    _table(
        "discussions",
        "",
        "meeting_id:id>meetings unit_id:id>teams episode_id:id?>episodes "
        "unreferred:truth decision:truth",
    ),
    _table(
        "tasks",
        "task_id",
        "task_id:id unit_id:id>teams episode_id:id?>episodes meeting_id:id?>meetings "
        "sector:code=sector due_on:day? done_on:day?",
    ),
    _table(
        "questions",
        "question_id",
        "question_id:id unit_id:id>teams episode_id:id?>episodes "
        "asked_by_sector:code=sector asked_of_sector:code=sector asked_on:day "
        "due_on:day? answered_on:day?",
    ),
    _table(
        "proposals",
        "proposal_id",
        "proposal_id:id unit_id:id>teams episode_id:id>episodes day:day "
        "kind:code=proposal_kind by_role:code=role wanted:truth?",
    ),
    _table(
        "funder_events",
        "",
        "episode_id:id>episodes unit_id:id>teams contract_id:text "
        "kind:code=funder_event day:day",
    ),
    _table(
        "claims",
        "claim_id",
        "claim_id:id unit_id:id>teams episode_id:id>episodes contract_id:text "
        "contract_version:text milestone:text payer:text reached_on:day "
        "submitted_on:day? decided_on:day? paid_on:day? state:code=claim_state "
        "reason:text? amount:amount currency:text",
    ),
    _table(
        "reviews",
        "review_id",
        "review_id:id unit_id:id>teams scale_id:text scale_version:text edition:text? "
        "day:day mode:code=review_mode remote:truth status:code=review_status "
        "stated_band:text?",
    ),
    _table(
        "ratings",
        "review_id item stage rater_id",
        "review_id:id>reviews unit_id:id>teams item:text stage:code=rating_stage "
        "rater_id:id? score:number? status:code=rating_status",
    ),
    _table(
        "reports_shared",
        "",
        "unit_id:id>teams report_id:text period:text shared_on:day "
        "audience:code=audience",
    ),
    _table(
        "unit_quarters",
        "unit_id quarter",
        "unit_id:id>teams quarter:text vacant_fte:amount? local_unemployment:amount?",
    ),
    _table("calendar", "country day", "country:text day:day working:truth"),
)
TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
"""The tables of the facts, by name, each after those it refers to."""

_DERIVED = (
    _table(
        "work_spells",
        "episode_id profile first_day",
        "episode_id:id>episodes unit_id:id>teams profile:text first_day:day "
        "last_day:day?",
    ),
    _table(
        "job_weeks",
        "job_id week",
        "job_id:id>jobs unit_id:id>teams week:day hours:amount? gross:amount?",
    ),
)
DERIVED: Mapping[str, Table] = {table.name: table for table in _DERIVED}
"""Tables that follow from the others (`facts/derived.py`); no part of the exchange."""
