"""No sentence stands bare in a page, every one is translated, and Danish is Danish."""

import csv
import re
import textwrap
from datetime import (
    date,
    time,
    timedelta,
)
from io import StringIO

import pytest
from babel import Locale
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import override, pgettext, trans_real

from braid.access import subject_keys
from braid.access.choices import NoticeKind, RequestState, SignChoice
from braid.access.models import BrokenGlass, ConsentEntry
from braid.access.policy import Information
from braid.desk.presenters import clocks
from braid.exchange import commands as exchange
from braid.fidelity.across import scatter
from braid.fidelity.report import profile
from braid.funding.choices import Conflict
from braid.packs import (
    benefits,
    consents,
    contracts,
    measures,
    monitors,
    occupations,
    reports,
    scale_texts,
    scales,
    suppression,
    words,
)
from braid.packs.jurisdictions import of_country
from braid.people.choices import UpdateBecause
from braid.people.commands import Given, save_answers
from braid.people.models import PastJob, TreatmentNote
from braid.people.profile import QUESTIONS
from braid.web.days import month_text
from tests import messages
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.exchange.conftest import FILES, SETUP, pieces
from tests.factories.access import (
    BlockSetAsideFactory,
    BrokenGlassFactory,
    FindingFactory,
    InvitationFactory,
    MembershipFactory,
    NoticeFactory,
    SharingFactory,
    SignInProviderFactory,
    SubjectRequestFactory,
)
from tests.factories.benefits import (
    BenefitFactory,
    CalculationFactory,
    CounsellingFactory,
    PayerQuestionFactory,
    ReportingDutyFactory,
)
from tests.factories.facts import AnnotationFactory, SnapshotFactory
from tests.factories.fidelity import (
    MeetingFactory as MetFactory,
)
from tests.factories.fidelity import (
    PieceFactory,
    PlannedActionFactory,
    ReviewFactory,
    SeatFactory,
    StepFactory,
)
from tests.factories.outcomes import ReleaseFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EnquiryFactory,
    EpisodeFactory,
    IdentifierFactory,
    NoteFactory,
    OwnWordsFactory,
    PastJobFactory,
    PlanActionFactory,
    PlanTargetFactory,
    ProfileAnswerFactory,
    ProfileUpdateFactory,
    RefusalFactory,
    SearchPlanFactory,
    TreatmentNoteFactory,
)
from tests.factories.teamwork import (
    DiscussionFactory,
    GroupFactory,
    GroupMemberFactory,
    MatterFactory,
    MeetingFactory,
    MeetingNoteFactory,
    NotYetReferredFactory,
    ProposalFactory,
    QuestionFactory,
    SnoozeFactory,
    TaskFactory,
)
from tests.factories.work import (
    AbsenceFactory,
    ApplicationFactory,
    AppointmentFactory,
    ContactFactory,
    DisclosureDecisionFactory,
    DisclosureItemFactory,
    EducationFactory,
    EmployerContactFactory,
    EmployerFactory,
    EvidenceFactory,
    JobEndReviewFactory,
    JobFactory,
    JobProblemFactory,
    JobSupportPlanFactory,
    JobTermsFactory,
    LeadFactory,
    PaidWorkFactory,
    PlannedSupportFactory,
    SupportFactory,
    TimeEntryFactory,
)
from tests.fidelity.rating_scene import things_of as rated_things
from tests.house.page_words import Words, bare
from tests.house.pseudo import Pseudo, known_texts, mark_the_database
from tests.house.test_routes import ROWS, agreement_of
from tests.outcomes.reporting.kept import text as report_text

DAY = timedelta(days=1)
READERS = ("ada", "ben", "sam", "pat_account")
# Beside every page of the routes: other views of the same pages, and a fragment.
MORE = {
    "the caseload as a list": ("/caseload/?view=list&specialist=all", {"ada", "ben"}),
    "a choice that nobody meets": ("/caseload/?stage=resting", {"ada", "ben"}),
    "a search with finds": ("/search/?q=Lund", {"ada", "ben"}),
    "a search without": ("/search/?q=Xylander", {"ada", "ben"}),
    "employers without a find": ("/employers/?q=Xylander", {"ada", "ben"}),
    "jobs that have ended": ("/jobs/?going=ended", {"ada", "ben"}),
    "no page": ("/nowhere/", set(READERS)),
    "change of password": ("/account/password/change/", set(READERS)),
    "second factors": ("/account/factors/", set(READERS)),
    "an app with codes": ("/account/factors/totp/activate/", set(READERS)),
    "a passkey": ("/account/factors/webauthn/add/", set(READERS)),
    "passkeys": ("/account/factors/webauthn/", set(READERS)),
    "sign-ins": ("/account/sessions/", set(READERS)),
    "imports": ("/imports/", {"ben", "sam"}),
    "a new import": ("/imports/new/", {"ben", "sam"}),
}
DOORS = (
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/inactive/",
    "/account/signup/",
    "/invitation/none/",
    "/nowhere/",
    "/welcome/",
    "/welcome/goodbye/",
)

IMPORT_PAGES = (
    *("", "{}/found/", "{}/found/0/", "{}/found/1/", "{}/once/"),
    *("{}/questions/", "{}/questions/0/", "{}/preview/", "{}/preview/?show=ask"),
    *("{}/preview/?show=reject_row", "{}/preview/?show=accept_warn"),
)


def test_every_string_is_translated_and_compiled():
    assert messages.faults() == []


def test_no_other_room_or_framework_says_it_otherwise():
    with override("da"):
        otherwise = {
            (room.name, message.id, message.string, _said(message))
            for room in messages.rooms()
            for message in messages.translated(room, "da")
            if isinstance(message.id, str) and _said(message) != message.string
        }
    assert otherwise == set()


def _said(message):
    """Return what a page says for a message, in its context where it has one."""
    if message.context:
        return pgettext(message.context, message.id)
    return translate(message.id)


@pytest.fixture(scope="module")
def known():
    return known_texts()


@pytest.fixture
def pseudo(known, monkeypatch):
    """Let Danish be the pseudo-language for a test, and forget what was said before.

    Words are remembered by language, so neither Danish may meet the other.
    """
    clocks._due_words.cache_clear()
    monkeypatch.setitem(trans_real._translations, "da", Pseudo(known))
    yield
    clocks._due_words.cache_clear()


def _benefits(world):
    """Fill the counselling, so that its pages have everything to say."""
    pat = {"episode": world.pat_episode}
    BenefitFactory(**pat, amount=1000, period="month", verified="letter")
    ReportingDutyFactory(**pat)
    CounsellingFactory(**pat, trigger="start", offered_on=TODAY, done_on=TODAY)
    return {
        "counselling": CounsellingFactory(**pat).pk,
        "benefit": BenefitFactory(**pat).pk,
        "payer_question": PayerQuestionFactory(**pat, question="«Rent?»").pk,
        "calculation": CalculationFactory(**pat, question="«The» «café?»").pk,
    }


def _journey(world, employer):
    """Fill the plan, disclosure, tasks and the way in."""
    pat = world.pat_episode
    drafted = SearchPlanFactory(episode=pat, number=2, first_day=TODAY)
    PlanTargetFactory(plan=drafted)
    step = PlanActionFactory(episode=pat)
    DisclosureItemFactory(
        disclosure=DisclosureDecisionFactory(
            episode=pat, employer=employer, in_favour="Help.", against="Talk."
        ),
        may_tell=True,
        words="I need breaks.",
    )
    talk = DisclosureDecisionFactory(episode=pat, agreed_on=None, revisit_on=TODAY)
    visit = EmployerContactFactory(unit=world.north, employer=employer, episode=pat)
    SnoozeFactory(
        episode=pat, staff=world.ada.user, until_on=TODAY + DAY, reason="«Holiday»"
    )
    return {
        "plan_step": (pat.pk, step.pk),
        "talk": (pat.pk, talk.pk),
        "visit": visit.pk,
        "enquiry": EnquiryFactory(unit=world.north, words="To work.").pk,
        "leaving": world.ada.user.pk,
        "unit": world.north.pk,
        "unit_figure": (world.north.pk, "int_shared_discussed"),
        "unit_chart": (world.north.pk, "working"),
        "unit_item": (world.north.pk, 17),
        "unit_item_rows": (world.north.pk, 17, "item17_signed_log"),
        "unit_quarter": (world.north.pk, "2026Q3"),
        "own_report": "ilc-quarterly",
        "release": ReleaseFactory(
            unit=world.north,
            profile="nhs-mhsds",
            document=report_text(str(world.north.pk), "«North»"),
        ).pk,
        "snapshot": SnapshotFactory(units=[str(world.north.pk)]).pk,
        **rated_things(world),
        **planned_review(world),
        **agreement_of(world),
        "planned_action": PlannedActionFactory(
            unit=world.north, what="«Two mornings a week»", owner_words="«Ben»"
        ).pk,
        "annotation": AnnotationFactory(
            unit=world.north, text="«The job centre had a new leader»"
        ).pk,
        "paper": (world.pat.pk, "handover"),
        "task": TaskFactory(episode=pat, due_on=TODAY).pk,
        "question": QuestionFactory(
            episode=pat,
            kind="jobs",
            by_team=world.north,
            of_team=world.east,
            created_by=world.ada.user,
            text="«Which day of the week?»",
        ).pk,
        "proposal": ProposalFactory(
            episode=pat, created_by=world.ada.user, words="«No more internships»"
        ).pk,
    }


def _meetings(world):
    """Let every kind of table have a meeting at which something was said and decided."""
    unit, pat = {"unit": world.north}, world.pat_episode
    with_team = MeetingFactory(team=world.east, day=TODAY, **unit)
    of_unit = MeetingFactory(kind="vocational_unit", day=TODAY, **unit)
    mentoring = MeetingFactory(
        kind="field_mentoring",
        specialist=world.ada.user,
        led_by=world.ben.user,
        day=TODAY,
        **unit,
    )
    for meeting in (with_team, of_unit):
        DiscussionFactory(meeting=meeting, episode=pat, words="Mornings suit her.")
        TaskFactory(meeting=meeting, episode=pat, due_on=TODAY + DAY)
        MeetingNoteFactory(meeting=meeting)
    decision = TaskFactory(meeting=of_unit, episode=None, **unit)
    group = GroupFactory(**unit)
    GroupMemberFactory(group=group)
    matter = MatterFactory(kind="vocational_unit", **unit)
    return {
        "treatment_team": world.east.pk,
        "table": (world.east.pk, world.north.pk),
        "team_meeting": with_team.pk,
        "not_yet": NotYetReferredFactory(team=world.east).pk,
        "gathering": of_unit.pk,
        "gathering_line": (of_unit.pk, pat.pk),
        "gathering_matter": (of_unit.pk, matter.pk),
        "gathering_decision": (of_unit.pk, decision.pk),
        "mentoring": mentoring.pk,
        "group": group.pk,
    }


def _search(world, employer):
    """Fill the search and the day, so that their pages have everything to say."""
    pat, when = world.pat_episode, {"day": TODAY, "staff": world.ada.user}
    lead = LeadFactory(
        employer=employer,
        unit=world.north,
        shared_by=world.ada.user,
        hours_from=10,
        hours_to=20,
        times="Mornings",
        must_haves="A licence",
        open_until=TODAY + DAY,
    )
    plan = SearchPlanFactory(
        episode=pat, agreed_on=TODAY - DAY, avoid="Bars", travel_minutes=30
    )
    PlanTargetFactory(plan=plan)
    sent = ApplicationFactory(
        episode=pat, employer=employer, interview_on=TODAY + DAY, title="Baker"
    )
    AppointmentFactory(episode=None, unit=world.north, with_whom="clinic", **when)
    planned = AppointmentFactory(episode=pat, begins_at=time(10), minutes=30, **when)
    TimeEntryFactory(unit=world.north, staff=world.ada.user, day=TODAY)
    return {
        "lead": lead.pk,
        "application": sent.pk,
        "appointment": planned.pk,
        "education": EducationFactory(episode=pat, school="Evening school").pk,
    }


def planned_review(world):
    """Return what the pages of a planned review are about, with words of people in it."""
    review = ReviewFactory(unit=world.north, edition="«Fourth edition»", remote=True)
    seat = SeatFactory(review=review)
    StepFactory(review=review, status="planned", reason="«As agreed»")
    return {
        "review": review.pk,
        "review_step": (review.pk, "withdrawn"),
        "seat": seat.pk,
        "review_meeting": MetFactory(
            review=review, what="«The director»", name="«Inga Holt»"
        ).pk,
        "piece": PieceFactory(review=review, note="«In the folder»").pk,
    }


@pytest.fixture
def things(world):
    """Fill the world, so that every part of a page has something to say."""
    pat, unit = world.pat_episode, world.north
    first = EmployerFactory(
        unit=unit,
        name="Havnelund Bageri",
        city="Havnelund",
        contact_person="Else",
        size="under_10",
        learned="Early shifts.",
        register_number="13585628",
    )
    EmployerFactory(unit=unit, name="Bageri Havnelund", parent=first)
    EmployerFactory(unit=unit, name="Havnelund Bageriet")
    job = JobFactory(episode=pat, employer=first, note="Calm room.")
    JobTermsFactory(job=job, pay=185, pay_unit="hour", currency="DKK")
    PaidWorkFactory(job=job)
    AbsenceFactory(job=job)
    JobFactory(
        episode=world.quinn_episode,
        placement="",
        title="",
        first_day=date(2026, 8, 20),
        last_day=date(2026, 9, 1),
        end_known_on=date(2026, 9, 2),
        end_reason="quit",
        end_words="More hours next time.",
    )
    NoteFactory(episode=pat)
    pat.goal, pat.goal_seen_on = "Mornings, with my hands.", TODAY
    pat.referral_source = "clinician"
    pat.save()
    contact = ContactFactory(
        episode=pat, staff=world.ada.user, with_clinician=True, note="A good talk."
    )
    ContactFactory(episode=pat, attended=False, mode="phone", place="remote")
    EmployerContactFactory(
        unit=unit,
        employer=first,
        episode=pat,
        staff=world.ada.user,
        day=TODAY - DAY,
        spoke_to="Else",
        outcome="interview",
        learned="They need help on Saturdays.",
        next_step="Bring a CV",
        next_on=TODAY + DAY,
    )
    RefusalFactory(episode=pat, words="Wait a year.", decided_by="East")
    IdentifierFactory(applicant=world.pat)
    finding, asked = _review(world)
    _own_page(world)
    _more_people(world)
    membership = MembershipFactory(team=unit)
    InvitationFactory(user=membership.user)
    MembershipFactory(team=unit, last_day=date(2025, 1, 1))
    past_job = _profile(world).pk
    made = {
        "section": (world.pat.pk, "a"),
        "own_section": "a",
        "past_job": (world.pat.pk, past_job),
        "own_past_job": past_job,
        **_search(world, first),
        **_benefits(world),
        **_journey(world, first),
        **_meetings(world),
        "measure": "item24_community",
        "person": world.pat.pk,
        "episode": pat.pk,
        "contact": contact.pk,
        "employer": first.pk,
        "job": job.pk,
        **_support(job),
        "membership": membership.pk,
        "provider": SignInProviderFactory(organisation=world.havnelund).pk,
        "audience": (world.pat.pk, "jobs"),
        "treatment_note": _treatment_note(world).pk,
        "finding": finding.pk,
        "asked": asked.pk,
        "entry": _agreements(world).pk,
        "request": SubjectRequestFactory(
            organisation=world.havnelund,
            applicant_id=world.pat.pk,
            kind="erasure",
            words="All of it.",
        ).pk,
        "closing": SubjectRequestFactory(
            organisation=world.havnelund,
            applicant_id=world.pat.pk,
            kind="restriction",
        ).pk,
        "glass": _emergencies(world).pk,
        "block": BlockSetAsideFactory(
            block__organisation=world.havnelund,
            block__applicant_id=world.pat.pk,
            first_by=world.ada.user,
            words="An emergency.",
        ).block_id,
    }
    mark_the_database()
    return made


def _profile(world) -> PastJob:
    """Let every question of the career profile have an answer, changed once."""
    for question, (part, asked) in QUESTIONS.items():
        ProfileAnswerFactory(
            applicant=world.pat,
            section=part.section,
            question=question,
            kind=part.kind_of(asked),
            text=next(iter(asked.choices), "«Early» «and» «calm.»"),
            created_by=world.ada.user,
        )
    for because in UpdateBecause:
        ProfileUpdateFactory(applicant=world.pat, because=because, text="More hours.")
    actor = world.pat_account.actor
    given = {"motive": Given("«To» «get» «up.»", 1)}
    save_answers(actor=actor, applicant=world.pat, given=given, today=TODAY)
    return PastJobFactory(
        applicant=world.pat, employer="«Canteen»", why_left="«Loud.»", reference=True
    )


def _emergencies(world) -> BrokenGlass:
    """Let emergency access be reviewed, overdue, and untold."""
    held = {
        "applicant_id": world.pat.pk,
        "holder": world.havnelund,
        "organisation": world.elsewhere.organisation,
        "words": "An emergency.",
    }
    now = timezone.now()
    BrokenGlassFactory(**held, review_due_at=now - DAY)
    BrokenGlassFactory(
        **held, reviewed_at=now, reviewed_by=world.sam.user, verdict="justified"
    )
    return BrokenGlassFactory(**held, not_told_because="It would do harm.")


def _review(world):
    """Let every rule have found something, in every state, and Ada be asked about one."""
    signs = [sign for sign, _label in SignChoice.choices]
    common = {"organisation": world.havnelund, "rules": signs}
    FindingFactory(**common, user=world.ben.user, applicant_id=None)
    FindingFactory(
        **common,
        user=world.ben.user,
        state="closed",
        answer="It was my turn.",
        answered_at=timezone.now(),
        closed_at=timezone.now(),
        closed_by=world.sam.user,
        closing_words="That is work.",
    )
    finding = FindingFactory(**common, user=world.ada.user)
    asked = FindingFactory(
        **common,
        user=world.ada.user,
        applicant_id=world.pat.pk,
        state="asked",
        asked_at=timezone.now(),
    )
    return finding, asked


def _own_page(world) -> None:
    """Let Pat have said how it goes, have been told something and have asked something."""
    words = OwnWordsFactory(applicant=world.pat, mood="well")
    words.readers.set([world.north])
    OwnWordsFactory(applicant=world.pat, mood="hard", text="")
    for kind, _label in NoticeKind.choices:
        NoticeFactory(
            applicant_id=world.pat.pk, kind=kind, organisation=world.havnelund
        )
    for state, _label in RequestState.choices:
        SubjectRequestFactory(
            applicant_id=world.pat.pk,
            organisation=world.havnelund,
            words="All of it.",
            state=state,
        )


def _support(job):
    """Let everything have happened in a job that its page can show."""
    plan = JobSupportPlanFactory(
        job=job,
        triggers="Loud rooms.",
        early_signs="Sleeps badly.",
        career_goal="Baker.",
        education_support="Evening school.",
        agreed_on=TODAY - DAY,
        agreed_how="said",
        review_on=TODAY + DAY,
    )
    PlannedSupportFactory(plan=plan, words="Monday mornings.")
    SupportFactory(job=job, mode="in_person")
    EvidenceFactory(job=job, period_first=TODAY - DAY, period_last=TODAY)
    ended = JobFactory(
        episode=job.episode,
        placement="wage_subsidy",
        first_day=TODAY - timedelta(days=200),
        last_day=TODAY - DAY,
        end_known_on=TODAY,
        end_reason="laid_off",
        may_contact_workplace=True,
    )
    JobEndReviewFactory(
        job=ended,
        last_day_worked=TODAY - DAY,
        notice_given=True,
        person_view="Fine people.",
        specialist_view="Too early.",
        employer_view="Punctual.",
        do_differently="Later shifts.",
        next_step="Ask the cafe.",
        search_again_on=TODAY,
    )
    return {
        "ended_job": ended.pk,
        "absence": AbsenceFactory(job=job, kind="sickness").pk,
        "job_problem": JobProblemFactory(
            job=job, last_day=TODAY, settled_how="A later shift."
        ).pk,
    }


def _treatment_note(world) -> TreatmentNote:
    return TreatmentNoteFactory(
        applicant=world.quinn,
        team=world.east,
        author=world.cora.user,
        sealed_text=subject_keys.seal(world.quinn.pk, "«Sleeps badly.»".encode()),
    )


def _agreements(world) -> ConsentEntry:
    """Agree to this and that: one ends soon, one begins later, one was taken back."""
    agree(world, world.pat, world.dev, Information.JOBS, first_day=TODAY + 9 * DAY)
    agree(world, world.pat, world.cora, Information.JOBS)
    withdraw(world, world.pat, world.cora)
    soon = TODAY + 20 * DAY
    return agree(world, world.pat, world.ada, Information.TREATMENT, last_day=soon)


def _more_people(world) -> None:
    """Put people into every state and stage of an episode."""
    states = {
        "referred": {"referral_source": "self"},
        "waiting": {},
        "paused": {},
        "stepped_down": {},
        "exited": {"exited_on": TODAY - DAY, "exit_reason": "moved"},
        "not_started": {},
    }
    for state, values in states.items():
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=world.havnelund),
            unit=world.north,
            state=state,
            **values,
        )
        if state in ("paused", "stepped_down"):
            CaseloadSpellFactory(episode=episode, specialist=world.ada.user)


# What may stand bare: the name of the program (its version has no letters); registers
# and currencies, as CPR and DKK; addresses of e-mail; the marks of a file and names of
# formats, as CSV and Parquet; quarters; numbers for VAT;
# pseudonyms of cases in claims.
# An address of mail may be broken behind its @, so that it fits a telephone.
PLAIN = re.compile(
    r"\b(?:Braid|Parquet)\b|\b[A-Z]{2,6}\b|https?://\S+|\S+@\S*|\bexample\.org\b"
    r"|\b\d{4}Q[1-4]\b|\b[A-Z]{2}\d{8}\b"
    r"|\b[A-Z0-9]{5,6}-[A-Z0-9]{4,5}\b"
)


def benefit_words() -> set[str]:
    """Return what rules of benefits call them, in whichever language they do."""
    return {
        text
        for pack in benefits.load().values()
        for one in pack.benefits
        for text in one.label.values()
    } | {pack.source.title for pack in benefits.load().values()}


def pack_words() -> set[str]:
    """Return what packs say in their own words: kinds of jobs, sources, measures."""
    pack = of_country("dk")
    kinds = {kind.name(pack.customs.languages[0]) for kind in pack.placements}
    roles = {name for word in pack.roles.values() for name in word.names.values()}
    return (
        kinds
        | roles
        | {limit.source for limit in pack.limits.values()}
        | {rule.source for rule in pack.retention}
        | ({pack.fidelity_reviews.source} if pack.fidelity_reviews else set())
        | {duty.statute for duty in pack.duties}
        | measure_words()
        | report_words()
        | benefit_words()
        | {occupations.label("occupation", PlanTargetFactory.build().code, "da")}
        | consent_words()
        | sector_words()
        | scale_words()
        | contract_words()
    )


def contract_words() -> set[str]:
    """Return what contracts are called: their ids, milestones, and where they are written.

    With what stands beside them: figures that are watched, rules, formats, countries.
    """
    kept = [each for name in contracts.load() for each in contracts.versions(name)]
    return {
        *contracts.load(),
        *(each.source for each in kept),
        *(each.called for each in kept),
        *(one.id.replace("_", " ") for each in kept for one in each.milestones),
        *(one.title["da"] for one in monitors.get().monitors),
        *Conflict.values,
        *("Excel", "Peppol"),
        *Locale("da").territories.values(),
    }


def scale_words() -> set[str]:
    """Return what fidelity scales say in Danish, or in the language that they have."""
    found = set()
    for name, scale in scales.load().items():
        said = scale_texts.texts(name, "da")
        found |= {said.title, said.unverified, said.not_documented}
        found.add(scales.pack(name).edition_of_manual)
        found |= {*said.sections.values(), *said.bands.values(), *said.rules.values()}
        found |= {
            f"{rule}: {text}"
            for rule, told in said.variants.items()
            for text in told.values()
        }
        found |= set(said.rules) | {entry.says for entry in scales.pack(name).rule_log}
        for item in scale.items:
            text = said.items[item.no]
            found |= {text.title, f"{item.no}. {text.title}", text.about}
            found |= {*said.anchors(item).values(), *text.components.values()}
            # A drawing breaks a title that is long.
            found |= set(
                textwrap.wrap(
                    text.title, profile.WIDE.words, max_lines=2, placeholder="…"
                )
            )
            found |= set(
                textwrap.wrap(
                    text.title, profile.NARROW.words, max_lines=2, placeholder="…"
                )
            )
    return found | {one.source for one in scatter.PUBLISHED}


def sector_words() -> set[str]:
    """Return what each sector calls an event, and where the words come from."""
    pack = words.of_country("dk")
    said = [event.said["da"] for event in pack.events.values()]
    return {
        pack.source.title,
        *(one.about for one in said),
        *(one.by(sector) for one in said for sector in words.SECTORS),
    }


def consent_words() -> set[str]:
    """Return what the Danish text of an agreement says, and where its days come from."""
    text = consents.of_country("dk")
    words = text.wordings["da"]
    named = (words.labels, words.purposes, words.information)
    return {
        *(words.title, *words.opening, *words.closing, text.remind_days.source),
        *(value for part in named for value in part.values()),
        *("English", "Dansk"),  # each language in its own name
    }


def measure_words() -> set[str]:
    """Return what the measures say of themselves in Danish, and as a sentence begins."""
    said = {
        names["da"]
        for measure in measures.load().values()
        for names in (
            *(measure.label, measure.about, measure.counts, *measure.amounts.values()),
            *(ratio.means for ratio in measure.ratios.values()),
            *(statistic.means for statistic in measure.statistics.values()),
        )
    }
    return said | {text[:1].upper() + text[1:] for text in said}


def report_words() -> set[str]:
    """Return what the reports and the rules for small numbers say of themselves."""
    packs = [*reports.load().values(), *measures.load().values()]
    rules = suppression.load().values()
    return {
        *(one.label["da"] for one in reports.load().values()),
        *(one.about["da"] for one in reports.load().values()),
        *(f"{one.id} {one.version}" for one in packs),
        *(rule.name("da") for rule in rules),
        *(" ".join(rule.about["da"].split()) for rule in rules),
        *(rule.id for rule in rules),
    }


def months() -> set[str]:
    """Return the names that stand in drawings and text boxes, where no <time> can be."""
    with override("da"):
        return {month_text(date(2026, month, 1)) for month in range(1, 13)}


def file_words() -> set[str]:
    """Return what the files of an import hold: names of files, headings and cells."""
    rows = (row for text in FILES.values() for row in csv.reader(StringIO(text)))
    teams = SETUP["treatment_teams"]
    return {*FILES, *teams, " ".join(teams), *(cell for row in rows for cell in row)}


def left_bare(page: str, held: set[str]) -> list[str]:
    """Return the texts of a page that are neither translated nor held nor plain."""
    words = Words(page)
    spoken = [left for text in words.spoken for left in bare([text])]
    drawn = [_without(text, months()) for text in bare(words.drawn)]
    return [
        text
        for text in (*bare(words.nodes), *spoken, *drawn)
        if re.search(r"[^\W\d_]", PLAIN.sub("", _without(text, held)))
    ]


def _without(text: str, words: set[str]) -> str:
    """Take out what is a word of `words`, alone, between marks, or a whole sentence."""
    if text in words:
        return ""
    for sentence in sorted(words, key=len, reverse=True):
        if " " in sentence:
            text = text.replace(sentence, "")
    parts = re.split(r"([·›–,;:()“”→]|(?<=\d\.)\s|\s(?=\d{4}))", text)
    return "".join("" if part.strip() in words else part for part in parts)


# Parts of a page, and papers: what the record says in its own words, for others to read.
NO_PAGES = {
    *("people:classification", "benefits:scenario_progress", "desk:paper"),
    "funding:invoice_file",
}


def addresses(reader: str, things: dict[str, object]):
    """Yield what a reader can open, by name."""
    for name, (allowed, about) in sorted(ROWS.items()):
        if reader in allowed and name not in NO_PAGES:
            thing = things.get(about)
            parts = thing if isinstance(thing, tuple) else (thing,)
            yield name, reverse(name, args=parts if about else [])
    for name, (address, allowed) in MORE.items():
        if reader in allowed:
            yield name, address


def danish(client: Client, address: str) -> str:
    answer = client.get(address, follow=True, headers={"accept-language": "da"})
    return answer.content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_no_text_stands_bare(as_, things, pseudo, reader):
    client = as_(reader)
    found = {}
    for name, address in addresses(reader, things):
        page = danish(client, address)
        assert "⟦" in page, name
        if left := left_bare(page, pack_words()):
            found[name] = left
    assert found == {}


@pytest.mark.parametrize("reader", READERS)
def test_no_fault_of_a_form_stands_bare(as_, things, pseudo, reader):
    client = as_(reader)
    sent = {"csrfmiddlewaretoken": "nothing else"}
    refused, found = 0, {}
    for name, address in addresses(reader, things):
        answer = client.post(address, sent, headers={"accept-language": "da"})
        if answer.status_code == 422:
            refused += 1
            if left := left_bare(answer.content.decode(), pack_words()):
                found[name] = left
    assert found == {}
    assert refused >= 3


def test_what_somebody_else_changed_is_said_in_words(as_, things, pseudo):
    address = reverse("people:details", args=[things["person"]])
    sent = {"given_name": "«Pat»", "family_name": "«Lund»", "row_version": 1}
    as_("ben").post(address, sent | {"gender": "woman"})
    answer = as_("ada").post(address, sent, headers={"accept-language": "da"})
    page = answer.content.decode()
    assert "“⟦Gender⟧”" in page
    assert "→ ⟦woman⟧" in page
    assert left_bare(page, set()) == []


@pytest.mark.parametrize("address", DOORS)
def test_no_text_of_the_doors_stands_bare(client, world, today, pseudo, address):
    page = danish(client, address)
    assert "⟦" in page
    assert left_bare(page, set()) == []


OUTSIDE = {"a clinician": "cora", "a caseworker": "dev"}


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_text_of_what_is_shared_stands_bare(as_, world, things, pseudo, who):
    reader = as_(OUTSIDE[who])
    pages = ["/shared/", reverse("desk:person", args=[world.quinn.pk])]
    if who == "a clinician":
        pages += [
            reverse("people:treatment_note_new", args=[world.quinn.pk]),
            reverse("people:treatment_note", args=[things["treatment_note"]]),
        ]
    empty = danish(reader, pages[0])
    assert left_bare(empty, set()) == []
    for information in ("identity", "work_goals", "jobs", "attendance", "benefits"):
        SharingFactory(
            applicant_id=world.quinn.pk,
            organisation_id=getattr(world, OUTSIDE[who]).actor.organisation,
            purpose=getattr(world, OUTSIDE[who]).actor.works_at.value,
            information=information,
        )
    for address in pages:
        page = danish(reader, address)
        assert "⟦" in page, address
        assert left_bare(page, pack_words()) == [], address


def test_the_first_run_has_no_bare_text(client, db, pseudo):
    page = danish(client, "/")
    assert "⟦Set up Braid⟧" in page
    assert left_bare(page, set()) == []


def test_no_text_of_an_import_stands_bare(as_, world, things, pseudo):
    actor = world.ben.actor
    batch = exchange.open_batch(
        actor=actor, unit=world.north, files=pieces(FILES), setup=SETUP
    )
    exchange.plan_batch(actor=actor, batch=batch, today=TODAY)
    ben, found = as_("ben"), {}
    held = file_words() | pack_words()
    for name in IMPORT_PAGES:
        page = danish(ben, f"/imports/{name.format(batch.pk)}")
        assert "⟦" in page, name
        if left := left_bare(page, held):
            found[name] = left
    assert found == {}


@pytest.mark.parametrize("reader", READERS)
def test_danish_pages_are_danish(as_, things, reader):
    english = untranslated()
    client, found = as_(reader), {}
    for name, address in addresses(reader, things):
        page = Words(danish(client, address))
        assert page.language == "da", name
        texts = {" ".join(text.split()) for text in (*page.nodes, *page.spoken)}
        if texts & english:
            found[name] = texts & english
    assert found == {}


def untranslated() -> set[str]:
    """Return the English texts that Danish says otherwise, and no Danish text is like."""
    pairs = {
        message.id: message.string
        for room in messages.rooms()
        for message in messages.translated(room, "da")
        if isinstance(message.id, str)
    }
    changed = {text for text, other in pairs.items() if text != other}
    return changed - set(pairs.values())
