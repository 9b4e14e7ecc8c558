"""Where every name of the published vocabulary of measures is to be found.

A name is a word (rows of facts, see `WORDS`), an amount of one, a part of which items are
composed (`composing`), or a function about one person (`braid.method`). The page
`docs/reference/vocabulary.md` is made from this table; a test holds the two together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from braid.method.measures import WORDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is: words with an amount or a parameter, or functions, and a note."""

    words: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    note: str = ""


MEASURES = "braid.method.measures"
COMPOSING = f"{MEASURES}.composing"
VOCABULARY: Mapping[str, Place] = MappingProxyType(
    {
        "on_caseload": Place(
            ("caseload_and_posts", "served", "current_episodes"),
            (
                f"{MEASURES}.populations.on_caseload",
                f"{MEASURES}.populations.on_caseload_in",
            ),
            "The parameter `basis` names the day from which an episode is in force.",
        ),
        "active": Place(
            ("caseload_and_posts",),
            (),
            "The amount `episodes`: those paused or stepped down are left out.",
        ),
        "contacted_within": Place(
            ("current_episodes",),
            (),
            "The amount `contacted`; the parameter `lately` is the number of days.",
        ),
        "competitive": Place(
            (),
            (
                "braid.method.competitive.competitive",
                f"{MEASURES}.in_work.with_verdict",
            ),
            "The parameters `profile` and `switches`.",
        ),
        "current_jobs": Place(("current_jobs", "held_jobs")),
        "worked_in": Place(("served",), (), "The amount `working`."),
        "job_starts": Place(
            ("job_starts",), ("braid.method.competitive.start_counts",)
        ),
        "first_start": Place(
            ("job_starts", "waits"),
            (),
            "The amount `first_job_starts`: of the person. `waits` has the first of each "
            "episode.",
        ),
        "sustained": Place(
            ("sustained_days", "sustained_periods", "sustained_hours"),
            (
                "braid.method.sustained.by_days",
                "braid.method.sustained.by_periods",
                "braid.method.sustained.hour_band",
            ),
            "`sustained_days` by the calendar with gaps, `sustained_periods` by weeks or "
            "months, `sustained_hours` by bands of hours a week.",
        ),
        "days_to": Place(
            ("days_to", "waits", "first_employer_contact"),
            (),
            "`days_to` with the parameters `event`, `origin` and `censor`.",
        ),
        "face_to_face": Place(
            ("contact_minutes",), (), "The amount `f2f_minutes` over `all_minutes`."
        ),
        "community": Place(("contact_minutes",), (), "The amount `community_minutes`."),
        "share_where": Place((), (f"{COMPOSING}.share_where",)),
        "per_specialist_week": Place(
            ("employer_contacts_and_posts", "leave_weeks"),
            (f"{MEASURES}.populations.posts_in",),
            "The amount `days_in_post` less `leave_days`, over seven, with any count.",
        ),
        "periods_with": Place(("meeting_weeks",), (f"{COMPOSING}.periods_with",)),
        "per_start": Place(
            ("support_after_starts", "counselled_starts"), (f"{COMPOSING}.per_start",)
        ),
        "concentration": Place(
            ("caseload_teams", "variety"),
            (f"{COMPOSING}.concentration",),
            "The words are the concentration of caseloads on treatment teams, and of jobs "
            "on occupations or employers.",
        ),
        "components": Place((), (f"{COMPOSING}.components",)),
        "attended": Place(
            ("meetings_of_kind", "meeting_weeks", "meetings_attended"),
            (),
            "The parameter `kind`, or `kinds`.",
        ),
        "answered_within": Place(("questions",), (), "The parameter `days`."),
        "refusal_rate": Place(
            ("refusals_and_referrals", "refusals"), (), "The parameter `reasons`."
        ),
        "spells_joined": Place(
            (), ("braid.method.tenure.merge", f"{COMPOSING}.spells_joined")
        ),
    }
)
"""Every name of the vocabulary, and where it is."""


def page() -> str:
    """Return the page of the vocabulary as Markdown."""
    return "\n".join((*_names(), *_words())) + "\n"


def _names() -> Iterator[str]:
    yield "# The vocabulary of measures"
    yield ""
    yield (
        "Items, measures and reports are data that name these words and give them "
        "numbers. Each word is written twice, in plain Python (its reference) and with "
        "Ibis, and both must give the same rows."
    )
    yield ""
    yield "| Name | Word | Function | Note |"
    yield "| --- | --- | --- | --- |"
    for name, place in VOCABULARY.items():
        words = ", ".join(f"[`{word}`](#{word})" for word in place.words)
        functions = ", ".join(f"`{function}`" for function in place.functions)
        yield f"| `{name}` | {words} | {functions} | {place.note} |"


def _words() -> Iterator[str]:
    for name, word in sorted(WORDS.items()):
        module = f"{MEASURES}.reference.{word.family}"
        yield from ("", f"## {name}", "", word.about, "")
        yield f"Reference: `{module}.{name}`. Expression: `{MEASURES}.{word.family}`."
        yield ""
        yield from (f"- `{amount}`: {means}" for amount, means in word.amounts.items())
        for parameter, told in word.parameters.items():
            choices = (
                " One of: " + ", ".join(told.choices) + "." if told.choices else ""
            )
            yield f"- parameter `{parameter}`: {told.about}{choices}"
        yield from (f"- left out, `{r}`: {why}" for r, why in word.left_out.items())
