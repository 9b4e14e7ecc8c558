"""Every page of the site: nobody is kept out of it, and nothing on it is broken.

The list of addresses comes from the code; one without a row here fails.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Enter, browse, listen, sign_in
from tests.journeys.second_step import set_up_app
from tests.journeys.serving import Site
from tests.journeys.sound import SIZES, assert_sound

PERSON = (
    "SELECT {} FROM people_applicant a JOIN people_episode e ON e.applicant_id = a.id "
    "WHERE a.given_name || ' ' || a.family_name = ? ORDER BY e.referred_on DESC"
)
OF_UNIT = (
    "SELECT r.id FROM {} r JOIN people_episode e ON e.id = r.episode_id "
    "JOIN access_team t ON t.id = e.unit_id WHERE t.slug = ?"
)
TOKENS = {"claim_evidence"}
KEYS = {
    "person": PERSON.format("a.id"),
    "episode": PERSON.format("e.id"),
    "contact": PERSON.format("c.id").replace(
        "WHERE", "JOIN work_contact c ON c.episode_id = e.id WHERE"
    ),
    "job": PERSON.format("j.id").replace(
        "WHERE", "JOIN work_job j ON j.episode_id = e.id WHERE"
    ),
    "round": OF_UNIT.format("benefits_counselling"),
    "benefit": OF_UNIT.format("benefits_benefit"),
    "payer_question": OF_UNIT.format("benefits_payerquestion"),
    "calculation": OF_UNIT.format("benefits_calculation"),
    "proposal": OF_UNIT.format("teamwork_proposal")
    + " AND r.created_by_id IN (SELECT id FROM access_user WHERE name LIKE 'Ada %')",
    "absence": "SELECT r.id FROM work_absence r JOIN work_job j ON j.id = r.job_id "
    "JOIN people_episode e ON e.id = j.episode_id JOIN access_team t "
    "ON t.id = e.unit_id WHERE t.slug = ?",
    "problem": "SELECT r.id FROM work_jobproblem r JOIN work_job j ON j.id = r.job_id "
    "JOIN people_episode e ON e.id = j.episode_id JOIN access_team t "
    "ON t.id = e.unit_id WHERE t.slug = ?",
    "treatment_note": "SELECT n.id FROM people_treatmentnote n JOIN access_user u "
    "ON u.id = n.author_id WHERE u.name = ?",
    "question": "SELECT q.id FROM teamwork_question q JOIN access_team t "
    "ON t.id = q.by_team_id WHERE q.state = 'open' AND t.slug = ?",
    "asked_question": "SELECT q.id FROM teamwork_question q JOIN access_team t "
    "ON t.id = q.of_team_id WHERE q.state = 'open' AND t.slug = ?",
    "staff": "SELECT id FROM access_user WHERE name = ?",
    "team_meeting": "SELECT m.id FROM teamwork_meeting m JOIN access_team t "
    "ON t.id = m.team_id JOIN access_team u ON u.id = m.unit_id "
    "WHERE m.kind = 'treatment_team' AND u.slug = 'ips-nord' AND t.slug = ? "
    "ORDER BY m.day DESC",
    "not_yet": "SELECT n.id FROM teamwork_notyetreferred n JOIN access_team t "
    "ON t.id = n.team_id WHERE n.outcome = '' AND t.slug = ?",
    "gathering": "SELECT m.id FROM teamwork_meeting m JOIN access_team t "
    "ON t.id = m.unit_id WHERE t.slug = 'ips-nord' AND m.closed_on IS NULL "
    "AND m.kind = ?",
    "gathering_held": "SELECT m.id FROM teamwork_meeting m JOIN access_team t "
    "ON t.id = m.unit_id WHERE t.slug = 'ips-nord' AND m.closed_on IS NOT NULL "
    "AND m.kind = ?",
    "group": "SELECT g.id FROM teamwork_group g JOIN access_team t "
    "ON t.id = g.unit_id WHERE t.slug = 'ips-nord' AND g.kind = ?",
    "team": "SELECT id FROM access_team WHERE slug = ?",
    "employer": "SELECT id FROM work_employer WHERE name = ?",
    "lead": "SELECT l.id FROM work_lead l JOIN access_team t ON t.id = l.unit_id "
    "WHERE l.state = 'open' AND t.slug = ?",
    "application": OF_UNIT.format("work_application"),
    "education": OF_UNIT.format("work_education"),
    "appointment": "SELECT p.id FROM work_appointment p JOIN access_user u "
    "ON u.id = p.staff_id WHERE p.episode_id IS NOT NULL AND u.name = ?",
    "agreement": "SELECT c.id FROM access_consententry c JOIN people_applicant a "
    "ON a.id = c.applicant_id JOIN access_sharing s ON s.number = c.number "
    "AND s.applicant_id = a.id WHERE a.given_name || ' ' || a.family_name = ?",
    "funded": "SELECT a.id FROM funding_agreement a JOIN access_team t "
    "ON t.id = a.unit_id WHERE t.slug = ? ORDER BY a.contract",
    "run": "SELECT r.id FROM funding_run r JOIN funding_agreement a "
    "ON a.id = r.agreement_id JOIN access_team t ON t.id = a.unit_id "
    "WHERE t.slug = ? ORDER BY a.contract",
    "claim": "SELECT c.id FROM funding_claim c JOIN funding_agreement a "
    "ON a.id = c.agreement_id JOIN access_team t ON t.id = a.unit_id "
    "WHERE a.contract = 'dk-havnelund' AND c.state = ? ORDER BY c.number",
    "gap": "SELECT c.id FROM funding_claim c JOIN funding_agreement a "
    "ON a.id = c.agreement_id JOIN access_team t ON t.id = a.unit_id "
    'WHERE c.document LIKE \'%"reasons": ["evidence_missing"]%\' AND c.is_live '
    "AND t.slug = ? ORDER BY c.number",
    "claim_evidence": "SELECT e.token FROM funding_claimevidence e "
    "JOIN funding_claim c ON c.id = e.claim_id JOIN funding_agreement a "
    "ON a.id = c.agreement_id JOIN access_team t ON t.id = a.unit_id WHERE t.slug = ?",
    "review": "SELECT r.id FROM fidelity_review r JOIN access_team t "
    "ON t.id = r.unit_id WHERE r.status = 'rating' AND t.slug = ?",
    "review_seat": "SELECT s.id FROM fidelity_seat s JOIN fidelity_review r "
    "ON r.id = s.review_id JOIN access_team t ON t.id = r.unit_id "
    "WHERE r.status = 'rating' AND t.slug = ?",
    "review_meeting": "SELECT m.id FROM fidelity_meeting m JOIN fidelity_review r "
    "ON r.id = m.review_id JOIN access_team t ON t.id = r.unit_id WHERE t.slug = ?",
    "piece": "SELECT p.id FROM fidelity_piece p JOIN fidelity_review r "
    "ON r.id = p.review_id JOIN access_team t ON t.id = r.unit_id WHERE t.slug = ?",
    "member": "SELECT m.id FROM access_membership m JOIN access_user u "
    "ON u.id = m.user_id WHERE u.name = ?",
}


@dataclass(frozen=True)
class Address:
    """A page: who opens it, its name, what it is about, and what is asked of it.

    `part` is what the address says after whom it is about.
    """

    who: str
    name: str
    about: tuple[str, str] | None = None
    query: str = ""
    part: str = ""

    def __str__(self) -> str:
        what = f" {self.about[1]}" if self.about else ""
        part = f" {self.part}" if self.part else ""
        return f"{self.who} {self.name}{what}{part}{self.query}"

    def on(self, site: Site) -> str:
        return reverse(self.name, args=list(self._keys(site))) + self.query

    def _keys(self, site: Site) -> Iterator[Any]:
        if self.about is not None:
            kind, name = self.about
            # What is no record of the site is known by its own name.
            found = site.text(KEYS[kind], name) if kind in KEYS else name
            # A token is said as it is; a key is written with hyphens.
            yield UUID(found) if kind in KEYS and kind not in TOKENS else found
        if self.part:
            yield self.part


SIGNE, OMAR = "Signe Lindholm", "Omar Saleh"
PAGES = [
    Address("", "demo:cards"),
    Address("", "account_login"),
    Address("", "account_reset_password"),
    Address("Ada", "desk:today"),
    Address("Ada", "desk:own_figures"),
    Address("Ada", "desk:own_week"),
    Address("Ada", "desk:caseload"),
    Address("Ada", "desk:caseload", query="?view=list&specialist=all"),
    Address("Ada", "desk:caseload", query="?specialist=none"),
    Address("Ada", "desk:todo"),
    Address("Cora", "desk:team_meetings", ("team", "team-oest")),
    Address("Ada", "desk:team_meetings", ("team", "team-oest")),
    *(
        Address(who, name, ("team_meeting", "team-oest"))
        for who in ("Ada", "Cora")
        for name in (
            *("desk:team_meeting", "desk:team_meeting_text"),
            *("desk:team_meeting_decide", "desk:team_meeting_details"),
        )
    ),
    Address("Cora", "desk:not_yet_again", ("not_yet", "team-oest")),
    Address("Ada", "desk:corridor", ("person", SIGNE)),
    Address("Ada", "desk:gatherings"),
    Address("Ben", "desk:gatherings"),
    Address("Cora", "desk:gatherings"),
    Address("Ada", "desk:matter_new"),
    Address("Ada", "desk:cover_new"),
    *(
        Address("Ben", "desk:gathering_new", ("kind", kind))
        for kind in ("vocational_unit", "supervision", "job_centre", "steering")
    ),
    *(
        Address("Ben", "desk:gathering", ("gathering_held", kind))
        for kind in (
            *("vocational_unit", "supervision", "field_mentoring", "job_centre"),
            *("practitioners", "steering"),
        )
    ),
    Address("Ben", "desk:gathering", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_edit", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_guest", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_person_new", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_matter_new", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_decision_new", ("gathering", "steering")),
    Address("Ben", "desk:gathering_note_new", ("gathering", "vocational_unit")),
    Address("Ben", "desk:gathering_observation", ("gathering_held", "field_mentoring")),
    Address("Ben", "desk:group_new"),
    Address("Ben", "desk:group", ("group", "steering")),
    Address("Ben", "desk:group_rename", ("group", "steering")),
    Address("Ben", "desk:group_member_new", ("group", "steering")),
    Address("Ben", "desk:todo", query="?whose=unit"),
    Address("Kit", "desk:todo"),
    Address("Ada", "desk:task_new"),
    Address("Ada", "teamwork:questions"),
    Address("Cora", "teamwork:questions"),
    Address("Dev", "teamwork:questions"),
    Address("Ada", "teamwork:question_new"),
    Address("Ada", "teamwork:question_new", query="?of=employment"),
    Address("Ada", "teamwork:question", ("question", "ips-nord")),
    Address("Ada", "teamwork:question_link", ("question", "ips-nord")),
    Address("Ada", "teamwork:question_give", ("asked_question", "ips-nord")),
    Address("", "teamwork:answer_link", ("", "no-such-link")),
    Address("Ada", "desk:search"),
    Address("Ada", "desk:search", query="?q=bageri+signe"),
    Address("Ada", "desk:search", query="?q=havn"),
    Address("Ada", "desk:person", ("person", SIGNE)),
    Address("Ada", "desk:person", ("person", OMAR)),
    Address("Ada", "desk:person", ("person", "Jonas Bech")),
    Address("Ada", "desk:person", ("person", "Rasmus Thorup")),
    Address("Ada", "desk:timeline", ("person", SIGNE)),
    Address("Ada", "desk:person_together", ("person", SIGNE)),
    Address("Ada", "desk:day_together"),
    Address("Cora", "desk:day_together"),
    Address("Ada", "desk:person_search", ("person", "Mai Nguyen")),
    Address("Ada", "desk:person_search", ("person", OMAR)),
    Address("Ada", "desk:papers", ("person", SIGNE)),
    *(
        Address("Ada", "desk:paper", ("person", SIGNE), part=name)
        for name in (
            *("profile", "search_plan", "support_plan", "handover", "health_record"),
            *("benefit_letter", "exit_letter", "introduction", "dk_active_offer"),
        )
    ),
    Address("Ada", "desk:sharing", ("person", SIGNE)),
    Address("Ada", "desk:sharing", ("person", SIGNE), query="?on=2026-06-01"),
    Address("Ada", "desk:sharing_give", ("person", SIGNE)),
    Address("Ada", "desk:sharing_entry", ("agreement", SIGNE)),
    Address("Ada", "desk:sharing_until", ("agreement", SIGNE)),
    Address("Ada", "desk:sharing_take_back", ("agreement", SIGNE)),
    Address("Ada", "desk:who_sees", ("person", SIGNE)),
    Address("Ada", "desk:log_audience", query="?form=note"),
    Address("Ada", "people:casework", ("episode", SIGNE)),
    Address("Cora", "desk:shared"),
    Address("Cora", "desk:words"),
    Address("Dev", "desk:words", query="?q=offer"),
    Address("Dev", "desk:words", query="?q=xyzzy"),
    Address("Ada", "exchange:feeds"),
    Address("Ada", "exchange:feed_new"),
    Address("Signe", "exchange:feeds"),
    Address("Cora", "desk:person", ("person", SIGNE)),
    Address("Cora", "people:treatment_note_new", ("person", SIGNE)),
    Address("Cora", "people:treatment_note", ("treatment_note", "Cora Winther")),
    Address("Dev", "desk:shared"),
    Address("Signe", "desk:own_who_sees"),
    Address("Sam", "desk:policy"),
    Address("Ada", "desk:documents", ("person", SIGNE)),
    Address("Ada", "desk:document_audience", ("person", SIGNE)),
    Address("Ada", "desk:contact", ("contact", SIGNE)),
    Address("Ada", "work:employers", query="?quiet=6"),
    Address("Ada", "work:leads"),
    Address("Ada", "work:lead_new"),
    Address("Ada", "work:lead", ("lead", "ips-nord")),
    Address("Ada", "work:lead_edit", ("lead", "ips-nord")),
    Address("Ada", "work:lead_people", ("lead", "ips-nord"), query="?show=all"),
    Address("Ada", "work:person_leads", ("episode", SIGNE), query="?show=all"),
    Address("Ada", "work:applications"),
    Address("Ada", "work:application_new"),
    Address("Ada", "work:application_edit", ("application", "ips-nord")),
    Address("Ada", "work:education_new", ("episode", SIGNE)),
    Address("Ada", "work:education_edit", ("education", "ips-nord")),
    Address("Ada", "work:diary"),
    Address("Ada", "work:appointment_new"),
    Address("Ada", "work:appointment", ("appointment", "Ada Holm")),
    Address("Ada", "work:appointment_edit", ("appointment", "Ada Holm")),
    Address("Ada", "work:appointment_kept", ("appointment", "Ada Holm")),
    Address("Ada", "work:time"),
    Address("Ada", "work:time_totals"),
    Address("Ben", "work:time_totals"),
    Address("Ada", "desk:log_contact"),
    Address("Ada", "desk:log_employer"),
    Address("Ada", "desk:log_beside"),
    Address("Ada", "people:plan", ("episode", SIGNE)),
    Address("Ada", "people:plan", ("episode", SIGNE), query="?on=2020-01-01"),
    Address("Ada", "people:plan_edit", ("episode", SIGNE)),
    Address("Ada", "people:plan_review", ("episode", SIGNE)),
    Address("Ada", "people:step_new", ("episode", SIGNE)),
    Address("Ada", "work:disclosure", ("episode", SIGNE)),
    Address("Ada", "work:disclosure_new", ("episode", SIGNE)),
    Address("Ada", "work:employer_words", ("episode", SIGNE)),
    Address("Signe", "desk:own_search_plan"),
    Address("Signe", "desk:own_disclosure"),
    Address("Signe", "desk:own_disclosure_new"),
    Address("Ada", "desk:log_job_start"),
    Address("Ada", "desk:log_job_end"),
    Address("Ada", "desk:log_note"),
    Address("Ada", "people:refer"),
    Address("Ada", "people:details", ("person", SIGNE)),
    Address("Ada", "people:numbers", ("person", SIGNE)),
    Address("Ada", "people:goal", ("episode", SIGNE)),
    Address("Ada", "people:groups", ("episode", SIGNE)),
    Address("Ada", "people:area", ("episode", SIGNE)),
    Address("Ada", "people:dates", ("episode", SIGNE)),
    Address("Ada", "people:hold", ("episode", OMAR)),
    Address("Ada", "people:treatment", ("episode", SIGNE)),
    Address("Ada", "people:state", ("episode", SIGNE)),
    Address("Ada", "people:pause", ("episode", SIGNE)),
    Address("Ada", "people:step_down", ("episode", SIGNE)),
    Address("Ada", "people:same", ("episode", OMAR)),
    Address("Ada", "people:entered", ("episode", OMAR)),
    Address("Ada", "people:referrals"),
    Address("Ada", "people:again", ("person", SIGNE)),
    Address("Ada", "desk:end", ("episode", SIGNE)),
    Address("Ada", "desk:hand_over", ("episode", SIGNE)),
    Address("Ada", "desk:handover", ("person", SIGNE)),
    Address("Cora", "people:refer"),
    Address("Cora", "people:sent"),
    Address("Dev", "people:sent"),
    Address("Ada", "people:referrals", query="?way=live"),
    Address("Ada", "people:loop", ("episode", SIGNE)),
    Address("Dev", "desk:job_centre"),
    Address("Dev", "desk:job_centre_person", ("person", "Rasmus Thorup")),
    Address("Dev", "teamwork:proposal_new", ("episode", "Rasmus Thorup")),
    Address("Ada", "teamwork:proposal_new", ("episode", SIGNE), "?kind=internship"),
    Address("Signe", "teamwork:own_proposals"),
    Address("Signe", "teamwork:own_proposal_new"),
    Address("Ada", "teamwork:proposal", ("proposal", "ips-nord")),
    Address("Ben", "people:not_started"),
    Address("Ada", "people:refusal", ("episode", SIGNE)),
    Address("Ada", "people:profile", ("person", SIGNE)),
    Address("Ada", "people:profile_update", ("person", SIGNE)),
    Address("Ada", "people:profile_history", ("person", SIGNE)),
    Address("Ada", "people:profile_print", ("person", SIGNE)),
    Address("Ada", "people:past_job_new", ("person", SIGNE)),
    Address("Signe", "people:own_profile"),
    Address("Signe", "people:own_profile_section", ("section", "a")),
    Address("Signe", "people:own_profile_section", ("section", "d")),
    Address("Signe", "people:own_profile_section", ("section", "k")),
    Address("Signe", "people:own_profile_update"),
    Address("Signe", "people:own_profile_history"),
    Address("Signe", "people:own_profile_print"),
    Address("Signe", "people:own_past_job_new"),
    Address("Ada", "work:employers"),
    Address("Ada", "work:employers", query="?q=xyzzy"),
    Address("Ada", "work:employer_new"),
    Address("Ada", "work:duplicates"),
    Address("Ada", "work:employer", ("employer", "Havnelund Bageri")),
    Address("Ada", "work:employer", ("employer", "Fjordmarked")),
    Address("Ada", "work:employer_edit", ("employer", "Havnelund Bageri")),
    Address("Ada", "work:jobs"),
    Address("Ada", "work:jobs", query="?going=ended&placement=volunteering"),
    Address("Ada", "work:job", ("job", SIGNE)),
    Address("Ada", "work:job", ("job", "Nadia Haddad")),
    Address("Ada", "work:job", ("job", "Mikkel Skov")),
    Address("Ada", "work:job_edit", ("job", SIGNE)),
    Address("Ada", "work:terms", ("job", SIGNE)),
    Address("Ada", "work:job", ("job", "Stine Enevoldsen")),
    Address("Ada", "work:ordinary", ("job", "Stine Enevoldsen")),
    Address("Ada", "work:absence", ("job", SIGNE)),
    Address("Ada", "work:absence_edit", ("absence", "ips-nord")),
    Address("Ada", "work:problem_edit", ("problem", "ips-nord")),
    Address("Ada", "work:support_plan", ("job", SIGNE)),
    Address("Ada", "work:support", ("job", SIGNE)),
    Address("Ada", "work:problem", ("job", SIGNE)),
    Address("Ada", "work:evidence_new", ("job", SIGNE)),
    Address("Ada", "work:end_review", ("job", "Mikkel Skov")),
    Address("Ada", "access:appearance"),
    Address("Ada", "access:no_page"),
    Address("Ada", "access:no_place"),
    Address("Ada", "account_set_password"),
    Address("Ada", "account_logout"),
    Address("Ada", "access:security"),
    Address("Ada", "mfa_index"),
    Address("Ada", "mfa_activate_totp"),
    Address("Ada", "mfa_add_webauthn"),
    Address("Ada", "mfa_list_webauthn"),
    Address("Ada", "usersessions_list"),
    Address("Ben", "access:factors_take_away", ("member", "Rania Aziz")),
    Address("Kit", "benefits:home"),
    Address("Kit", "benefits:recall"),
    Address("Kit", "benefits:person", ("person", "Signe Lindholm")),
    Address("Ada", "benefits:person", ("person", "Signe Lindholm")),
    Address("Kit", "benefits:benefit_new", ("person", "Signe Lindholm")),
    Address("Kit", "benefits:benefit", ("benefit", "ips-nord")),
    Address("Kit", "benefits:question_new", ("person", "Signe Lindholm")),
    Address("Kit", "benefits:question_answer", ("payer_question", "ips-nord")),
    Address("Kit", "benefits:duty_new", ("person", "Signe Lindholm")),
    Address("Kit", "benefits:answer", ("round", "ips-nord")),
    Address("Kit", "benefits:book", ("round", "ips-nord")),
    Address("Kit", "benefits:done", ("round", "ips-nord")),
    Address("Kit", "benefits:scenario_new", ("person", "Signe Lindholm")),
    Address("Kit", "benefits:scenario", ("calculation", "ips-nord")),
    Address("Kit", "benefits:scenario_print", ("calculation", "ips-nord")),
    Address("Kit", "benefits:hand_over", ("calculation", "ips-nord")),
    Address("Signe", "benefits:own"),
    Address("Signe", "benefits:scenario", ("calculation", "ips-nord")),
    Address("Sam", "access:providers"),
    Address("Sam", "access:provider_new"),
    Address("Ada", "desk:glass"),
    Address("Ben", "desk:unit"),
    Address("Ben", "desk:blocks", ("person", SIGNE)),
    Address("Ben", "facts:snapshots"),
    Address("Ben", "facts:compare"),
    Address("Ben", "facts:take_along"),
    Address("Ben", "outcomes:quarters", ("unit", "ips-nord")),
    Address("Ben", "outcomes:reports"),
    Address("Ben", "outcomes:releases"),
    Address("Ben", "outcomes:report", part="ips-grow"),
    Address("Cora", "outcomes:report", part="ilc-quarterly"),
    Address("Ben", "outcomes:release", part="ilc-quarterly"),
    Address("Ben", "outcomes:home"),
    Address("Ben", "outcomes:outcomes", ("unit", "ips-nord"), "?figures=1"),
    Address("Cora", "outcomes:outcomes", ("unit", "ips-nord"), "?figures=1"),
    Address("Ben", "outcomes:equity", ("unit", "ips-nord"), "?figures=1"),
    Address("Ben", "outcomes:compare", ("unit", "ips-nord"), "?figures=1"),
    Address("Ben", "outcomes:rows", ("unit", "ips-nord"), part="working"),
    Address("Ben", "outcomes:note_new", ("unit", "ips-nord")),
    Address("Ben", "fidelity:home"),
    Address("Ben", "fidelity:live", ("unit", "ips-nord"), "?figures=1"),
    Address("Cora", "fidelity:live", ("unit", "ips-nord"), "?figures=1"),
    Address("Cora", "fidelity:treatment", ("unit", "ips-nord"), "?figures=1"),
    Address("Ben", "fidelity:item", ("unit", "ips-nord"), part="17"),
    Address("Ben", "integration:home"),
    Address("Ben", "integration:integration", ("unit", "ips-nord")),
    Address("Cora", "integration:integration", ("unit", "ips-nord"), "?figures=1"),
    Address("Dev", "integration:drift", ("unit", "ips-nord"), "?figures=1"),
    Address(
        "Ben", "integration:measure", ("unit", "ips-nord"), part="drift_placements"
    ),
    Address("Cora", "integration:measure", ("unit", "ips-nord"), part="int_plans_seen"),
    Address("Ben", "integration:one_pager", ("unit", "ips-nord")),
    Address("Ben", "integration:note_new", ("unit", "ips-nord")),
    Address("Ben", "funding:home"),
    Address("Femi", "funding:home"),
    Address("Ben", "funding:agreement_new"),
    Address("Ben", "funding:agreement", ("funded", "ips-nord")),
    Address("Femi", "funding:agreement", ("funded", "ips-nord")),
    Address("Ben", "funding:agreement_change", ("funded", "ips-nord")),
    Address("Ben", "funding:party", ("funded", "ips-nord"), part="provider"),
    Address("Ben", "funding:run", ("run", "ips-nord")),
    Address("Ben", "funding:run_line", ("run", "ips-nord"), part="1"),
    Address("Ben", "funding:claims", ("funded", "ips-nord")),
    Address("Femi", "funding:claims", ("funded", "ips-nord")),
    Address("Ben", "funding:claim", ("claim", "submitted")),
    Address("Femi", "funding:claim", ("claim", "paid")),
    Address("Femi", "funding:claim_step", ("claim", "submitted"), part="rejected"),
    Address("Ben", "funding:claim_again", ("claim", "rejected")),
    Address("Ben", "funding:claim_difference", ("claim", "paid")),
    Address("Ben", "funding:claim_gap", ("gap", "ips-nord")),
    Address("Ben", "funding:claim_evidence", ("claim_evidence", "ips-nord")),
    Address("Ada", "funding:events", ("episode", SIGNE)),
    Address("Ada", "funding:event_new", ("episode", SIGNE)),
    Address("Ada", "funding:event_paper", ("episode", SIGNE)),
    Address("Ben", "funding:invoices", ("funded", "ips-nord")),
    Address("Ben", "funding:invoice_new", ("funded", "ips-nord")),
    Address("Femi", "funding:answers", ("funded", "ips-nord")),
    Address("Ben", "funding:reconciliation", ("funded", "ips-nord")),
    Address("Ben", "funding:ledger"),
    Address("Sam", "funding:doubles"),
    Address("Ben", "funding:matching"),
    Address("Ben", "funding:paid_elsewhere", ("funded", "ips-nord")),
    Address("Ben", "funding:paid_elsewhere_new", ("funded", "ips-nord")),
    Address("Ben", "funding:monitors"),
    Address("Ben", "funding:monitored", ("funded", "ips-nord"), "?figures=1"),
    Address("Femi", "funding:monitored", ("funded", "ips-nord")),
    Address("Ben", "funding:monitor_note_new", ("funded", "ips-nord")),
    Address("Ben", "funding:simulations"),
    Address("Ben", "funding:simulation", ("unit", "ips-nord")),
    Address("Femi", "funding:room"),
    Address("Femi", "funding:room_figures", ("funded", "ips-nord")),
    Address("Ada", "funding:ahead"),
    Address("Ada", "funding:ahead_of_episode", ("episode", SIGNE)),
    Address("Ben", "fidelity:reviews", ("unit", "ips-nord")),
    Address("Rui", "fidelity:all_reviews"),
    Address("Ben", "fidelity:review_new", ("unit", "ips-nord")),
    Address("Ben", "fidelity:review", ("review", "ips-nord")),
    Address("Rui", "fidelity:review", ("review", "ips-nord")),
    Address("Ben", "fidelity:review_change", ("review", "ips-nord")),
    Address("Ben", "fidelity:review_step", ("review", "ips-nord"), part="withdrawn"),
    Address("Ben", "fidelity:seat_new", ("review", "ips-nord")),
    Address("Ben", "fidelity:seat_end", ("review_seat", "ips-nord")),
    Address("Ben", "fidelity:agenda", ("review", "ips-nord")),
    Address("Ben", "fidelity:meeting_new", ("review", "ips-nord")),
    Address("Ben", "fidelity:meeting", ("review_meeting", "ips-nord")),
    Address("Ben", "fidelity:pieces", ("review", "ips-nord")),
    Address("Ben", "fidelity:piece", ("piece", "ips-nord")),
    Address("Ben", "fidelity:sample", ("review", "ips-nord")),
    Address("Rui", "fidelity:sample", ("review", "ips-nord")),
    Address("Rui", "fidelity:evidence", ("review", "ips-nord")),
    Address("Rui", "fidelity:evidence_new", ("review", "ips-nord")),
    Address("Ben", "fidelity:actions", ("unit", "ips-nord"), "?scores=1"),
    Address("Cora", "fidelity:actions", ("unit", "ips-nord")),
    Address("Ben", "fidelity:action_new", ("unit", "ips-nord")),
    Address("Ben", "funding:contracts"),
    Address("Ben", "funding:contract_file", part="nl-uwv-ips"),
    Address("Ben", "fidelity:across"),
    Address("Cora", "fidelity:across_community"),
    Address("Ben", "fidelity:across_live"),
    Address("Ben", "fidelity:across_outcomes"),
    Address("Ben", "desk:unit_figures"),
    Address("Ben", "outcomes:rows", ("unit", "ips-nord"), part="item24_community"),
    Address("Ben", "desk:caseload"),
    Address("Ben", "access:members"),
    Address("Ben", "access:member_new"),
    Address("Ben", "access:team_enquiries", ("team", "ips-nord")),
    Address("Ben", "desk:leaving", ("staff", "Ada Holm")),
    Address("Ben", "access:member_invite", ("member", "Rania Aziz")),
    Address("Ben", "access:member_end", ("member", "Rania Aziz")),
    Address("Ben", "exchange:imports"),
    Address("Ben", "exchange:new"),
    Address("Sam", "access:members"),
    Address("Sam", "desk:stewardship"),
    Address("Sam", "desk:glasses"),
    Address("Sam", "desk:set_asides"),
    Address("Sam", "desk:unit_figures"),
    Address("Sam", "access:team_new"),
    Address("Sam", "access:calendar_initials"),
    Address("Sam", "desk:review"),
    Address("Sam", "desk:requests"),
    Address("Sam", "desk:retention"),
    Address("Sam", "desk:register"),
    Address("Sam", "desk:breach"),
    Address("Signe", "desk:own_export"),
    Address("", "desk:welcome"),
    Address("", "desk:own_ended"),
    Address("Ada", "desk:invite", ("person", OMAR)),
    Address("Ada", "desk:invite", ("person", SIGNE)),
    Address("Ada", "desk:account_end", ("person", SIGNE)),
    Address("Signe", "desk:own_blocks"),
    Address("Signe", "desk:own_home"),
    Address("Signe", "desk:own_plan"),
    Address("Signe", "desk:own_how"),
    Address("Signe", "desk:own_people"),
    Address("Signe", "desk:own_jobs"),
    Address("Signe", "desk:own_questions"),
    Address("Signe", "desk:own_data"),
    Address("Signe", "desk:own_documents"),
    Address("Signe", "desk:own_looked"),
    Address("Signe", "desk:own_requests"),
    Address("Signe", "desk:own_end"),
    Address("Signe", "desk:own_consents"),
    Address("Signe", "desk:own_consent_give"),
    Address("Signe", "desk:own_consent", ("agreement", SIGNE)),
    Address("Signe", "desk:own_consent_until", ("agreement", SIGNE)),
    Address("Signe", "desk:own_consent_withdraw", ("agreement", SIGNE)),
]
# Each is looked at on its own, below or in another journey.
ELSEWHERE = {
    "desk:gathering_person": "test_gatherings",
    "desk:gathering_matter": "test_gatherings",
    "desk:gathering_decision": "test_gatherings",
    "people:plan_agree": "test_plan_and_disclosure",
    "people:step_edit": "test_plan_and_disclosure",
    "work:disclosure_edit": "test_plan_and_disclosure",
    "desk:log_fit": "test_without_scripts",
    "desk:audience": "test_consent_between",
    "desk:put_off": "test_todo",
    "desk:task": "test_todo",
    "desk:team_meeting_new": "test_team_meeting",
    **dict.fromkeys(
        (
            *("people:want_to_work", "people:want_to_work_thanks"),
            *("people:enquiry_close", "people:own_again"),
        ),
        "test_way_in",
    ),
    **dict.fromkeys(
        (
            *("people:profile_section", "people:past_job", "people:past_job_remove"),
            *("people:own_past_job", "people:own_past_job_remove"),
        ),
        "test_profile",
    ),
    "desk:glass_review": "test_broken_glass",
    "desk:set_aside": "test_broken_glass",
    "desk:request": "test_rights",
    "benefits:earnings": "the United States",
    "benefits:earnings_month": "the United States",
    "benefits:scenario_progress": "a part of a page that waits",
    "benefits:scenario_pdf": "a file",
    "integration:one_pager_pdf": "a file",
    "fidelity:item_rows": "test_fidelity_live",
    "outcomes:adjusted": "tests/outcomes/test_adjusted_page.py",
    "outcomes:file": "a file",
    "fidelity:across_file": "a file",
    "fidelity:piece_file": "a file",
    "fidelity:answer_file": "a file",
    **dict.fromkeys(
        (
            *("funding:run_start", "funding:run_complete", "funding:claims_take"),
            "funding:event_back",
        ),
        "a button that leads back to its page",
    ),
    "fidelity:evidence_file": "a file",
    "fidelity:report": "test_fidelity_report",
    "fidelity:report_passage": "test_fidelity_report",
    "fidelity:report_word": "a file",
    "fidelity:report_pdf": "a file",
    "fidelity:questionnaire_response": "a file",
    **dict.fromkeys(
        (
            *("fidelity:rate", "fidelity:rate_item", "fidelity:disagreement"),
            *("fidelity:consensus", "fidelity:consensus_item", "fidelity:moderation"),
            *("fidelity:moderation_item", "fidelity:answers", "fidelity:answer_item"),
            *("fidelity:final", "fidelity:final_item", "fidelity:correction"),
            "fidelity:stated_band",
        ),
        "test_fidelity_rating",
    ),
    "funding:contract": "tests/funding/contracts",
    "funding:contract_versions": "tests/funding/contracts",
    "funding:contract_value": "tests/funding/contracts",
    "funding:invoice": "tests/funding/invoices",
    "funding:invoice_take_back": "tests/funding/invoices",
    "funding:double": "tests/funding/ledger",
    "funding:invoice_file": "a file",
    "funding:answers_take_in": "an act",
    "funding:monitor_note": "tests/funding/monitors",
    "fidelity:action": "test_fidelity_actions",
    "fidelity:action_progress": "test_fidelity_actions",
    "facts:snapshot": "tests/facts/test_pages.py",
    "facts:building": "a build that runs",
    "outcomes:quarter": "tests/outcomes/test_quarters.py",
    "outcomes:report_file": "a file",
    "outcomes:released_file": "a file",
    "outcomes:released": "tests/outcomes/reporting",
    "outcomes:correct": "tests/outcomes/reporting",
    "outcomes:share": "tests/outcomes/reporting",
    "outcomes:note": "test_integration",
    "outcomes:note_remove": "test_integration",
    "integration:note": "test_integration",
    "integration:note_remove": "test_integration",
    "desk:request_erase": "test_rights",
    "desk:request_restrict": "test_rights",
    "desk:finding": "test_review",
    "desk:finding_answer": "test_review",
    "home": "leads on",
    "access:first_run": "an installation that is empty",
    "access:accept_invitation": "an invitation",
    "desk:welcome_link": "test_applicant",
    "desk:welcome_account": "test_applicant",
    **dict.fromkeys(
        (
            *("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
            *("mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_remove_webauthn"),
            "access:provider_edit",
        ),
        "test_passkeys",
    ),
    **dict.fromkeys(
        ("access:sign_in_with", "access:sign_in_answer", "access:sign_in_again"),
        "a provider of an organisation",
    ),
    "account_change_password": "an invitation",
    "account_reset_password_done": "a forgotten password",
    "exchange:batch": "leads on",
    **{
        f"exchange:{step}": "test_import"
        for step in (
            *("progress", "found", "table", "once", "questions", "question"),
            *("preview", "changes", "figures", "result", "undo"),
        )
    },
}
NO_PAGE = {
    "fidelity:freeze": "an act",
    "fidelity:rate_lock": "an act",
    "fidelity:meeting_remove": "an act",
    "fidelity:evidence_remove": "an act",
    **dict.fromkeys(
        (
            *("desk:gathering_seat", "desk:gathering_guest_back"),
            *("desk:gathering_decision_done", "desk:gathering_note_back"),
            *("desk:gathering_figures", "desk:gathering_close"),
            *("desk:gathering_reopen", "desk:gathering_call_off"),
            *("desk:cover_back", "desk:unit_decision_seen"),
            *("desk:group_end", "desk:group_member_end"),
        ),
        "an act",
    ),
    "people:classification": "lines for a field",
    "teamwork:question_bounds": "lines for a form",
    "teamwork:question_remind": "an act",
    "teamwork:question_take_back": "an act",
    "teamwork:proposal_take_back": "an act",
    **dict.fromkeys(
        (
            *("people:step_done", "work:disclosure_agree", "work:disclosure_back"),
            *("desk:own_plan_agree", "desk:own_step_done"),
            *("desk:own_disclosure_agree", "desk:own_disclosure_back"),
        ),
        "answers to a form only",
    ),
    "healthz": "for machines",
    "readyz": "for machines",
    "security_txt": "for machines",
    "robots_txt": "for machines",
    "desk:document": "a download",
    "desk:team_meeting_paper": "a download",
    "desk:team_meeting_news": "parts of a page",
    **dict.fromkeys(
        (
            *("desk:team_meeting_line", "desk:team_meeting_talked"),
            *("desk:team_meeting_recorded", "desk:team_meeting_state"),
            *("desk:team_meeting_seat", "desk:team_meeting_note"),
            *("desk:team_meeting_plan_seen", "desk:team_meeting_not_yet"),
            *("desk:not_yet_outcome", "desk:decision_done"),
        ),
        "answers to a form only",
    ),
    "work:appointment_calendar": "a download",
    **dict.fromkeys(
        (
            *("work:lead_state", "work:application_interview"),
            *("work:appointment_missed", "work:appointment_cancel"),
            "work:appointment_reopen",
        ),
        "an act",
    ),
    "mfa_download_recovery_codes": "a download",
    "exchange:blank": "a download",
    "facts:download": "a download",
    "facts:build": "an act",
    "outcomes:run_again": "an act",
    "exchange:feed": "for calendars",
    **dict.fromkeys(
        (
            *("desk:glass_close", "desk:block_lift", "desk:set_aside_agree"),
            *("desk:document_back", "desk:own_consent_answer"),
            *("desk:request_copy", "desk:request_lift"),
            *("desk:own_how_back", "desk:own_notice_seen"),
            *("desk:finding_ask", "desk:review_look", "desk:review_sign_off"),
            *("people:treatment_note_take_back",),
            *("people:acknowledge", "people:take_up", "work:evidence_back"),
            *("work:search_again", "work:job_reopen", "desk:take_up_again"),
            *("desk:task_done", "desk:todo_step", "access:draft", "access:draft_away"),
            *("benefits:offer", "benefits:duty_done", "benefits:duties_told"),
            *("benefits:confirm", "benefits:shown", "benefits:discard"),
            *("people:profile_right", "people:own_profile_right"),
            *("set_language", "desk:take_back", "work:confirm", "access:choose_place"),
            *("access:choose_purpose", "access:session_end", "mfa_login_webauthn"),
            *("access:sign_in_connect", "access:sign_in_disconnect"),
            *("exchange:restart", "exchange:commit", "exchange:again", "demo:enter"),
            "exchange:feed_end",
        ),
        "answers to a form only",
    ),
}
# allauth's addresses that nobody of the demo comes to: signing up, a closed account.
NOT_OFFERED = re.compile(
    r"account_(signup|inactive|reauthenticate|reset_password_from_key)"
)


# Pages that a new installation shows before anybody is in it.
NOTHING_YET = (
    *("work:jobs", "work:employers", "work:duplicates"),
    *("exchange:imports", "account_change_password"),
)


def names(patterns=None, space: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row():
    known = {page.name for page in PAGES} | ELSEWHERE.keys() | NO_PAGE.keys()
    missing = {
        name
        for name in set(names()) - known
        if not name.startswith("web:") and not NOT_OFFERED.match(name)
    }
    assert missing == set()


def test_what_another_journey_looks_at_is_looked_at_there():
    """Given a page left to a journey, when that is looked for, then it is there."""
    here = Path(__file__).parent
    named = {where for where in ELSEWHERE.values() if where.startswith("test_")}
    assert {name for name in named if not (here / f"{name}.py").is_file()} == set()


@pytest.fixture(scope="module")
def browsers(demo: Site, browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """Return the browser of each of the cards, and of nobody: these pages write nothing."""
    demo.restore()

    @cache
    def browser_of(who: str) -> BrowserContext:
        context = browse(browser, demo)
        contexts.append(context)
        if who:
            sign_in(context.new_page(), who).close()
        return context

    contexts: list[BrowserContext] = []
    yield browser_of
    for context in contexts:
        context.close()


@pytest.fixture
def be(
    browsers: Callable[[str], BrowserContext], complaints: list[str]
) -> Iterator[Callable[[str], Page]]:
    """Return a way to have a fresh page as one of the cards, or as nobody."""
    pages: list[Page] = []

    def been(who: str) -> Page:
        pages.append(listen(browsers(who).new_page(), complaints))
        return pages[-1]

    yield been
    for page in pages:
        page.close()


@pytest.fixture
def look(demo: Site, be: Callable[[str], Page]) -> Enter:
    """Return a way to open an address."""

    def looked(address: Address) -> Page:
        page = be(address.who)
        answer = page.goto(address.on(demo))
        assert answer is not None and answer.ok
        return page

    return looked


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_a_page_is_sound(look: Enter, address: Address):
    """Given the demo, when a page is opened, then it is sound at each size and colour."""
    assert_sound(look(address))


def test_a_fault_would_be_found(look: Enter):
    """Given a page with a nameless field, when it is looked at, then that is told."""
    page = look(Address("Ada", "desk:search"))
    page.evaluate("document.querySelector('main label').remove()")
    with pytest.raises(AssertionError, match="label"):
        assert_sound(page)


WITH_DIALOGS = [
    Address("Ada", "desk:today"),
    Address("Ada", "desk:caseload"),
    Address("Ada", "desk:person", ("person", SIGNE)),
    Address("Ada", "work:job", ("job", SIGNE)),
    Address("Ada", "work:employers"),
    Address("Ada", "work:employer", ("employer", "Havnelund Bageri")),
    Address("Ben", "access:members"),
]


@pytest.mark.parametrize("address", WITH_DIALOGS, ids=str)
def test_what_opens_above_a_page_is_sound(look: Enter, address: Address):
    """Given a page, when each of its forms is opened above it, then both are sound."""
    page = look(address)
    links = page.locator("a[data-dialog]")
    found = links.evaluate_all("items => items.map(item => item.getAttribute('href'))")
    forms = {resolve(urlsplit(href).path).view_name: href for href in found}
    for href in forms.values():
        page.locator(f'a[data-dialog][href="{href}"]').first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.locator("#dialog-title")).to_be_visible()
        assert_sound(page)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_menus_lists_and_definitions_are_sound(look: Enter):
    """Given pages with things that open, when they are open, then nobody is kept out."""
    page = look(Address("Ben", "desk:unit"))
    page.locator("details[data-menu] summary").click()
    assert_sound(page)
    page.keyboard.press("Escape")
    page.set_viewport_size(SIZES[0])
    page.get_by_role("button", name="More").click()
    assert_sound(page)
    page = look(Address("Ada", "desk:today"))
    page.get_by_role("button", name="employer contacts face to face").click()
    assert_sound(page)
    page = look(Address("Ada", "desk:log_contact"))
    page.get_by_role("combobox", name="With whom").click()
    assert_sound(page)
    page.get_by_role("combobox", name="With whom").fill("zzz")
    assert_sound(page)


FAULTS = [
    (Address("", "account_login"), {"Email": "nobody"}),
    (Address("Ada", "desk:log_contact"), {"Day": ""}),
    (Address("Ada", "desk:log_employer"), {"Day": "2199-01-01"}),
    (Address("Ada", "desk:log_job_start"), {}),
    (Address("Ada", "desk:log_job_end"), {}),
    (Address("Ada", "desk:log_note"), {}),
    (Address("Ada", "people:refer"), {}),
    (Address("Ada", "people:details", ("person", SIGNE)), {"Given name": ""}),
    (Address("Ada", "people:numbers", ("person", SIGNE)), {"Number": "12"}),
    (Address("Ada", "people:pause", ("episode", SIGNE)), {}),
    (Address("Ada", "people:refusal", ("episode", SIGNE)), {"Day": ""}),
    (Address("Ada", "work:employer_new"), {"Register number": "1"}),
    (Address("Ada", "work:job_edit", ("job", SIGNE)), {"Currency": "K"}),
    (Address("Ada", "work:terms", ("job", SIGNE)), {"Currency": "K"}),
    (Address("Ben", "access:member_new"), {"Name": ""}),
    (Address("Ben", "exchange:new"), {}),
    (Address("Sam", "access:team_new"), {}),
]


@pytest.mark.parametrize(("address", "typed"), FAULTS, ids=str)
def test_a_form_with_faults_is_sound(
    look: Enter, address: Address, typed: dict[str, str]
):
    """Given a form filled in wrongly, when it comes back, then its faults are sound."""
    page = look(address)
    for label, text in typed.items():
        page.locator("main").get_by_label(re.compile(f"^{label}")).fill(text)
    page.locator("main .braid-form button[type=submit]").last.click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_sound(page)


@pytest.mark.parametrize(
    ("who", "address", "heading"),
    [
        ("Ada", "/nowhere/", "We cannot find this page"),
        (
            "Ada",
            "/people/00000000-0000-4000-8000-000000000000/",
            "We cannot find this page",
        ),
        ("Ada", "/members/", "You may not do this"),
        ("Sam", "/caseload/", "You may not do this"),
        ("", "/invitation/long-over/", "This link no longer works"),
        ("", "/account/password/reset/done/", "Forgotten password"),
    ],
    ids=str,
)
def test_a_closed_door_is_sound(
    be: Callable[[str], Page], who: str, address: str, heading: str
):
    """Given an address that leads nowhere, when it is opened, then it says what to do."""
    page = be(who)
    page.goto(address)
    expect(page.locator("h1")).to_have_text(heading)
    assert_sound(page)


def test_the_first_page_of_an_empty_installation_is_sound(empty: Site, visit: Enter):
    """Given nothing at all, when somebody sets Braid up, then every page is sound.

    So it is for the colleague who comes by invitation and finds nobody there yet.
    """
    empty.restore()
    page = visit(empty)
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Welcome to Braid")
    assert_sound(page)
    for label, text in {
        "Your organisation": "Calder Vale Trust",
        "Your IPS unit": "Calder Vale IPS",
        "Your name": "Ida Quill",
        "Your e-mail": "ida@example.org",
        "Password": "short",
    }.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Set up Braid").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_sound(page)
    page.get_by_label("Password").fill("four words that rhyme")
    page.get_by_role("button", name="Set up Braid").click()
    set_up_app(page)
    page.goto(reverse("access:members"))
    expect(page.locator("h1")).to_have_text("Members")
    for name in ("desk:unit", "desk:today", "desk:caseload", *NOTHING_YET):
        page.goto(reverse(name))
        assert_sound(page)
