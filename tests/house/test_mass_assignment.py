"""A form saves the fields it shows: whatever else is sent with it changes nothing."""

from datetime import date
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.urls import reverse

from braid.access import subject_keys
from braid.access.models import ConsentEntry
from braid.access.policy import Information
from tests.consents import agree
from tests.crawl import routes, things_of
from tests.factories.access import (
    BlockFactory,
    BrokenGlassFactory,
    FindingFactory,
    SignInProviderFactory,
    SubjectRequestFactory,
)
from tests.factories.benefits import (
    BenefitFactory,
    CounsellingFactory,
    PayerQuestionFactory,
)
from tests.factories.facts import AnnotationFactory
from tests.factories.fidelity import PlannedActionFactory
from tests.factories.outcomes import ReleaseFactory
from tests.factories.people import (
    EnquiryFactory,
    PastJobFactory,
    PlanActionFactory,
    SearchPlanFactory,
    TreatmentNoteFactory,
)
from tests.factories.teamwork import (
    MeetingFactory,
    NotYetReferredFactory,
    ProposalFactory,
    QuestionFactory,
    TaskFactory,
)
from tests.factories.work import (
    AbsenceFactory,
    ApplicationFactory,
    AppointmentFactory,
    DisclosureDecisionFactory,
    EducationFactory,
    EmployerContactFactory,
    JobFactory,
    JobProblemFactory,
    LeadFactory,
)
from tests.fidelity.rating_scene import things_of as rated_things
from tests.house.test_routes import (
    POST_ONLY,
    agreement_of,
    gatherings_of,
    review_of,
)

TEXT, DAY, NUMBER = "mass-assigned", "1999-09-09", "76543210"
STRANGE = uuid4()
INVENTED = [f"invented_{n}" for n in range(50)]
ENGLISH = {"text": "Some words", "date": "2026-10-01", "number": "20", "email": ""}

# route, whose form, what it is about (a key of `things_of`, or nothing).
FORMS = [
    ("people:details", "ada", 0),
    ("people:numbers", "ada", 0),
    ("people:goal", "ada", 1),
    ("people:groups", "ada", 1),
    ("people:area", "ada", 1),
    ("people:dates", "ada", 1),
    ("people:hold", "ada", 1),
    ("people:treatment", "ada", 1),
    ("people:pause", "ada", 1),
    ("people:entered", "ada", 1),
    ("people:enquiry_close", "ada", "enquiry"),
    ("people:again", "ada", 0),
    ("desk:hand_over", "ada", 1),
    ("desk:leaving", "ben", "leaving"),
    ("access:team_enquiries", "ben", "unit"),
    ("people:refusal", "ada", 1),
    ("people:profile_section", "ada", "section"),
    ("people:profile_update", "ada", 0),
    ("people:past_job_new", "ada", 0),
    ("people:past_job", "ada", "past_job"),
    ("people:past_job_remove", "ada", "past_job"),
    ("people:own_past_job_remove", "pat_account", "own_past_job"),
    ("people:own_profile_section", "pat_account", "own_section"),
    ("people:own_profile_update", "pat_account", None),
    ("people:own_past_job_new", "pat_account", None),
    ("people:own_past_job", "pat_account", "own_past_job"),
    ("people:refer", "ada", None),
    ("work:job_edit", "ada", 2),
    ("work:terms", "ada", 2),
    ("work:absence", "ada", 2),
    ("work:absence_edit", "ada", "absence"),
    ("work:ordinary", "ada", "subsidised_job"),
    ("work:support_plan", "ada", 2),
    ("work:support", "ada", 2),
    ("work:problem", "ada", 2),
    ("work:problem_edit", "ada", "job_problem"),
    ("work:evidence_new", "ada", 2),
    ("work:end_review", "ada", "ended_job"),
    ("work:employer_new", "ada", None),
    ("work:employer_edit", "ada", 4),
    ("work:lead_new", "ada", None),
    ("work:lead_edit", "ada", "lead"),
    ("work:application_new", "ada", None),
    ("work:application_edit", "ada", "application"),
    ("work:education_new", "ada", 1),
    ("work:education_edit", "ada", "education"),
    ("work:appointment_new", "ada", None),
    ("work:appointment_edit", "ada", "appointment"),
    ("work:time", "ada", None),
    ("desk:contact", "ada", 3),
    ("desk:log_contact", "ada", None),
    ("desk:log_employer", "ada", None),
    ("desk:log_job_start", "ada", None),
    ("desk:log_note", "ada", None),
    ("access:member_new", "ben", None),
    ("access:member_end", "ben", 6),
    ("access:team_new", "sam", None),
    ("access:calendar_initials", "sam", None),
    ("desk:own_plan", "pat_account", None),
    ("desk:own_how", "pat_account", None),
    ("desk:own_requests", "pat_account", None),
    ("desk:own_documents", "pat_account", None),
    ("desk:own_consent_give", "pat_account", None),
    ("desk:own_consent_until", "pat_account", "entry"),
    ("desk:own_consent_withdraw", "pat_account", "entry"),
    ("desk:sharing_give", "ada", 0),
    ("desk:sharing_until", "ada", "entry"),
    ("desk:sharing_take_back", "ada", "entry"),
    ("desk:documents", "ada", 0),
    ("desk:log_job_end", "ada", None),
    ("desk:invite", "ada", 0),
    ("desk:finding_answer", "ada", "asked"),
    ("desk:glass", "cora", None),
    ("desk:blocks", "ben", 0),
    ("desk:set_aside", "sam", "block"),
    ("desk:finding", "sam", "finding"),
    ("desk:glass_review", "sam", "glass"),
    ("desk:request", "sam", "request"),
    ("desk:request_restrict", "sam", "closing"),
    ("desk:breach", "sam", None),
    ("people:casework", "ada", 1),
    ("people:treatment_note_new", "cora", 0),
    ("people:treatment_note", "cora", "treatment_note"),
    ("access:member_invite", "ben", 6),
    ("access:factors_take_away", "ben", 6),
    ("access:provider_new", "sam", None),
    ("access:provider_edit", "sam", "provider"),
    ("access:appearance", "ada", None),
    ("people:plan_edit", "ada", 1),
    ("people:plan_agree", "ada", 1),
    ("people:plan_review", "ada", 1),
    ("people:step_new", "ada", 1),
    ("people:step_edit", "ada", "plan_step"),
    ("work:disclosure_new", "ada", 1),
    ("work:disclosure_edit", "ada", "talk"),
    ("work:employer_words", "ada", 1),
    ("desk:own_disclosure_new", "pat_account", None),
    ("desk:log_fit", "ada", "visit"),
    ("desk:task_new", "ada", None),
    ("desk:gathering_edit", "ada", "gathering"),
    ("desk:gathering_person_new", "ada", "gathering"),
    ("desk:gathering_person", "ada", "gathering_line"),
    ("desk:gathering_matter_new", "ada", "gathering"),
    ("desk:gathering_matter", "ada", "gathering_matter"),
    ("desk:gathering_decision_new", "ada", "gathering"),
    ("desk:gathering_decision", "ada", "gathering_decision"),
    ("desk:gathering_note_new", "ada", "gathering"),
    ("desk:gathering_observation", "ben", "mentoring"),
    ("desk:matter_new", "ada", None),
    ("desk:cover_new", "ada", None),
    ("desk:group_new", "ben", None),
    ("desk:group_rename", "ben", "group"),
    ("desk:group_member_new", "ben", "group"),
    ("desk:task", "ada", "task"),
    ("desk:team_meeting_new", "ada", "table"),
    ("desk:team_meeting_details", "ada", "team_meeting"),
    ("desk:team_meeting_decide", "ada", "team_meeting"),
    ("desk:not_yet_again", "cora", "not_yet"),
    ("teamwork:proposal_new", "ada", 1),
    ("teamwork:proposal", "ada", "proposal"),
    ("teamwork:own_proposal_new", "pat_account", None),
    ("teamwork:question_new", "ada", None),
    ("teamwork:question", "ada", "question"),
    ("teamwork:question_give", "ada", "question"),
    ("teamwork:question_link", "ada", "asked_question"),
    ("desk:paper", "ada", "paper"),
    ("outcomes:quarter", "ben", "unit_quarter"),
    ("outcomes:release", "ben", "own_report"),
    ("outcomes:share", "ben", "release"),
    ("outcomes:correct", "ben", "release"),
    ("outcomes:note_new", "ada", "unit"),
    ("outcomes:note", "ben", "annotation"),
    ("integration:note_new", "ada", "unit"),
    ("fidelity:report_passage", "rui", "compared_review_passage"),
    ("fidelity:rate_item", "rui", "rated_review_item"),
    ("fidelity:consensus_item", "rui", "compared_review_item"),
    ("fidelity:answer_item", "ben", "told_review_item"),
    ("fidelity:stated_band", "rui", "compared_review"),
    ("fidelity:review_new", "ben", "unit"),
    ("fidelity:review_change", "ben", "review"),
    ("fidelity:seat_new", "ben", "review"),
    ("fidelity:meeting_new", "ben", "review"),
    ("fidelity:meeting", "ben", "review_meeting"),
    ("fidelity:piece", "ben", "piece"),
    ("funding:agreement_new", "ben", None),
    ("funding:agreement_change", "ben", "agreement"),
    ("funding:party", "ben", "party"),
    ("funding:claim_step", "femi", "claim_step"),
    ("funding:claim_gap", "ben", "claim_gap"),
    ("funding:claim_again", "ben", "rejected_claim"),
    ("funding:claim_difference", "ben", "disputed_claim"),
    ("funding:event_new", "ada", 1),
    ("funding:event_paper", "ada", 1),
    ("funding:contract_value", "ben", "contract_value"),
    ("funding:invoice_new", "ben", "agreement"),
    ("funding:invoice_take_back", "ben", "invoice"),
    ("funding:answers", "ben", "agreement"),
    ("funding:double", "sam", "double"),
    ("funding:paid_elsewhere_new", "ben", "agreement"),
    ("funding:monitor_note_new", "ben", "agreement"),
    ("funding:monitor_note", "ben", "monitor_note"),
    ("fidelity:action_new", "ben", "unit"),
    ("fidelity:action", "ben", "planned_action"),
    ("fidelity:action_progress", "ben", "planned_action"),
    ("integration:note", "ben", "annotation"),
    ("benefits:answer", "una", "counselling"),
    ("benefits:book", "una", "counselling"),
    ("benefits:benefit_new", "una", 0),
    ("benefits:benefit", "una", "benefit"),
    ("benefits:question_new", "ada", 0),
    ("benefits:question_answer", "ada", "payer_question"),
    ("benefits:duty_new", "una", 0),
    ("benefits:scenario_new", "una", 0),
    ("benefits:done", "una", "counselling"),
    # Those that end something for the forms above.
    ("outcomes:note_remove", "ben", "annotation"),
    ("integration:note_remove", "ben", "annotation"),
    ("fidelity:seat_end", "ben", "seat"),
    ("fidelity:review_step", "ben", "review_step"),
    ("people:step_down", "ada", 1),
    ("desk:end", "ada", 1),
    ("desk:own_blocks", "pat_account", None),
    ("desk:account_end", "ben", 0),
    ("desk:own_end", "pat_account", None),
    ("desk:request_erase", "sam", "request"),
]
# They ask one question and show no field: yes, or the way back.
NO_FIELDS = {
    *("desk:invite", "desk:account_end", "desk:own_end", "desk:request_erase"),
    *("access:factors_take_away", "desk:log_fit", "integration:note_remove"),
    "outcomes:note_remove",
    *("people:past_job_remove", "people:own_past_job_remove"),
}
# Forms without a row, and why.
WITHOUT = {
    "funding:claim_evidence": "saves nothing; tests/funding/claims/test_pages.py",
    "funding:simulation": "saves nothing; tests/funding/simulating",
    "funding:matching": "saves what a file says, no field; tests/funding/ledger",
    "fidelity:evidence_new": "with a seat; tests/fidelity/test_reviewing_evidence.py",
    "fidelity:agenda": "a button; tests/fidelity/test_reviewing_plan.py",
    "fidelity:pieces": "a button; tests/fidelity/test_reviewing_plan.py",
    "fidelity:sample": "a button; tests/fidelity/test_reviewing_sample.py",
    "access:first_run": "an installation without people; tests/access/test_commands.py",
    "access:accept_invitation": "nobody is signed in; tests/access/test_commands.py",
    "access:sign_in_again": "leads to a provider and saves nothing",
    "access:sign_in_with": "leads to a provider and saves nothing",
    "desk:own_export": "a button that hands out a file",
    "desk:welcome": "a code, nobody is signed in; tests/desk/test_own.py",
    "desk:welcome_link": "a code, nobody is signed in; tests/desk/test_own.py",
    "desk:welcome_account": "nobody is signed in; tests/desk/test_own.py",
    "desk:search": "saves nothing",
    "teamwork:answer_link": "nobody is signed in; tests/teamwork/test_answer_links.py",
    "desk:corridor": "says by itself that both sides met; tests/desk/test_meeting.py",
    "desk:gathering_guest": "who is named was there; tests/desk/gatherings",
    "desk:gathering_new": "a kind in its address; tests/desk/gatherings",
    "desk:put_off": "a reminder named in its address; tests/desk/test_todo.py",
    "benefits:recall": "rules and words; tests/benefits/test_pages.py",
    "benefits:hand_over": "a confirmed page; tests/benefits/test_scenarios.py",
    "benefits:earnings_month": "the United States; tests/benefits/test_earnings.py",
    "people:state": "ways, or a form before that; tests/people/test_course.py",
    "people:same": "a choice between people; tests/people/test_way_in.py",
    "people:own_again": "closed while an episode is open; tests/people/test_way_in.py",
    "people:want_to_work": "nobody is signed in; tests/people/test_way_in.py",
    "work:appointment_kept": "an act with its own answer; tests/work/test_diary.py",
    "fidelity:moderation_item": "the form of consensus; tests/fidelity",
    "fidelity:final_item": "the form of consensus; tests/fidelity",
    "fidelity:correction": "an earlier review is chosen; tests/fidelity",
    "work:duplicates": "two keys and an act beside them; tests/work/test_pages.py",
}
# The gallery, the demo's doors, and the import, whose answers tests/exchange has.
SPACES_WITHOUT = ("web:", "demo:", "exchange:")
# What no form says by itself: boxes of which at least one must be ticked, and a day.
SAYS = {
    "desk:sharing_give": {"information": ["identity"], "last_day": "2027-01-31"},
    "desk:own_consent_give": {"information": ["identity"], "last_day": "2027-01-31"},
    "desk:sharing_take_back": {"ends": ["everything"]},
    "desk:own_consent_withdraw": {"ends": ["jobs"]},
    "desk:own_consent_until": {"last_day": "2027-01-31"},
    "desk:sharing_until": {"last_day": "2026-12-31"},
    "work:support": {"kinds": ["on_site"]},
}


class Fields(HTMLParser):
    """Collects what the forms of a page would send as they stand."""

    def __init__(self):
        super().__init__()
        self.forms, self.select, self.boxes = [], None, set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.forms.append((given, {}))
        if not self.forms:
            return
        sent = self.forms[-1][1]
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "button", "file"}:
            if kind in {"radio", "checkbox"}:
                self.boxes.add(name)  # an open box is a field that is shown too
                if "checked" in given or (kind == "radio" and name not in sent):
                    sent[name] = given.get("value", "on")
            else:
                said = given.get("value") or ENGLISH.get(kind, "Some words")
                sent[name] = said
        elif tag == "textarea" and name:
            sent[name] = "Some words"
        elif tag == "select" and name:
            self.select = name
            sent.setdefault(name, "")
        elif tag == "option" and self.select and given.get("value"):
            is_chosen = "selected" in given or not sent[self.select]
            sent[self.select] = given["value"] if is_chosen else sent[self.select]

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


def form_on(page):
    """Return what the form of a page sends, and the boxes that it shows open.

    The search and the menus are left out.
    """
    met = Fields()
    met.feed(page)
    ours = [sent for given, sent in met.forms if "braid-form" in given.get("class", "")]
    return (ours[0] if ours else {}), met.boxes


def names_of_columns():
    """Return every column of every model of ours, with a value that would be seen."""
    hostile = {}
    for model in apps.get_models():
        if not model.__module__.startswith("braid."):
            continue
        for field in model._meta.concrete_fields:
            value = TEXT
            if isinstance(field, models.DateField):
                value = DAY
            elif isinstance(field, models.BooleanField):
                value = "on"
            elif isinstance(field, models.IntegerField | models.DecimalField):
                value = NUMBER
            elif isinstance(field, models.UUIDField | models.ForeignKey):
                value = str(STRANGE)
            hostile[field.name] = hostile[field.attname] = value
    return hostile


def switches():
    """Return every switch that is on, by table and column: how many."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            # A new row may begin with a switch that is on by itself.
            if isinstance(field, models.BooleanField) and field.default is not True:
                on = models.QuerySet(model).filter(**{field.name: True}).count()
                found[f"{model._meta.label}.{field.name}"] = on
    return found


def stored():
    """Return every value of every table, as text."""
    said = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said.update(str(value) for row in cursor.fetchall() for value in row)
    return said


def methods_of(view):
    """Return the methods that a view takes, by its decorators; None where it takes all."""
    taken = None
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            cell = view.__closure__[code.co_freevars.index("request_method_list")]
            said = set(cell.cell_contents)
            taken = said if taken is None else taken & said
        view = getattr(view, "__wrapped__", None)
    return taken


def written():
    """Return our routes whose views take a POST, with the methods that they take."""
    found = {
        name: methods_of(pattern.callback)
        for name, pattern, _whole in routes()
        if not pattern.callback.__module__.startswith("allauth.")
        and not name.startswith(SPACES_WITHOUT)
    }
    return {
        name: taken for name, taken in found.items() if taken is None or "POST" in taken
    }


def test_every_form_of_the_site_has_a_row():
    """Buttons, which take POST only, show no fields of their own."""
    known = {route for route, _member, _about in FORMS} | set(WITHOUT) | POST_ONLY
    assert set(written()) - known == set()


def test_no_row_outlives_its_form():
    taken = written()
    rows = {route for route, _member, _about in FORMS}
    assert (rows | set(WITHOUT)) - set(taken) == set()
    assert rows & (set(WITHOUT) | POST_ONLY) == set()
    assert {name for name in POST_ONLY if "GET" in (taken[name] or ())} == set()


@pytest.mark.parametrize("name", ["desk:log_note", "work:job_edit", "access:team_new"])
def test_a_form_is_told_by_its_methods(name):
    assert written()[name] == {"GET", "POST"}


@pytest.fixture
def keys(world):
    agree(world, world.pat, world.cora, Information.IDENTITY, Information.JOBS)
    return {**dict(enumerate(things_of(world))), **_more(world)}


def _search(world):
    """Return what the forms of the search and the working day are about."""
    episode, heard = world.pat_episode, {"employer__unit": world.north}
    planned = {"episode": episode, "staff": world.ada.user}
    return {
        "lead": LeadFactory(**heard).pk,
        "application": ApplicationFactory(episode=episode).pk,
        "education": EducationFactory(episode=episode).pk,
        "appointment": AppointmentFactory(**planned).pk,
    }


def _plan(world):
    """Return what the forms of the plan and of disclosure are about."""
    episode = world.pat_episode
    SearchPlanFactory(episode=episode, number=1, agreed_on=date(2026, 9, 1))
    SearchPlanFactory(episode=episode, number=2, first_day=date(2026, 10, 5))
    talk = DisclosureDecisionFactory(episode=episode, agreed_on=None)
    return {
        "plan_step": (episode.pk, PlanActionFactory(episode=episode).pk),
        "talk": (episode.pk, talk.pk),
        "visit": EmployerContactFactory(unit=world.north, episode=episode).pk,
    }


def _questions(world):
    """Return a question to the unit, and one of the unit."""
    centre = {"sector": "employment", "team": world.job_centre}
    unit = {"sector": "ips_provider", "team": world.north}
    about = {"episode": world.pat_episode, "kind": "attendance"}

    def asked(by, of):
        sides = {
            f"{way}_{part}": value
            for way, side in (("by", by), ("of", of))
            for part, value in side.items()
        }
        return QuestionFactory(**about, **sides).pk

    return {"question": asked(centre, unit), "asked_question": asked(unit, centre)}


def _more(world):
    """Return what forms are about beside the things of every crawl."""
    unit, pat = {"organisation": world.havnelund}, world.pat.pk
    past_job = PastJobFactory(applicant=world.pat).pk
    return {
        "absence": AbsenceFactory(job__episode=world.pat_episode).pk,
        "job_problem": JobProblemFactory(job__episode=world.pat_episode).pk,
        "ended_job": JobFactory(episode=world.pat_episode, last_day="2026-09-30").pk,
        "subsidised_job": JobFactory(
            episode=world.pat_episode, placement="wage_subsidy"
        ).pk,
        "enquiry": EnquiryFactory(unit=world.north).pk,
        **_plan(world),
        "task": TaskFactory(episode=world.pat_episode).pk,
        **gatherings_of(world),
        "table": (world.east.pk, world.north.pk),
        "team_meeting": MeetingFactory(
            unit=world.north, team=world.east, day=date(2026, 10, 5)
        ).pk,
        "not_yet": NotYetReferredFactory(team=world.east).pk,
        **_questions(world),
        "proposal": ProposalFactory(
            episode=world.pat_episode, created_by=world.ada.user
        ).pk,
        "paper": (pat, "handover"),
        "counselling": CounsellingFactory(episode=world.pat_episode).pk,
        "benefit": BenefitFactory(episode=world.pat_episode).pk,
        "payer_question": PayerQuestionFactory(episode=world.pat_episode).pk,
        "leaving": world.ada.user.pk,
        "unit": world.north.pk,
        "annotation": AnnotationFactory(unit=world.north).pk,
        **agreement_of(world),
        **review_of(world.north),
        "planned_action": PlannedActionFactory(unit=world.north).pk,
        **rated_things(world),
        "unit_quarter": (world.north.pk, "2026Q3"),
        "own_report": "ilc-quarterly",
        "release": ReleaseFactory(unit=world.north, profile="nhs-mhsds").pk,
        "entry": ConsentEntry.objects.get().pk,
        "section": (pat, "a"),
        **_search(world),
        "own_section": "a",
        "past_job": (pat, past_job),
        "own_past_job": past_job,
        "provider": SignInProviderFactory(**unit).pk,
        "block": BlockFactory(**unit, applicant_id=pat).pk,
        "request": SubjectRequestFactory(**unit, applicant_id=pat, kind="erasure").pk,
        "closing": SubjectRequestFactory(
            **unit, applicant_id=pat, kind="restriction"
        ).pk,
        "glass": BrokenGlassFactory(applicant_id=pat, holder=world.havnelund).pk,
        "finding": FindingFactory(**unit, user=world.ada.user, rules=["night"]).pk,
        "asked": FindingFactory(
            **unit, user=world.ada.user, applicant_id=pat, state="asked"
        ).pk,
        "treatment_note": TreatmentNoteFactory(
            applicant=world.pat,
            team=world.east,
            author=world.cora.user,
            sealed_text=subject_keys.seal(pat, b"Sleeps badly."),
        ).pk,
    }


def address_of(world, keys, route, about):
    thing = () if about is None else keys[about]
    address = reverse(route, args=thing if isinstance(thing, tuple) else (thing,))
    if route.endswith(("sharing_give", "consent_give")):
        organisation = world.job_centre.organisation_id
        return f"{address}?purpose=job_search_support&receiver={organisation}"
    return address


def said_by(route):
    """Return what has to be said in a form beside what it shows filled in."""
    if route.endswith("documents"):
        return {"file": SimpleUploadedFile("cv.txt", b"Bakes bread.")}
    if route == "work:evidence_new":
        return {"file": SimpleUploadedFile("payslip.txt", b"Sixteen hours.")}
    return SAYS.get(route, {})


@pytest.mark.parametrize(("route", "member", "about"), FORMS, ids=lambda one: str(one))
def test_what_a_form_does_not_show_is_not_saved(world, as_, keys, route, member, about):
    client = as_(member)
    address = address_of(world, keys, route, about)
    page = client.get(address)
    assert page.status_code == 200
    shown, boxes = form_on(page.content.decode())
    assert bool(shown) is (route not in NO_FIELDS)
    shown |= said_by(route)
    hostile = {**names_of_columns(), **dict.fromkeys(INVENTED, TEXT)}
    hostile = {
        name: value for name, value in hostile.items() if name not in boxes | set(shown)
    }
    before = switches()
    answer = client.post(address, {**hostile, **shown})
    assert answer.status_code in {200, 302, 422}
    said = stored()
    for value in (TEXT, NUMBER, STRANGE.hex, str(STRANGE)):
        assert value not in said
    assert not any(text.startswith(DAY) for text in said)
    now = switches()
    turned_on = {
        name
        for name in now
        if now[name] > before.get(name, 0) and name.rpartition(".")[2] not in shown
    }
    assert turned_on == set()


def test_most_of_the_forms_are_saved_by_that(world, as_, keys):
    """Else nothing would have been tried: the values that forms show are valid."""
    saved = []
    for route, member, about in FORMS:
        client = as_(member)
        address = address_of(world, keys, route, about)
        page = client.get(address)
        if page.status_code != 200:
            continue  # an earlier form has ended what this one is about
        sent, _boxes = form_on(page.content.decode())
        sent |= said_by(route)
        if client.post(address, sent).status_code == 302:
            saved.append(route)
    assert len(saved) >= 32, saved
