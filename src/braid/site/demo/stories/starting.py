"""People who have just begun in a job, or are about to."""

from datetime import date

from braid.site.demo.cast import ADA
from braid.site.demo.days import DAY
from braid.site.demo.stories.scene import (
    CORA,
    TEAM,
    UNIT,
    Scene,
    called_on,
    met,
    since,
    terms,
)
from braid.site.demo.values import Contact, Job, Life, Note, Person, Visit


def signe(scene: Scene) -> Life:
    """At first health and work ran side by side; now she is new at the bakery."""
    starts = scene.recent(19, 18, 20)
    return Life(
        person=Person(
            "Signe", "Lindholm", date(1996, 3, 12), "woman", "+45 00 21 44 90"
        ),
        unit=UNIT,
        team=TEAM,
        trade="bakery",
        clinician=CORA,
        referred_on=scene.ago(300),
        referral_source="clinician",
        referral_words="Says that she wants to smell bread in the morning. Please call.",
        accepted_on=scene.ago(293),
        entered_on=scene.ago(286),
        profile_started_on=scene.ago(279),
        goal="I want to get up with the others and smell bread. Mornings are my good hours.",
        goal_seen_on=starts - 7 * DAY,
        holders=since(scene.ago(293)),
        together_from=scene.ago(190),
        quiet_from=starts - 12 * DAY,
        jobs=(
            Job(
                "bakery",
                "Bakery assistant",
                "7512",
                starts,
                disclosure="support_only",
                terms=terms(starts, 16, "148.50"),
            ),
        ),
        contacts=_first_days_in_the_bakery(starts),
        visits=_visits_to_the_bakery(scene, starts),
        notes=_notes_about_signe(scene, starts),
    )


def _notes_about_signe(scene: Scene, starts: date) -> tuple[Note, ...]:
    """Return what was written while two strands became three."""
    return (
        Note(
            scene.ago(240),
            ADA,
            "conversation",
            "Two months of good talks, here and at the clinic, and nobody has asked "
            "whether we say the same. I will come to the team meeting.",
        ),
        Note(
            scene.ago(188),
            ADA,
            "work_goals",
            "All three of us for the first time. One plan on one page, her words on "
            "top. Cora takes the sleep, I take the bakeries.",
        ),
        Note(
            starts - 4 * DAY,
            ADA,
            "health_at_work",
            "Tells two colleagues herself: “I take medicine that makes me slow before "
            "eight.” The bakery knows that support exists, and no more.",
        ),
    )


def _visits_to_the_bakery(scene: Scene, starts: date) -> tuple[Visit, ...]:
    """Return how the bakery came to know of her."""
    return (
        called_on(
            starts - 60 * DAY,
            "bakery",
            stage="introduce",
            outcome="follow_up",
            with_hiring_role=True,
            learned="Mornings from five are hard to fill.",
        ),
        called_on(
            starts - 41 * DAY,
            "bakery",
            stage="learn",
            outcome="follow_up",
            with_hiring_role=True,
            learned="Jonas trains new people himself.",
        ),
        called_on(
            starts - 25 * DAY,
            "bakery",
            stage="match",
            outcome="interview",
            made_by="both",
            with_hiring_role=True,
        ),
        called_on(
            starts - 18 * DAY,
            "bakery",
            stage="match",
            outcome="offer",
            with_hiring_role=True,
            next_step="Look at the rota together, with Jonas",
            next_on=scene.next_tuesday,
        ),
    )


def _first_days_in_the_bakery(starts: date) -> tuple[Contact, ...]:
    """Return the last walk before the job and the first two weeks in it."""
    return (
        met(
            starts - 4 * DAY,
            "Walked past the bakery at six. Agreed on the first morning.",
        ),
        met(
            starts + DAY,
            "First shift. Tired, proud, flour on the sleeve.",
            phase="coaching",
            place="employer_site",
            minutes=30,
        ),
        met(
            starts + 9 * DAY,
            "Jonas is pleased. The list on the door helps.",
            phase="coaching",
            place="employer_site",
            minutes=45,
        ),
    )


def mads(scene: Scene) -> Life:
    """He started a few days ago; the first support in the job is due."""
    starts = scene.recent(3, 2)
    return Life(
        person=Person(
            "Mads", "Kjeldgaard", date(1989, 11, 2), "man", "+45 00 30 18 77"
        ),
        unit=UNIT,
        team="team-havn",
        trade="warehouse",
        clinician="nadine.roth",
        referred_on=scene.ago(172),
        referral_source="self",
        referral_words="I do not want another course. I want a job with a forklift in it.",
        accepted_on=scene.ago(165),
        entered_on=scene.ago(160),
        profile_started_on=scene.ago(150),
        goal="I want to be tired from work and not from thinking. A forklift next.",
        goal_seen_on=scene.ago(30),
        holders=since(scene.ago(165)),
        quiet_from=starts - 20 * DAY,
        jobs=(
            Job(
                "ips-nord/Byggehuset Krone/Havnelund",
                "Warehouse worker",
                "9333",
                starts,
                terms=terms(starts, 25, "157.00"),
            ),
        ),
        contacts=(
            met(starts - 13 * DAY, "He said yes. We read the contract twice."),
            met(starts - 3 * DAY, "Bus at ten past six, safety shoes, who to ask for."),
        ),
        visits=(
            called_on(
                starts - 30 * DAY,
                "ips-nord/Byggehuset Krone/Havnelund",
                stage="match",
                outcome="interview",
                made_by="both",
            ),
            called_on(
                starts - 15 * DAY,
                "ips-nord/Byggehuset Krone/Havnelund",
                stage="match",
                outcome="offer",
                with_hiring_role=True,
            ),
        ),
    )


def nadia(scene: Scene) -> Life:
    """She starts on Tuesday; they should meet before that."""
    starts = scene.next_tuesday
    return Life(
        person=Person("Nadia", "Haddad", date(1992, 12, 5), "woman", "+45 00 83 29 64"),
        unit=UNIT,
        team="team-havn",
        trade="culture",
        clinician="jens-ole.kiel",
        referred_on=scene.ago(140),
        referral_source="self",
        referral_words="My cousin got a job with your help. I would like to talk to you.",
        accepted_on=scene.ago(136),
        entered_on=scene.ago(131),
        profile_started_on=scene.ago(124),
        goal="I could tell visitors about the harbour for hours. My father worked on it.",
        goal_seen_on=scene.ago(20),
        holders=since(scene.ago(136)),
        quiet_from=starts - 25 * DAY,
        jobs=(
            Job(
                "museum",
                "Museum attendant",
                "5113",
                starts,
                permanence="fixed_term",
                time_limit_origin="employer",
                found_by="advert",
                terms=terms(starts, 15, "147.00"),
            ),
        ),
        contacts=(
            met(starts - 22 * DAY, "Practised the interview in the museum café."),
            met(
                starts - 8 * DAY,
                "Contract signed. She would like me there the first hour.",
            ),
        ),
        visits=(
            called_on(
                starts - 15 * DAY,
                "museum",
                stage="match",
                outcome="offer",
                with_hiring_role=True,
            ),
        ),
    )
