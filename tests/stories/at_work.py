"""Chapters of a job: the start, the first month, a change, the end, the next one."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from braid.people.models import Episode
from braid.work.models import Absence, Contact, Employer, Job
from tests.documents import files
from tests.stories import counselling, steps
from tests.stories.acting import Hand
from tests.stories.steps import WHY, Story


def employer(name: str) -> Any:
    return Employer.objects.filter(name=name).system(WHY).get()


def job_at(name: str) -> Job:
    return Job.objects.filter(employer__name=name).system(WHY).get()


def about(job: Job, page: str) -> str:
    return reverse(f"work:{page}", args=[job.pk])


def a_start_is_known(story: Story, first_day: str, title: str, **where: str) -> None:
    """The quick start: who, where, from when. The rest follows."""
    address = f"{reverse('desk:log_job_start')}?person={story.episode_id}"
    page = story.ada.fills(address, first_day=first_day, title=title, **where)
    assert "Job start of Signe Holm recorded. The rest can follow later." in page


def the_rest_is_written_down(hand: Hand, job: Job, **terms: str) -> None:
    paper = SimpleUploadedFile("contract.pdf", files.pdf(), "application/pdf")
    said = {
        "ordinary": "yes",
        "permanence": "permanent",
        "pay_unit": "hour",
        "currency": "DKK",
        "fits_preference": "yes",
        "found_by": "specialist",
        "disclosure": "none",
    }
    searched = hand.is_refused(about(job, "job_edit"), occupation_text="bakers")
    assert "Tick what" in searched
    page = hand.fills_on(
        searched, occupation="7512", file=paper, paper_kind="contract", **said | terms
    )
    assert "Counts as competitive employment." in page
    assert "Contract, or a letter from the employer there" in page
    assert "Payslip, or what else shows the pay not yet" in page


def november_the_first_day_is_near(story: Story) -> None:
    job = job_at("Bageriet")
    assert story.runs("Starts at Bageriet 23 Nov; meet before then 4 days left")
    the_rest_is_written_down(story.ada, job, weekly_hours="16", pay="150")
    page = story.ada.fills(
        about(job, "support_plan"),
        kind_0="on_site",
        words_0="Monday mornings",
        early_signs="Goes quiet; a walk helps.",
        agreed_on="2026-11-18",
        agreed_how="said",
    )
    assert "at the workplace: Monday mornings" in page

    story.on("2026-11-20")
    steps.they_meet(story)
    assert not story.runs("Starts at Bageriet")
    assert "Before the start 16 Nov – 22 Nov met on 20 Nov" in story.ada.opens(
        about(job, "job")
    )


def december_the_first_month(story: Story) -> None:
    """Within three days, then once in each week of the job, then monthly."""
    story.on("2026-11-24")
    assert story.runs(
        "Started at Bageriet 23 Nov; first support contact due 2 days left"
    )
    assert story.stands_first_today("first support contact due")
    they_meet_at_work(story)
    assert not story.runs("first support contact due")
    assert "Baker's assistant" in _plain(story.signe.opens(reverse("desk:own_jobs")))

    for day in ("2026-12-02", "2026-12-09", "2026-12-16"):
        story.on(day)
        assert story.runs("First month at Bageriet; no visit this week of the job yet")
        steps.they_meet(story, place="employer_site")
        assert not story.runs("First month at Bageriet")
    windows = story.ada.opens(about(job_at("Bageriet"), "job"))
    for met in (
        "Right after the start 23 Nov – 26 Nov met on 24 Nov",
        "Week 2 30 Nov – 6 Dec met on 2 Dec",
        "Week 4 14 Dec – 20 Dec met on 16 Dec",
    ):
        assert met in windows, met

    story.on("2027-01-04")
    assert story.runs("In work at Bageriet; not seen for 14 days")
    assert not story.runs("Search plan")  # who has found a job is not asked to search


def _plain(page: Any) -> str:
    return page.words.replace("&#x27;", "'")


def they_meet_at_work(story: Story) -> None:
    """A visit, looked at again to tick which support it was."""
    steps.they_meet(story, place="employer_site")
    met = Contact.objects.filter(episode=story.episode_id).system(WHY).latest("day")
    again = reverse("desk:contact", args=[met.pk])
    story.ada.fills(again, supports=["on_site", "travel"])


def january_a_payslip_and_more_hours(story: Story) -> None:
    job = job_at("Bageriet")
    page = story.ada.fills(
        about(job, "evidence_new"),
        file=SimpleUploadedFile("payslip.png", files.png(), "image/png"),
        paper_kind="payslip",
        period_first="2026-12-01",
        period_last="2026-12-31",
    )
    assert "Payslip, or what else shows the pay there" in page

    story.on("2027-01-11")
    steps.they_meet(story)
    assert not story.runs("Benefits counselling waits")
    page = story.ada.fills(
        about(job, "terms"),
        first_day="2027-01-11",
        weekly_hours="20",
        reason="more_hours",
    )
    assert "20 hours a week, 150.00 DKK an hour" in page
    assert story.runs("Benefits counselling waits 14 days left")
    counselling.ada_offers(story, answer="accepted")

    story.on("2027-01-18")
    asked = counselling.una_works_out(story, "And with 20 hours?", hours="20")
    counselling.una_hands_over(story, asked, "I keep the 20 hours.")
    assert not story.runs("Benefits counselling waits")


def february_days_away(story: Story) -> None:
    story.on("2027-02-01")
    job = job_at("Bageriet")
    story.ada.fills(about(job, "absence"), kind="sickness", pay="full")
    assert "Back at work" in story.ada.opens(about(job, "job"))
    story.on("2027-02-04")
    steps.they_meet(story, mode="phone")
    away = Absence.objects.filter(job=job).system(WHY).get()
    back = reverse("work:absence_edit", args=[away.pk])
    assert "Back at work" not in story.ada.fills(back, last_day="2027-02-03")


def february_the_job_ends(story: Story) -> None:
    story.on("2027-02-19")
    job = job_at("Bageriet")
    page = story.ada.fills(
        f"{reverse('desk:log_job_end')}?job={job.pk}", end_reason="laid_off"
    )
    assert "The search can begin again." in page
    assert "best by 22 Feb" in story.ada.opens(about(job, "job"))
    assert story.runs("Job at Bageriet ended; not spoken to since 3 days left")
    assert story.runs("Benefits counselling waits 14 days left")

    story.on("2027-02-22")
    assert not story.runs("In work at Bageriet")
    assert story.stands_first_today("Job at Bageriet ended; not spoken to since")
    steps.they_meet(story)
    assert not story.runs("Job at Bageriet ended")
    what_was_learned_is_kept(story, job)
    counselling.ada_offers(story, answer="declined")
    assert not story.runs("Benefits counselling waits")


def what_was_learned_is_kept(story: Story, job: Job) -> None:
    """The end is learning: with the job, in the profile, and for the next plan."""
    page = story.ada.fills(
        about(job, "end_review"),
        notice_given="yes",
        person_view="Kind people. Too few orders.",
        do_differently="A bigger place.",
    )
    assert "best by" not in page
    story.ada.fills(
        f"{story.person('people:profile_update')}?job={job.pk}&because=job_end",
        text="Mornings at four are fine.",
    )
    again = story.ada.presses(about(job, "job"), "The search begins again")
    assert "Nobody has to be referred anew." in again
    found = Episode.objects.filter(applicant=story.applicant_id).system(WHY)
    assert found.count() == 1
    # The plan of October is older than a quarter; after a job there is a month for it.
    assert story.runs("Search plan last looked at 125 days ago 27 days left")
    story.ada.presses(story.episode("people:plan_review"), "Save")
    assert story.runs("Search plan last looked at 0 days ago")


def march_a_second_job(story: Story) -> None:
    story.on("2027-03-08")
    a_start_is_known(story, "2027-03-15", "Pastry hand", new_employer="Konditoriet")
    job = job_at("Konditoriet")
    the_rest_is_written_down(story.ada, job, weekly_hours="18", pay="155")
    assert story.runs("Benefits counselling waits 7 days left")
    counselling.ada_offers(story, answer="accepted")
    steps.they_meet(story)
    assert not story.runs("Starts at Konditoriet")

    story.on("2027-03-12")
    asked = counselling.una_works_out(story, "And at the Konditori?", hours="18")
    counselling.una_hands_over(story, asked, "I take it.")
    for day in ("2027-03-16", "2027-03-24", "2027-03-31", "2027-04-07"):
        story.on(day)
        words = "Started at Konditoriet" if day == "2027-03-16" else "First month at"
        assert story.runs(words), day
        steps.they_meet(story)
        assert not story.runs(words), day
    assert "Week 4 5 Apr – 11 Apr met on 7 Apr" in story.ada.opens(about(job, "job"))
    story.ada.fills(
        story.episode("work:education_new"),
        title="Evening school",
        level="school",
        first_day="2027-04-06",
    )
