"""Jobs that ended, and placements that turned into jobs."""

from datetime import date
from decimal import Decimal

from braid.site.demo.cast import ADA
from braid.site.demo.days import DAY
from braid.site.demo.stories.scene import TEAM, UNIT, Scene, met, rang, since, terms
from braid.site.demo.values import Job, Life, Note, Person, Terms


def yusuf(scene: Scene) -> Life:
    """He has just lost his job; somebody calls within three days."""
    lost = scene.recent(2, 3)
    starts = scene.ago(158)
    return Life(
        person=Person("Yusuf", "Osman", date(1994, 6, 21), "man", "+45 00 77 02 15"),
        unit=UNIT,
        team=TEAM,
        trade="shelves",
        clinician="poul.hessel",
        referred_on=scene.ago(330),
        referral_source="clinician",
        referral_words="Has kept the same routine for months and wants to fill it with work.",
        accepted_on=scene.ago(324),
        entered_on=scene.ago(318),
        profile_started_on=scene.ago(310),
        goal="Early hours before the shop opens. Then I have the afternoon with my boys.",
        goal_seen_on=scene.ago(45),
        holders=since(scene.ago(324)),
        quiet_from=lost - 12 * DAY,
        jobs=(
            Job(
                "ips-nord/Fjordmarked/Havnelund",
                "Shelf filler",
                "9334",
                starts,
                lost,
                lost,
                end_reason="laid_off",
                end_words="The early team is cut by half. They would take him again.",
                terms=terms(starts, 18, "143.25", lost),
            ),
        ),
        contacts=(
            met(
                lost - 8 * DAY,
                "All well in the early team. He has his own aisle now.",
                phase="follow_along",
                place="employer_site",
                minutes=40,
            ),
        ),
    )


def kasper(scene: Scene) -> Life:
    """A wage subsidy that turned into an ordinary job with the same employer."""
    begins, turns = scene.ago(285), scene.ago(118)
    return Life(
        person=Person("Kasper", "Vind", date(1987, 8, 26), "man", "+45 00 64 05 51"),
        unit=UNIT,
        team="team-havn",
        trade="textile",
        clinician="nadine.roth",
        referred_on=scene.ago(420),
        referral_source="caseworker",
        referral_words="Has said no to another internship and yes to a job.",
        accepted_on=scene.ago(411),
        entered_on=scene.ago(405),
        profile_started_on=scene.ago(398),
        goal="I like the smell of clean sheets and the sound of the machines.",
        goal_seen_on=scene.ago(60),
        holders=since(scene.ago(411)),
        quiet_from=scene.ago(20),
        jobs=_kaspers_jobs(begins, turns),
        contacts=(
            met(
                scene.ago(16),
                "Has his own key to the laundry now.",
                phase="follow_along",
                place="employer_site",
            ),
            rang(scene.ago(6), "Nothing new, and that is good news."),
        ),
    )


def _kaspers_jobs(begins: date, turns: date) -> tuple[Job, ...]:
    """Return the job with løntilskud and the same job without it."""
    return (
        Job(
            "laundry",
            "Laundry worker",
            "8157",
            begins,
            turns - DAY,
            placement="wage_subsidy",
            permanence="fixed_term",
            time_limit_origin="programme",
            open_to_all=False,
            found_by="job_centre",
            disclosure="support_only",
            end_reason="contract_ended",
            end_words="Løntilskud for some months, then Orla kept him on ordinary terms.",
            terms=terms(begins, 25, "148.00", turns - DAY),
        ),
        Job(
            "laundry",
            "Laundry worker",
            "8157",
            turns,
            disclosure="support_only",
            note="The same place, now without subsidy and without an end.",
            terms=terms(turns, 25, "151.50"),
        ),
    )


def mikkel(scene: Scene) -> Life:
    """An internship that the job centre wanted, and the job that it became."""
    begins, hired = scene.ago(132), scene.ago(104)
    return Life(
        person=Person("Mikkel", "Skov", date(1993, 9, 16), "man", "+45 00 72 48 36"),
        unit=UNIT,
        team=TEAM,
        trade="garden",
        clinician="poul.hessel",
        referred_on=scene.ago(240),
        referral_source="clinician",
        referral_words="Wants to try an ordinary job with somebody to call.",
        accepted_on=scene.ago(232),
        entered_on=scene.ago(226),
        profile_started_on=scene.ago(219),
        goal="I had an allotment with my father. I know how things grow.",
        goal_seen_on=scene.ago(50),
        holders=since(scene.ago(232)),
        quiet_from=scene.ago(21),
        jobs=_mikkels_jobs(begins, hired),
        contacts=(
            met(
                scene.ago(15),
                "Verner lets him plan the beds by the gate.",
                phase="follow_along",
                place="employer_site",
            ),
            rang(scene.ago(6), "Talked about what comes after the season."),
        ),
        notes=(
            Note(
                begins - 6 * DAY,
                ADA,
                "conversation",
                "The job centre wants three months of praktik first. Agreed on four weeks, "
                "with a paid first day in writing before he begins.",
            ),
        ),
    )


def _mikkels_jobs(begins: date, hired: date) -> tuple[Job, ...]:
    """Return four weeks of praktik and the job that followed."""
    return (
        Job(
            "nursery",
            "Garden worker",
            "9214",
            begins,
            hired - DAY,
            placement="unpaid_internship",
            permanence="fixed_term",
            time_limit_origin="programme",
            open_to_all=False,
            at_least_minimum=False,
            going_rate=False,
            employer_of_record="programme",
            normal_rights=False,
            found_by="job_centre",
            disclosure="support_only",
            end_reason="contract_ended",
            end_words="Four weeks, with the date of the first paid day agreed before.",
            terms=(Terms(begins, Decimal(20), None, hired - DAY),),
        ),
        Job(
            "nursery",
            "Garden worker",
            "9214",
            hired,
            permanence="seasonal",
            time_limit_origin="employer",
            disclosure="support_only",
            terms=terms(hired, 30, "156.00"),
        ),
    )
