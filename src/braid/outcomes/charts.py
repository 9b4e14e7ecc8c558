"""The charts of the outcomes pages, as data: which measure each draws, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.packs import measures

Kind = Literal["quarters", "curve", "parts", "plain", "spread", "count"]
STAFF = "staff_id"
EQUITY_KEYS: tuple[str, ...] = (
    "gender",
    "age_band",
    "diagnosis_group",
    "benefit_at_entry",
    "prior_work",
    "origin",
    "distance_band",
    "education_level",
)
"""By what the equity page tells figures apart; each is a group of the facts."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a measure; `name` stands in addresses.

    quarters: the measure's value by quarter, or its `amount`. curve: the times that
    `statistic` reads, as the share with the event (`rises`) or still without. parts:
    `amount` by `key`, or the value where there is none. plain: what the measure says,
    in a table by `key`; `only` what is named so. spread: the same, and the median of
    `only` between its quartiles by `key`. count: what a unit's own page says, in the
    measure's own days. `group` is the equity group that the measure is told by.
    """

    name: str
    measure: str
    kind: Kind
    title: str | Promise
    tells: tuple[Information, ...]
    key: str = ""
    amount: str = ""
    statistic: str = ""
    rises: bool = True
    group: str = ""
    only: str = ""
    horizon: int = 730

    @property
    def defined(self) -> measures.Measure:
        """Return its measure, told by its group where it has one."""
        found = measures.get(self.measure)
        return found.with_options(group=self.group) if self.group else found

    @property
    def is_count(self) -> bool:
        """Say whether it is told of the unit alone, and by specialist."""
        return self.kind == "count"


@dataclass(frozen=True, slots=True)
class Section:
    """Charts that answer one question."""

    name: str
    title: str | Promise
    charts: tuple[Chart, ...]


_WORK = (Information.JOBS,)
_COURSE = (Information.WORK_GOALS,)

IN_WORK = Section(
    "in-work",
    _("In work"),
    (
        Chart("working", "out_working", "quarters", _("Working by quarter"), _WORK),
        Chart(
            "job-starts",
            "out_job_starts",
            "quarters",
            _("Job starts"),
            _WORK,
            amount="job_starts",
        ),
    ),
)
TIME = Section(
    "time",
    _("How long it takes, and how long it lasts"),
    (
        Chart(
            "first-job",
            "out_first_job",
            "curve",
            _("Time to the first job"),
            _WORK,
            statistic="km_median",
        ),
        Chart(
            "tenure",
            "out_tenure",
            "curve",
            _("Time in a job"),
            _WORK,
            statistic="km_median",
            rises=False,
        ),
    ),
)
JOBS = Section(
    "jobs",
    _("Which jobs"),
    (
        Chart(
            "placements",
            "out_placements",
            "parts",
            _("Kinds of placement"),
            _WORK,
            key="placement",
            amount="jobs",
        ),
        Chart(
            "hours",
            "out_hours_pay",
            "parts",
            _("Hours a week"),
            _WORK,
            key="band",
            amount="competitive",
        ),
        Chart(
            "occupations",
            "out_occupations",
            "parts",
            _("Occupations"),
            _WORK,
            key="occupation_group",
            amount="jobs",
        ),
        Chart(
            "employers",
            "out_employers",
            "parts",
            _("Employers by industry"),
            _WORK,
            key="industry",
            amount="jobs",
        ),
        Chart(
            "pay",
            "out_hours_pay",
            "spread",
            _("Pay per hour, before tax"),
            _WORK,
            key="currency",
            only="pay",
        ),
    ),
)
KEPT_APART = Section(
    "retention",
    _("Jobs that people had when they came, kept apart"),
    (Chart("retention", "out_retention", "quarters", _("Jobs kept"), _WORK),),
)
SECTIONS = (IN_WORK, TIME, JOBS, KEPT_APART)


COUNTED: Mapping[str, tuple[Information, ...]] = {
    "item01_caseload": (),
    "quarters": _WORK,
    "item17_employer_contacts": (*_WORK, *_COURSE),
    "item24_community": (Information.ATTENDANCE,),
    "item15_rapid_search": _COURSE,
    "item21_competitive_permanent": _WORK,
    "time_to_first_competitive_job": _WORK,
    "item04_top_two_teams": (),
    "current_competitive_hours": _WORK,
}
"""What a unit's own page says, with what a row of it tells about a person."""
COUNTS = tuple(
    Chart(name, name, "count", "", tells, key=STAFF) for name, tells in COUNTED.items()
)


def equity(key: str) -> tuple[Chart, ...]:
    """Return the charts of the equity page for one group."""
    return tuple(
        Chart(f"{name}-{key}", measure, "parts", title, tells, key="group", group=key)
        for name, measure, title, tells in (
            ("access", "out_access", _("Reached the service"), _COURSE),
            (
                "employer-days",
                "out_employer_days",
                _("Days to the first meeting with an employer"),
                _COURSE,
            ),
            (
                "contact-rate",
                "out_contact_rate",
                _("Contacts with the specialist"),
                (Information.ATTENDANCE,),
            ),
            ("starts", "out_job_starts", _("Started a first job"), _WORK),
        )
    )


def compared_charts() -> tuple[Chart, ...]:
    """Return the charts whose figures are set side by side: shares and curves."""
    reached = Chart("access", "out_access", "plain", _("Reached the service"), _COURSE)
    return known((*IN_WORK.charts, reached, *TIME.charts))


def known(charts: tuple[Chart, ...]) -> tuple[Chart, ...]:
    """Return the charts whose measure there is."""
    defined = measures.load()
    return tuple(chart for chart in charts if chart.measure in defined)


def by_name(name: str) -> Chart | None:
    """Return the chart of a name, None where there is none."""
    shown = [chart for section in SECTIONS for chart in section.charts]
    told = [chart for key in EQUITY_KEYS for chart in equity(key)]
    all_of = known((*shown, *told, *COUNTS, *compared_charts()))
    return next((chart for chart in all_of if chart.name == name), None)
