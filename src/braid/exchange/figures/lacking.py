"""What rows may lack that a figure needs, in words, and which roster field says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that rows may lack: in which table it would stand, what it is for.

    `lists` are the lists of words that say it. `only_all`: a row without it may lack
    nothing, so it is said only where every row is without.
    """

    kind: str
    fields: tuple[str, ...]
    measures: tuple[str, ...]
    lacking: Any
    no_column: Promise
    lists: tuple[str, ...] = ()
    only_all: bool = False


ITEM01, ITEM04, ITEM17 = (
    "item01_caseload",
    "item04_top_two_teams",
    "item17_employer_contacts",
)
ITEM15, ITEM21, ITEM24 = (
    "item15_rapid_search",
    "item21_competitive_permanent",
    "item24_community",
)
HOURS, WAIT = "current_competitive_hours", "time_to_first_competitive_job"
QUARTERS = "quarters"
TICKS = tuple(
    f"tick_{word}"
    for word in (
        "competitive",
        "internship",
        "wage_subsidy",
        "flex_job",
        "set_aside",
        "volunteering",
    )
)

GAPS: Mapping[str, Gap] = {
    "accepted": Gap(
        "caseload",
        ("accepted",),
        (ITEM01, QUARTERS, WAIT),
        ngettext_lazy(
            "%(missing)d referral has no day of acceptance.",
            "%(missing)d referrals have no day of acceptance.",
            "missing",
        ),
        gettext_lazy("No column says when people were accepted."),
        only_all=True,
    ),
    "at_referral": Gap(
        "caseload",
        ("status",),
        (WAIT, QUARTERS),
        ngettext_lazy(
            "Whether the person of %(missing)d episode was in work when referred is not "
            "known.",
            "Whether the people of %(missing)d episodes were in work when referred is "
            "not known.",
            "missing",
        ),
        gettext_lazy("No column says whether people were in work when referred."),
        lists=("in_work_at_referral",),
    ),
    "holder": Gap(
        "caseload",
        ("spec",),
        (ITEM01, ITEM04),
        ngettext_lazy(
            "%(missing)d of %(among)d people on the caseload has no specialist.",
            "%(missing)d of %(among)d people on the caseload have no specialist.",
            "missing",
        ),
        gettext_lazy("No column says which specialist somebody has."),
    ),
    "team": Gap(
        "caseload",
        ("team",),
        (ITEM04,),
        ngettext_lazy(
            "%(missing)d of %(among)d people on the caseload has no treatment team.",
            "%(missing)d of %(among)d people on the caseload have no treatment team.",
            "missing",
        ),
        gettext_lazy("No column says which treatment team somebody has."),
    ),
    "entered": Gap(
        "caseload",
        ("first_contact",),
        (ITEM15,),
        ngettext_lazy(
            "%(missing)d of %(among)d people accepted in the last year has no day of "
            "the first meaningful contact.",
            "%(missing)d of %(among)d people accepted in the last year have no day of "
            "the first meaningful contact.",
            "missing",
        ),
        gettext_lazy("No column holds the day of the first meaningful contact."),
    ),
    "contact_attended": Gap(
        "contacts",
        ("attended",),
        (ITEM24,),
        ngettext_lazy(
            "Whether %(missing)d of %(among)d contacts in eight weeks took place is not "
            "known.",
            "Whether %(missing)d of %(among)d contacts in eight weeks took place is not "
            "known.",
            "missing",
        ),
        gettext_lazy("No column says whether a contact was kept."),
        lists=("yes_no",),
    ),
    "contact_staff": Gap(
        "contacts",
        ("spec",),
        (ITEM24,),
        ngettext_lazy(
            "%(missing)d of %(among)d contacts in eight weeks has no specialist.",
            "%(missing)d of %(among)d contacts in eight weeks have no specialist.",
            "missing",
        ),
        gettext_lazy("No column says who made a contact."),
    ),
    "contact_minutes": Gap(
        "contacts",
        ("minutes",),
        (ITEM24,),
        ngettext_lazy(
            "%(missing)d of %(among)d contacts in eight weeks has no minutes noted.",
            "%(missing)d of %(among)d contacts in eight weeks have no minutes noted.",
            "missing",
        ),
        gettext_lazy("No column says how long a contact took."),
    ),
    "contact_mode": Gap(
        "contacts",
        ("mode",),
        (ITEM24,),
        ngettext_lazy(
            "Whether %(missing)d of %(among)d contacts in eight weeks was face to face "
            "is not known.",
            "Whether %(missing)d of %(among)d contacts in eight weeks were face to face "
            "is not known.",
            "missing",
        ),
        gettext_lazy("No column says whether a contact was face to face."),
        lists=("contact_mode",),
    ),
    "contact_place": Gap(
        "contacts",
        ("place",),
        (ITEM24,),
        ngettext_lazy(
            "%(missing)d of %(among)d face-to-face contacts in eight weeks has no "
            "place.",
            "%(missing)d of %(among)d face-to-face contacts in eight weeks have no "
            "place.",
            "missing",
        ),
        gettext_lazy("No column says where contacts took place."),
        lists=("place",),
    ),
    "visit_mode": Gap(
        "employer_contacts",
        ("mode",),
        (ITEM17, ITEM15),
        ngettext_lazy(
            "Whether %(missing)d of %(among)d contacts with employers in eight weeks was "
            "face to face is not known.",
            "Whether %(missing)d of %(among)d contacts with employers in eight weeks "
            "were face to face is not known.",
            "missing",
        ),
        gettext_lazy(
            "No column says whether a contact with an employer was face to face."
        ),
        lists=("employer_contact_mode",),
    ),
    "visit_staff": Gap(
        "employer_contacts",
        ("spec",),
        (ITEM17,),
        ngettext_lazy(
            "%(missing)d of %(among)d contacts with employers in eight weeks has no "
            "specialist.",
            "%(missing)d of %(among)d contacts with employers in eight weeks have no "
            "specialist.",
            "missing",
        ),
        gettext_lazy("No column says who made a contact with an employer."),
    ),
    "visit_person": Gap(
        "employer_contacts",
        ("cid", "name", "last"),
        (ITEM15,),
        ngettext_lazy(
            "The contact with an employer in eight weeks is for nobody in particular.",
            "All %(missing)d contacts with employers in eight weeks are for nobody in "
            "particular.",
            "missing",
        ),
        gettext_lazy("No column says for whom a contact with an employer was."),
        only_all=True,
    ),
    "job_placement": Gap(
        "jobs",
        ("type", *TICKS),
        (QUARTERS, ITEM21, WAIT),
        ngettext_lazy(
            "The kind of %(missing)d of %(among)d jobs is not known.",
            "The kind of %(missing)d of %(among)d jobs is not known.",
            "missing",
        ),
        gettext_lazy("No column says what kind of job it is."),
        lists=("placement_type",),
    ),
    "job_permanence": Gap(
        "jobs",
        ("permanent",),
        (ITEM21,),
        ngettext_lazy(
            "Whether %(missing)d of %(among)d current competitive jobs is permanent is "
            "not known.",
            "Whether %(missing)d of %(among)d current competitive jobs are permanent is "
            "not known.",
            "missing",
        ),
        gettext_lazy("No column says whether a job is permanent."),
        lists=("permanent",),
    ),
    "job_hours": Gap(
        "jobs",
        ("hours", "new_hours"),
        (HOURS,),
        ngettext_lazy(
            "%(missing)d of %(among)d current competitive jobs has no hours a week "
            "noted.",
            "%(missing)d of %(among)d current competitive jobs have no hours a week "
            "noted.",
            "missing",
        ),
        gettext_lazy("No column holds the hours a week."),
    ),
}
