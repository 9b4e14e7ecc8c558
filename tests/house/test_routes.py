"""Every address of the site, asked by everybody: who gets the page, who gets nothing.

The list of addresses comes from the code; one without a row here fails.
"""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from braid.access import subject_keys
from braid.access.policy import Information
from tests.consents import agree
from tests.factories.access import (
    BlockFactory,
    BrokenGlassFactory,
    FindingFactory,
    MembershipFactory,
    SignInProviderFactory,
    SubjectRequestFactory,
)
from tests.factories.people import NoteFactory, TreatmentNoteFactory
from tests.factories.work import ContactFactory, EmployerFactory, JobFactory
from tests.house.test_house import SOURCE

UNIT = {"ada", "ben"}
SUPERVISOR = {"ben"}
KEEPERS = {"ben", "sam"}
EVERYBODY = {"ada", "ben", "cora", "dev", "femi", "sam", "ola", "pat_account"}
APPLICANT = {"pat_account"}
PEOPLE_WORKERS = {"ada", "ben", "ola"}

# name: (who gets the page, what of the world it is about); a stranger to the object gets
# 404, somebody whose role never does this gets 403 or 404.
ROWS = {
    "desk:today": (PEOPLE_WORKERS, None),
    "desk:own_figures": (PEOPLE_WORKERS, None),
    "desk:caseload": (PEOPLE_WORKERS, None),
    "desk:search": (PEOPLE_WORKERS, None),
    "desk:own_week": (PEOPLE_WORKERS, None),
    "desk:unit": (SUPERVISOR, None),
    "desk:unit_figures": (KEEPERS, None),
    "desk:figure": (KEEPERS, "measure"),
    "desk:person": (UNIT, "person"),
    "desk:timeline": (UNIT, "person"),
    "desk:who_sees": (UNIT | APPLICANT, "person"),
    "desk:audience": (UNIT | APPLICANT, "audience"),
    "desk:own_who_sees": (APPLICANT, None),
    "desk:log_audience": (PEOPLE_WORKERS, None),
    "desk:shared": ({"cora", "dev"}, None),
    "desk:policy": ({"sam"}, None),
    "people:treatment_note_new": (set(), "person"),
    "people:treatment_note": ({"cora"}, "treatment_note"),
    "people:casework": (UNIT, "episode"),
    "desk:sharing": (UNIT, "person"),
    "desk:sharing_give": (UNIT, "person"),
    "desk:sharing_entry": (UNIT, "entry"),
    "desk:sharing_until": (UNIT, "entry"),
    "desk:sharing_take_back": (UNIT, "entry"),
    "desk:own_consents": (APPLICANT, None),
    "desk:own_consent_give": (APPLICANT, None),
    "desk:own_consent": (APPLICANT, "entry"),
    "desk:own_consent_until": (APPLICANT, "entry"),
    "desk:own_consent_withdraw": (APPLICANT, "entry"),
    "desk:documents": (UNIT, "person"),
    "desk:document_audience": (UNIT | APPLICANT, "person"),
    "desk:own_documents": ({"pat_account"}, None),
    "desk:contact": (UNIT, "contact"),
    "desk:log_contact": (PEOPLE_WORKERS, None),
    "desk:log_employer": (PEOPLE_WORKERS, None),
    "desk:log_job_start": (PEOPLE_WORKERS, None),
    "desk:log_job_end": (PEOPLE_WORKERS, None),
    "desk:log_note": (PEOPLE_WORKERS, None),
    "people:refer": (PEOPLE_WORKERS, None),
    "people:details": (UNIT, "person"),
    "people:numbers": (UNIT, "person"),
    "people:goal": (UNIT, "episode"),
    "people:dates": (UNIT, "episode"),
    "people:hold": (UNIT, "episode"),
    "people:treatment": (UNIT, "episode"),
    "people:state": (UNIT, "episode"),
    "people:end": (UNIT, "episode"),
    "people:refusal": (UNIT, "episode"),
    "work:employers": (PEOPLE_WORKERS, None),
    "work:employer_new": (PEOPLE_WORKERS, None),
    "work:duplicates": (PEOPLE_WORKERS, None),
    "work:employer": (UNIT, "employer"),
    "work:employer_edit": (UNIT, "employer"),
    "work:jobs": (PEOPLE_WORKERS, None),
    "work:job": (UNIT, "job"),
    "work:job_edit": (UNIT, "job"),
    "work:terms": (UNIT, "job"),
    "work:absence": (UNIT, "job"),
    "desk:invite": (UNIT, "person"),
    "desk:account_end": (UNIT, "person"),
    "desk:own_home": (APPLICANT, None),
    "desk:own_plan": (APPLICANT, None),
    "desk:own_how": (APPLICANT, None),
    "desk:own_people": (APPLICANT, None),
    "desk:own_jobs": (APPLICANT, None),
    "desk:own_data": (APPLICANT, None),
    "desk:own_looked": (APPLICANT, None),
    "desk:own_requests": (APPLICANT, None),
    "desk:own_end": (APPLICANT, None),
    "desk:review": ({"sam"}, None),
    "desk:finding": ({"sam"}, "finding"),
    "desk:finding_answer": ({"ada"}, "asked"),
    "desk:glass": ({"ada", "ben", "cora", "ola"}, None),
    "desk:glasses": ({"sam"}, None),
    "desk:glass_review": ({"sam"}, "glass"),
    "desk:stewardship": ({"sam"}, None),
    "desk:set_asides": ({"sam"}, None),
    "desk:requests": ({"sam"}, None),
    "desk:request": ({"sam"}, "request"),
    "desk:request_erase": ({"sam"}, "request"),
    "desk:request_restrict": ({"sam"}, "closing"),
    "desk:retention": ({"sam"}, None),
    "desk:register": ({"sam"}, None),
    "desk:breach": ({"sam"}, None),
    "desk:own_export": (APPLICANT, None),
    "desk:set_aside": (KEEPERS, "block"),
    "desk:blocks": (SUPERVISOR, "person"),
    "desk:own_blocks": (APPLICANT, None),
    "access:members": (KEEPERS, None),
    "access:member_new": (KEEPERS, None),
    "access:team_new": ({"sam"}, None),
    "access:member_invite": (KEEPERS, "membership"),
    "access:member_end": (KEEPERS, "membership"),
    "access:providers": ({"sam"}, None),
    "access:provider_new": ({"sam"}, None),
    "access:provider_edit": ({"sam"}, "provider"),
    "access:factors_take_away": (KEEPERS, "membership"),
    "access:security": (EVERYBODY, None),
    "access:no_page": (EVERYBODY, None),
    "access:appearance": (EVERYBODY, None),
}
# Answered to POST only; a GET is refused for everybody.
POST_ONLY = {
    "desk:request_copy",
    "desk:request_lift",
    "desk:block_lift",
    "desk:glass_close",
    "desk:set_aside_agree",
    "desk:finding_ask",
    "desk:review_look",
    "desk:review_sign_off",
    "desk:own_consent_answer",
    "desk:own_how_back",
    "desk:own_notice_seen",
    "people:treatment_note_take_back",
    "desk:take_back",
    "desk:document_back",
    "work:confirm",
    "access:choose_place",
    "access:choose_purpose",
    "access:session_end",
    "access:sign_in_connect",
    "access:sign_in_disconnect",
    "set_language",
}
# Open to people who are not signed in; each has tests of its own.
OPEN = {
    "security_txt",
    "robots_txt",
    "home",
    "access:first_run",
    "access:accept_invitation",
    "access:sign_in_with",
    "access:sign_in_answer",
    "access:sign_in_again",
    "desk:welcome",
    "desk:welcome_link",
    "desk:welcome_account",
    "desk:own_ended",
    "access:no_place",
    "healthz",
    "readyz",
}
# Handed out as a file, with tests of its own.
FILES = {"desk:document"}
OTHERS_OWN = ("web:", "demo:", "exchange:")  # gallery, demo, import
# allauth's, which decides itself who gets them; tests/access/sign_in has theirs.
ALLAUTH = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reauthenticate", "account_change_password", "account_set_password"),
    *("account_reset_password", "account_reset_password_done"),
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_login_webauthn"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_reauthenticate_webauthn"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn"),
    *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    "mfa_download_recovery_codes",
    "usersessions_list",
}
# Those of allauth that show no page: text to keep, and an answer to a script or a form.
NO_PAGES = {"mfa_download_recovery_codes", "mfa_login_webauthn"}


def names(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_has_a_row():
    known = set(ROWS) | POST_ONLY | OPEN | FILES | ALLAUTH
    unknown = {
        name
        for name in names()
        if name not in known and not name.startswith(OTHERS_OWN)
    }
    assert unknown == set()


def test_of_allauth_only_what_braid_offers_is_there():
    views = {name: view for name, view in every_view() if is_of_allauth(view)}
    assert set(views) == ALLAUTH
    strange = {
        name: template
        for name, view in views.items()
        for template in templates_of(view)
        if name not in NO_PAGES and not is_ours(template)
    }
    assert strange == {}


def every_view(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def is_of_allauth(view):
    return view.__module__.startswith("allauth.")


def templates_of(view):
    """Return what a view shows; of signing up only that it is closed is ever shown."""
    shown = view.view_class
    if hasattr(shown, "template_name_signup_closed"):
        return [shown.template_name_signup_closed]
    return [shown.template_name]


def is_ours(template):
    return SOURCE in Path(get_template(template).origin.name).parents


@pytest.fixture
def things(world):
    job = JobFactory(episode=world.pat_episode)
    NoteFactory(episode=world.pat_episode)
    return {
        "measure": "item24_community",
        "person": world.pat.pk,
        "episode": world.pat_episode.pk,
        "contact": ContactFactory(episode=world.pat_episode).pk,
        "employer": EmployerFactory(unit=world.north).pk,
        "job": job.pk,
        "membership": MembershipFactory(team=world.north).pk,
        "provider": SignInProviderFactory(organisation=world.havnelund).pk,
        "audience": (world.pat.pk, "jobs"),
        "treatment_note": TreatmentNoteFactory(
            applicant=world.quinn,
            team=world.east,
            author=world.cora.user,
            sealed_text=subject_keys.seal(world.quinn.pk, b"Sleeps badly."),
        ).pk,
        "finding": FindingFactory(
            organisation=world.havnelund, user=world.ada.user, rules=["night"]
        ).pk,
        "asked": FindingFactory(
            organisation=world.havnelund,
            user=world.ada.user,
            applicant_id=world.pat.pk,
            state="asked",
        ).pk,
        "entry": agree(world, world.pat, world.ada, Information.TREATMENT).pk,
        "request": SubjectRequestFactory(
            organisation=world.havnelund, applicant_id=world.pat.pk, kind="erasure"
        ).pk,
        "closing": SubjectRequestFactory(
            organisation=world.havnelund, applicant_id=world.pat.pk, kind="restriction"
        ).pk,
        "glass": BrokenGlassFactory(
            applicant_id=world.pat.pk, holder=world.havnelund
        ).pk,
        "block": BlockFactory(
            organisation=world.havnelund, applicant_id=world.pat.pk
        ).pk,
    }


def _at(name, thing):
    """Return the address of a page about `thing`, which has several parts in a tuple."""
    parts = thing if isinstance(thing, tuple) else (thing,)
    return reverse(name, args=parts if thing is not None else [])


@pytest.mark.parametrize("name", sorted(ROWS))
def test_who_gets_the_page(as_, things, name):
    allowed, about = ROWS[name]
    address = _at(name, things.get(about))
    for member in sorted(EVERYBODY):
        answer = as_(member).get(address)
        if member in allowed:
            assert answer.status_code == 200, (member, answer.status_code)
        else:
            assert answer.status_code in (403, 404), (member, answer.status_code)
            # A nonce is random and may spell anybody's name.
            page = re.sub(r'nonce="[^"]*"', "", answer.content.decode())
            assert "Pat" not in page


@pytest.mark.parametrize("name", sorted(name for name in ROWS if ROWS[name][1]))
def test_a_stranger_gets_what_he_would_get_if_it_did_not_exist(as_, things, name):
    from uuid import uuid4

    ola = as_("ola")
    thing = things[ROWS[name][1]]
    other = (uuid4(), *thing[1:]) if isinstance(thing, tuple) else uuid4()
    real, invented = ola.get(_at(name, thing)), ola.get(_at(name, other))
    assert real.status_code == invented.status_code
    assert _without_noise(real) == _without_noise(invented)


def _without_noise(answer):
    import re

    return re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", answer.content.decode())


@pytest.mark.parametrize("name", sorted(ROWS))
def test_nobody_unsigned_gets_a_page(client, things, today, name):
    about = ROWS[name][1]
    answer = client.get(_at(name, things.get(about)))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    "name", ["desk:today", "desk:caseload", "desk:person", "work:jobs"]
)
def test_a_wrong_method_is_refused(as_, things, name):
    about = ROWS[name][1]
    answer = as_("ada").post(_at(name, things.get(about)))
    assert answer.status_code == 405


def test_pages_with_people_are_never_cached(as_, things):
    answer = as_("ada").get(reverse("desk:person", args=[things["person"]]))
    assert answer["Cache-Control"] == "no-store"
    assert "nonce-" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
