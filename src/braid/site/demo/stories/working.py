"""People in work: more hours, an offer to step down, two jobs at once."""

from datetime import date, timedelta
from decimal import Decimal

from braid.kernel.dates import add_months, iso_week_start
from braid.site.demo.cast import ADA
from braid.site.demo.days import DAY
from braid.site.demo.stories.scene import (
    CORA,
    TEAM,
    UNIT,
    Scene,
    met,
    rang,
    since,
    terms,
)
from braid.site.demo.values import Absence, Job, Life, Note, Person, Terms


def tove(scene: Scene) -> Life:
    """Her hours rise next week, and a month has nearly gone since they met."""
    starts, more = scene.ago(145), scene.next_monday
    return Life(
        person=Person(
            "Tove", "Bertelsen", date(1979, 4, 17), "woman", "+45 00 12 90 33"
        ),
        unit=UNIT,
        team=TEAM,
        trade="care",
        clinician=CORA,
        referred_on=scene.ago(390),
        referral_source="clinician",
        referral_words="Was proud of the last job and wants the next one.",
        accepted_on=scene.ago(382),
        entered_on=scene.ago(377),
        profile_started_on=scene.ago(370),
        goal="My grandmother was happiest when I came. I want to come to other people's too.",
        goal_seen_on=scene.ago(26),
        holders=since(scene.ago(382)),
        quiet_from=scene.ago(28),
        jobs=(
            Job(
                "care-home",
                "Care assistant",
                "5321",
                starts,
                terms=(
                    Terms(starts, Decimal(15), Decimal("158.75"), more - DAY),
                    Terms(more, Decimal(20), Decimal("158.75")),
                ),
            ),
        ),
        contacts=(
            met(
                scene.recent(26, 25, 24),
                "Grethe offers twenty hours. Tove wants them.",
                phase="follow_along",
                place="employer_site",
            ),
            rang(
                scene.recent(5, 4, 3), "Has asked what twenty hours do to her benefit."
            ),
        ),
        notes=(
            Note(
                scene.recent(5, 4, 3),
                ADA,
                "work_goals",
                "Twenty hours from Monday. Offered benefits counselling with Kit before "
                "the first payslip; she wants it this week.",
            ),
        ),
    )


def birgit(scene: Scene) -> Life:
    """Nearly a year in the library; it is time to offer a step down."""
    starts = iso_week_start(add_months(scene.today + 8 * DAY, -12))
    return Life(
        person=Person(
            "Birgit", "Aagaard", date(1972, 7, 3), "woman", "+45 00 28 37 95"
        ),
        unit=UNIT,
        team="team-havn",
        trade="library",
        clinician="jens-ole.kiel",
        referred_on=starts - timedelta(weeks=24),
        referral_source="clinician",
        referral_words="Wants to work and has not been asked about it for years.",
        accepted_on=starts - timedelta(weeks=23),
        entered_on=starts - timedelta(weeks=22),
        profile_started_on=starts - timedelta(weeks=21),
        goal="Books have kept me company for years. I want to keep them in order for others.",
        goal_seen_on=scene.ago(90),
        holders=since(starts - timedelta(weeks=23)),
        quiet_from=scene.ago(20),
        jobs=(
            Job(
                "library",
                "Library assistant",
                "4411",
                starts,
                found_by="specialist",
                terms=terms(starts, 20, "161.00"),
            ),
        ),
        contacts=(
            met(
                scene.ago(13),
                "Has taught the new student assistant how to shelve.",
                phase="follow_along",
                place="employer_site",
            ),
            rang(
                scene.ago(4), "Going to Skagen with the choir. First holiday in years."
            ),
        ),
    )


def lene(scene: Scene) -> Life:
    """Stepped down after a year and a half in the same job; the way back is written."""
    stepped = scene.ago(63)
    starts = scene.ago(560)
    return Life(
        person=Person(
            "Lene", "Frandsen", date(1976, 6, 11), "woman", "+45 00 58 23 81"
        ),
        unit=UNIT,
        team=TEAM,
        trade="post",
        clinician=CORA,
        referred_on=scene.ago(700),
        referral_source="clinician",
        referral_words="Wants to walk, and to be paid for walking.",
        accepted_on=scene.ago(694),
        entered_on=scene.ago(688),
        profile_started_on=scene.ago(680),
        goal="The same round every morning. I like it when people know I am coming.",
        goal_seen_on=stepped,
        step_down_offered_on=stepped - 20 * DAY,
        holders=since(scene.ago(694)),
        states=(("stepped_down", stepped),),
        quiet_from=stepped,
        jobs=(
            Job(
                "post",
                "Postal worker",
                "4412",
                starts,
                terms=terms(starts, 25, "152.25"),
            ),
        ),
        contacts=(
            met(
                stepped,
                "Wrote the way back on a card: who she rings, when, and that she may.",
                phase="follow_along",
            ),
            rang(scene.ago(27), "All well. A new dog on the round."),
        ),
    )


def aase(scene: Scene) -> Life:
    """Two small jobs at the same time, which suit her better than a large one."""
    first, second = scene.ago(230), scene.ago(75)
    return Life(
        person=Person("Åse", "Friis", date(1968, 12, 20), "woman", "+45 00 99 14 60"),
        unit=UNIT,
        team="team-havn",
        trade="post",
        clinician="nadine.roth",
        referred_on=scene.ago(350),
        referral_source="self",
        referral_words="I have been home for two years. It is enough.",
        accepted_on=scene.ago(344),
        entered_on=scene.ago(339),
        profile_started_on=scene.ago(330),
        goal="A round in the morning and something quiet at night. Nothing in between.",
        goal_seen_on=scene.ago(30),
        holders=since(scene.ago(344)),
        quiet_from=scene.ago(21),
        jobs=(
            Job(
                "post", "Postal worker", "4412", first, terms=terms(first, 10, "150.50")
            ),
            Job(
                "library",
                "Library assistant",
                "4411",
                second,
                found_by="applicant",
                permanence="on_call",
                terms=terms(second, 8, "160.00"),
            ),
        ),
        contacts=(
            met(
                scene.ago(14),
                "Two payslips on the table, and both are right.",
                phase="follow_along",
            ),
            rang(scene.ago(5), "Nothing new, and that is good news."),
        ),
    )


def amina(scene: Scene) -> Life:
    """She has a job and fears to lose it; support is about keeping it."""
    ill = scene.ago(52)
    return Life(
        person=Person(
            "Amina", "Warsame", date(1985, 10, 8), "woman", "+45 00 37 54 19"
        ),
        unit=UNIT,
        team=TEAM,
        trade="kitchen",
        clinician=CORA,
        referred_on=scene.ago(68),
        referral_source="clinician",
        referral_words="Has a job in a canteen and is afraid to lose it. Wants to keep it.",
        at_referral="employed_retention",
        accepted_on=scene.ago(64),
        entered_on=scene.ago(61),
        profile_started_on=scene.ago(55),
        goal="I have cooked there for six years. I want to be able to stay.",
        goal_seen_on=scene.ago(14),
        holders=since(scene.ago(64)),
        quiet_from=scene.ago(21),
        jobs=(
            Job(
                "canteen",
                "Kitchen assistant",
                "9412",
                scene.ago(2200),
                held_at_referral=True,
                found_by="applicant",
                disclosure="health",
                terms=terms(scene.ago(2200), 30, "152.00"),
                absences=(Absence(ill, ill + 18 * DAY),),
            ),
        ),
        contacts=(
            met(
                scene.ago(16),
                "Mona, Amina and I. Earplugs, and a break after two hours.",
                phase="follow_along",
                place="employer_site",
            ),
            met(
                scene.ago(7),
                "A good week. She sang while she chopped.",
                phase="follow_along",
            ),
        ),
    )
