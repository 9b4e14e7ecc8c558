"""Every address of the site, asked by everybody: who gets the page, who gets nothing.

The list of addresses comes from the code; one without a row here fails.
"""

import re
from datetime import date
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
from tests.factories.benefits import (
    BenefitFactory,
    CalculationFactory,
    CounsellingFactory,
    PayerQuestionFactory,
)
from tests.factories.facts import AnnotationFactory, SnapshotFactory
from tests.factories.fidelity import MeetingFactory as MetFactory
from tests.factories.fidelity import (
    PieceFactory,
    PlannedActionFactory,
    ReviewFactory,
    SeatFactory,
)
from tests.factories.funding import (
    AgreementFactory,
    CaseFactory,
    ClaimEntryFactory,
    ClaimEvidenceFactory,
    ClaimFactory,
    InvoiceFactory,
    MonitorNoteFactory,
    RunFactory,
    RunLineFactory,
)
from tests.factories.outcomes import ReleaseFactory
from tests.factories.people import (
    EnquiryFactory,
    NoteFactory,
    PastJobFactory,
    PlanActionFactory,
    SearchPlanFactory,
    TreatmentNoteFactory,
)
from tests.factories.teamwork import (
    DiscussionFactory,
    GroupFactory,
    MatterFactory,
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
    ContactFactory,
    DisclosureDecisionFactory,
    EducationFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    JobProblemFactory,
    LeadFactory,
)
from tests.fidelity.rating_scene import things_of as rated_things
from tests.house.test_house import SOURCE

UNIT = {"ada", "ben"}
SUPERVISOR = {"ben"}
KEEPERS = {"ben", "sam"}
PAYING = {"ben", "femi", "sam"}  # who sees amounts
EVERYBODY = {"ada", "ben", "cora", "dev", "una", "femi", "sam", "ola", "pat_account"}
COUNSELLOR = {"una"}
APPLICANT = {"pat_account"}
PEOPLE_WORKERS = {"ada", "ben", "ola"}
SIDES = PEOPLE_WORKERS | {"cora", "dev", "una"}

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
    "desk:person": (UNIT | COUNSELLOR, "person"),
    "desk:person_search": (UNIT, "person"),
    "desk:timeline": (UNIT, "person"),
    "desk:person_together": (UNIT | COUNSELLOR, "person"),
    "desk:day_together": (SIDES | {"femi"}, None),
    "desk:own_questions": (APPLICANT, None),
    "desk:who_sees": (UNIT | APPLICANT, "person"),
    "desk:audience": (UNIT | APPLICANT, "audience"),
    "desk:own_who_sees": (APPLICANT, None),
    "desk:log_audience": (PEOPLE_WORKERS, None),
    "desk:shared": ({"cora", "dev", "una"}, None),
    "desk:words": (EVERYBODY, None),
    "desk:job_centre": ({"dev"}, None),
    "desk:job_centre_person": (set(), "person"),
    "desk:policy": ({"sam"}, None),
    "teamwork:proposal_new": (UNIT | COUNSELLOR, "episode"),
    "teamwork:proposal": (UNIT, "proposal"),
    "teamwork:own_proposals": (APPLICANT, None),
    "teamwork:own_proposal_new": (APPLICANT, None),
    "teamwork:questions": (SIDES, None),
    "teamwork:question_new": (SIDES, None),
    "teamwork:question": (UNIT | COUNSELLOR, "question"),
    "teamwork:question_give": (set(), "question"),
    "teamwork:question_link": (UNIT, "question"),
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
    "desk:documents": (UNIT | COUNSELLOR, "person"),
    "desk:todo": (PEOPLE_WORKERS | COUNSELLOR, None),
    "desk:team_meetings": (UNIT | {"cora"}, "treatment_team"),
    "desk:team_meeting_new": (UNIT | {"cora"}, "table"),
    "desk:team_meeting": (UNIT | {"cora"}, "team_meeting"),
    "desk:team_meeting_details": (UNIT | {"cora"}, "team_meeting"),
    "desk:team_meeting_decide": (UNIT | {"cora"}, "team_meeting"),
    "desk:team_meeting_text": (UNIT | {"cora"}, "team_meeting"),
    "desk:not_yet_again": ({"cora"}, "not_yet"),
    "desk:corridor": (UNIT, "person"),
    "desk:task_new": (PEOPLE_WORKERS, None),
    "desk:gatherings": (SIDES | {"femi"}, None),
    "desk:gathering": (UNIT, "gathering"),
    "desk:gathering_edit": (UNIT, "gathering"),
    "desk:gathering_guest": (UNIT, "gathering"),
    "desk:gathering_person_new": (UNIT, "gathering"),
    "desk:gathering_person": (UNIT, "gathering_line"),
    "desk:gathering_matter_new": (UNIT, "gathering"),
    "desk:gathering_matter": (UNIT, "gathering_matter"),
    "desk:gathering_decision_new": (UNIT, "gathering"),
    "desk:gathering_decision": (UNIT, "gathering_decision"),
    "desk:gathering_note_new": (UNIT, "gathering"),
    "desk:gathering_observation": (UNIT, "mentoring"),
    "desk:matter_new": (PEOPLE_WORKERS | {"dev"}, None),
    "desk:cover_new": (PEOPLE_WORKERS, None),
    "desk:group_new": (SUPERVISOR, None),
    "desk:group": (UNIT, "group"),
    "desk:group_rename": (SUPERVISOR, "group"),
    "desk:group_member_new": (SUPERVISOR, "group"),
    "desk:task": (UNIT, "task"),
    "desk:papers": (UNIT, "person"),
    "desk:paper": (UNIT, "paper"),
    "desk:document_audience": (UNIT | APPLICANT, "person"),
    "desk:own_documents": ({"pat_account"}, None),
    "desk:contact": (UNIT, "contact"),
    "desk:log_contact": (PEOPLE_WORKERS, None),
    "desk:log_employer": (PEOPLE_WORKERS, None),
    "desk:log_job_start": (PEOPLE_WORKERS, None),
    "desk:log_job_end": (PEOPLE_WORKERS, None),
    "desk:log_note": (PEOPLE_WORKERS, None),
    "people:refer": (PEOPLE_WORKERS | {"cora", "dev"}, None),
    "people:sent": ({"cora", "dev"}, None),
    "people:referrals": (PEOPLE_WORKERS, None),
    "people:loop": (UNIT, "episode"),
    "people:enquiry_close": (UNIT, "enquiry"),
    "people:not_started": (SUPERVISOR, None),
    "people:again": (UNIT, "person"),
    "people:own_again": (set(), None),  # Pat's episode goes on
    "people:pause": (UNIT, "episode"),
    "people:step_down": (UNIT, "episode"),
    "people:same": (UNIT, "episode"),
    "people:entered": (UNIT, "episode"),
    "desk:end": (UNIT, "episode"),
    "desk:hand_over": (UNIT, "episode"),
    "desk:handover": (UNIT, "person"),
    "desk:leaving": (SUPERVISOR, "leaving"),
    "access:team_enquiries": (KEEPERS, "unit"),
    "people:groups": (UNIT, "episode"),
    "people:area": (UNIT, "episode"),
    "people:details": (UNIT, "person"),
    "people:numbers": (UNIT, "person"),
    "people:goal": (UNIT, "episode"),
    "people:dates": (UNIT, "episode"),
    "people:hold": (UNIT, "episode"),
    "people:treatment": (UNIT, "episode"),
    "people:state": (UNIT, "episode"),
    "people:refusal": (UNIT, "episode"),
    "people:classification": (EVERYBODY, None),
    "people:plan": (UNIT, "episode"),
    "people:plan_edit": (UNIT, "episode"),
    "people:plan_agree": (UNIT, "episode"),
    "people:plan_review": (UNIT, "episode"),
    "people:step_new": (UNIT, "episode"),
    "people:step_edit": (UNIT, "plan_step"),
    "work:disclosure": (UNIT, "episode"),
    "work:disclosure_new": (UNIT, "episode"),
    "work:disclosure_edit": (UNIT, "talk"),
    "work:employer_words": (UNIT, "episode"),
    "desk:log_beside": (PEOPLE_WORKERS, None),
    "desk:log_fit": (UNIT, "visit"),
    "desk:own_search_plan": (APPLICANT, None),
    "desk:own_disclosure": (APPLICANT, None),
    "desk:own_disclosure_new": (APPLICANT, None),
    "people:profile": (UNIT, "person"),
    "people:profile_section": (UNIT, "section"),
    "people:profile_update": (UNIT, "person"),
    "people:profile_history": (UNIT, "person"),
    "people:profile_print": (UNIT, "person"),
    "people:past_job_new": (UNIT, "person"),
    "people:past_job": (UNIT, "past_job"),
    "people:past_job_remove": (UNIT, "past_job"),
    "people:own_profile": (APPLICANT, None),
    "people:own_profile_section": (APPLICANT, "own_section"),
    "people:own_profile_update": (APPLICANT, None),
    "people:own_profile_history": (APPLICANT, None),
    "people:own_profile_print": (APPLICANT, None),
    "people:own_past_job_new": (APPLICANT, None),
    "people:own_past_job": (APPLICANT, "own_past_job"),
    "people:own_past_job_remove": (APPLICANT, "own_past_job"),
    "work:employers": (PEOPLE_WORKERS, None),
    "work:employer_new": (PEOPLE_WORKERS, None),
    "work:duplicates": (PEOPLE_WORKERS, None),
    "work:employer": (UNIT, "employer"),
    "work:employer_edit": (UNIT, "employer"),
    "work:jobs": (PEOPLE_WORKERS, None),
    "work:leads": (PEOPLE_WORKERS, None),
    "work:lead_new": (PEOPLE_WORKERS, None),
    "work:lead": (UNIT, "lead"),
    "work:lead_edit": (UNIT, "lead"),
    "work:lead_people": (UNIT, "lead"),
    "work:person_leads": (UNIT, "episode"),
    "work:applications": (PEOPLE_WORKERS, None),
    "work:application_new": (PEOPLE_WORKERS, None),
    "work:application_edit": (UNIT, "application"),
    "work:education_new": (UNIT, "episode"),
    "work:education_edit": (UNIT, "education"),
    "work:diary": (PEOPLE_WORKERS, None),
    "work:appointment_new": (PEOPLE_WORKERS, None),
    "work:appointment": (UNIT, "appointment"),
    "work:appointment_edit": (UNIT, "appointment"),
    "work:appointment_kept": (UNIT, "appointment"),
    "work:time": (PEOPLE_WORKERS, None),
    "work:time_totals": (PEOPLE_WORKERS, None),
    "work:job": (UNIT, "job"),
    "work:job_edit": (UNIT, "job"),
    "work:terms": (UNIT, "job"),
    "work:absence": (UNIT, "job"),
    "work:absence_edit": (UNIT, "absence"),
    "work:ordinary": (UNIT, "job"),
    "work:support_plan": (UNIT, "job"),
    "work:support": (UNIT, "job"),
    "work:problem": (UNIT, "job"),
    "work:problem_edit": (UNIT, "job_problem"),
    "work:evidence_new": (UNIT, "job"),
    "work:end_review": (UNIT, "ended_job"),
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
    "access:calendar_initials": ({"sam"}, None),
    "access:member_invite": (KEEPERS, "membership"),
    "access:member_end": (KEEPERS, "membership"),
    "access:providers": ({"sam"}, None),
    "access:provider_new": ({"sam"}, None),
    "access:provider_edit": ({"sam"}, "provider"),
    "access:factors_take_away": (KEEPERS, "membership"),
    "facts:snapshots": (KEEPERS, None),
    "facts:snapshot": (KEEPERS, "snapshot"),
    "facts:compare": (KEEPERS, None),
    "facts:take_along": (KEEPERS, None),
    "outcomes:quarters": (KEEPERS, "unit"),
    "outcomes:quarter": (KEEPERS, "unit_quarter"),
    "outcomes:reports": (PEOPLE_WORKERS | {"cora", "dev", "sam"}, None),
    "outcomes:releases": (PEOPLE_WORKERS | {"cora", "dev", "sam"}, None),
    "outcomes:release": (KEEPERS, "own_report"),
    "outcomes:released": (UNIT | {"cora", "dev", "sam"}, "release"),
    "outcomes:correct": (KEEPERS, "release"),
    "outcomes:share": (KEEPERS, "release"),
    "outcomes:home": (PEOPLE_WORKERS | {"cora", "dev", "sam"}, None),
    "outcomes:outcomes": (UNIT | {"cora", "dev"}, "unit"),
    "outcomes:equity": (UNIT | {"cora", "dev"}, "unit"),
    "outcomes:compare": (UNIT | {"cora", "dev"}, "unit"),
    "outcomes:rows": (UNIT | {"cora", "dev"}, "unit_chart"),
    "outcomes:note_new": (UNIT, "unit"),
    "outcomes:note": (UNIT, "annotation"),
    "outcomes:note_remove": (UNIT, "annotation"),
    "fidelity:report": (UNIT | {"cora", "dev", "sam"}, "told_review"),
    "fidelity:report_passage": (set(), "told_review_passage"),
    "fidelity:rate": (set(), "told_review"),
    "fidelity:rate_item": (set(), "told_review_item"),
    "fidelity:disagreement": (set(), "told_review"),
    "fidelity:consensus": (set(), "told_review"),
    "fidelity:consensus_item": (set(), "told_review_item"),
    "fidelity:moderation": (set(), "told_review"),
    "fidelity:moderation_item": (set(), "told_review_item"),
    "fidelity:correction": (set(), "told_review"),
    "fidelity:stated_band": (set(), "told_review"),
    "fidelity:answers": (UNIT | {"cora", "dev", "sam"}, "told_review"),
    "fidelity:answer_item": (KEEPERS, "told_review_item"),
    "fidelity:final": (UNIT | {"cora", "dev", "sam"}, "told_review"),
    "fidelity:final_item": (UNIT | {"cora", "dev", "sam"}, "told_review_item"),
    "fidelity:all_reviews": ({"ben"}, None),
    "fidelity:reviews": (UNIT | {"cora", "dev", "sam"}, "unit"),
    "fidelity:review_new": (KEEPERS, "unit"),
    "fidelity:review": (UNIT | {"cora", "dev", "sam"}, "review"),
    "fidelity:review_change": (KEEPERS, "review"),
    "fidelity:review_step": (KEEPERS, "review_step"),
    "fidelity:seat_new": (KEEPERS, "review"),
    "fidelity:seat_end": (KEEPERS, "seat"),
    "fidelity:agenda": (KEEPERS, "review"),
    "fidelity:meeting_new": (KEEPERS, "review"),
    "fidelity:meeting": (KEEPERS, "review_meeting"),
    "fidelity:pieces": (KEEPERS, "review"),
    "fidelity:piece": (KEEPERS, "piece"),
    "fidelity:sample": (KEEPERS, "review"),
    "fidelity:evidence": (set(), "review"),  # of those who have a seat alone
    "fidelity:evidence_new": (set(), "review"),
    "fidelity:actions": (UNIT | {"cora", "dev", "sam"}, "unit"),
    "fidelity:action_new": (KEEPERS, "unit"),
    "fidelity:action": (KEEPERS, "planned_action"),
    "fidelity:action_progress": (KEEPERS, "planned_action"),
    "funding:home": (PAYING, None),
    "funding:agreement_new": (SUPERVISOR, None),
    "funding:agreement": (PAYING, "agreement"),
    "funding:agreement_change": (SUPERVISOR, "agreement"),
    "funding:party": (SUPERVISOR, "party"),
    "funding:run": (KEEPERS, "run"),
    "funding:run_line": (KEEPERS, "run_line"),
    "funding:claims": (PAYING, "agreement"),
    "funding:claim": (PAYING, "claim"),
    "funding:claim_step": ({"femi"}, "claim_step"),
    "funding:claim_gap": (SUPERVISOR, "claim_gap"),
    "funding:claim_again": (SUPERVISOR, "rejected_claim"),
    "funding:claim_difference": ({"ben", "femi"}, "disputed_claim"),
    "funding:claim_evidence": (PAYING, "claim_evidence"),
    "funding:events": (UNIT, "episode"),
    "funding:event_new": (UNIT, "episode"),
    "funding:event_paper": (UNIT, "episode"),
    "funding:contracts": (PAYING, None),
    "funding:contract": (PAYING, "agreement"),
    "funding:contract_versions": (PAYING, "agreement"),
    "funding:contract_value": (SUPERVISOR, "contract_value"),
    "funding:contract_file": (PAYING, "contract_name"),
    "funding:invoices": (PAYING, "agreement"),
    "funding:invoice_new": (SUPERVISOR, "agreement"),
    "funding:invoice": (PAYING, "invoice"),
    "funding:invoice_take_back": (SUPERVISOR, "invoice"),
    "funding:invoice_file": (PAYING, "invoice_file"),
    "funding:answers": ({"ben", "femi"}, "agreement"),
    "funding:reconciliation": (PAYING, "agreement"),
    "funding:ledger": (SUPERVISOR, None),
    "funding:doubles": (PAYING, None),
    "funding:matching": (SUPERVISOR, None),
    "funding:double": ({"sam"}, "double"),
    "funding:paid_elsewhere": (PAYING, "agreement"),
    "funding:paid_elsewhere_new": (SUPERVISOR, "agreement"),
    "funding:monitors": (PAYING, None),
    "funding:monitored": (PAYING, "agreement"),
    "funding:monitor_note_new": (PAYING, "agreement"),
    "funding:monitor_note": (SUPERVISOR, "monitor_note"),
    "funding:simulations": (PAYING, None),
    "funding:simulation": (KEEPERS, "unit"),
    "funding:room": (PAYING, None),
    "funding:room_figures": (PAYING, "agreement"),
    "funding:ahead": (PEOPLE_WORKERS, None),
    "funding:ahead_of_episode": (UNIT, "episode"),
    "fidelity:home": (PEOPLE_WORKERS | {"cora", "dev"}, None),
    "fidelity:live": (UNIT | {"cora", "dev"}, "unit"),
    "fidelity:treatment": (UNIT | {"cora", "dev"}, "unit"),
    "fidelity:item": (UNIT | {"cora", "dev"}, "unit_item"),
    "fidelity:item_rows": (UNIT, "unit_item_rows"),
    "fidelity:across": (PEOPLE_WORKERS | {"cora", "dev", "sam"}, None),
    "fidelity:across_community": (PEOPLE_WORKERS | {"cora", "dev", "sam"}, None),
    "fidelity:across_live": (KEEPERS, None),
    "fidelity:across_outcomes": (KEEPERS, None),
    "integration:home": (PEOPLE_WORKERS | {"cora", "dev"}, None),
    "integration:integration": (UNIT | {"cora", "dev"}, "unit"),
    "integration:drift": (UNIT | {"cora", "dev"}, "unit"),
    "integration:measure": (UNIT | {"cora", "dev"}, "unit_figure"),
    "integration:one_pager": (UNIT | {"cora", "dev"}, "unit"),
    "integration:note_new": (UNIT, "unit"),
    "integration:note": (UNIT, "annotation"),
    "integration:note_remove": (UNIT, "annotation"),
    "benefits:home": (COUNSELLOR, None),
    "benefits:recall": (COUNSELLOR, None),
    "benefits:person": (UNIT | COUNSELLOR, "person"),
    "benefits:benefit_new": (COUNSELLOR | APPLICANT, "person"),
    "benefits:benefit": (COUNSELLOR | APPLICANT, "benefit"),
    "benefits:question_new": (UNIT | COUNSELLOR | APPLICANT, "person"),
    "benefits:question_answer": (UNIT | COUNSELLOR | APPLICANT, "payer_question"),
    "benefits:duty_new": (COUNSELLOR | APPLICANT, "person"),
    "benefits:earnings": (set(), "person"),  # the United States only
    "benefits:earnings_month": (set(), "person"),
    "benefits:answer": (UNIT | COUNSELLOR | APPLICANT, "counselling"),
    "benefits:book": (UNIT | COUNSELLOR, "counselling"),
    "benefits:done": (COUNSELLOR, "counselling"),
    "benefits:scenario_new": (COUNSELLOR, "person"),
    "benefits:scenario": (COUNSELLOR | APPLICANT, "calculation"),
    "benefits:scenario_progress": (COUNSELLOR | APPLICANT, "calculation"),
    "benefits:hand_over": (COUNSELLOR, "calculation"),
    "benefits:own": (APPLICANT, None),
    "access:security": (EVERYBODY, None),
    "access:no_page": (EVERYBODY, None),
    "access:appearance": (EVERYBODY, None),
}
# Answered to POST only; a GET is refused for everybody.
POST_ONLY = {
    "fidelity:freeze",
    "fidelity:meeting_remove",
    "fidelity:evidence_remove",
    "fidelity:rate_lock",
    "funding:answers_take_in",
    *("funding:run_start", "funding:run_complete", "funding:claims_take"),
    "funding:event_back",
    "facts:build",
    "facts:download",
    "outcomes:run_again",
    "desk:team_meeting_line",
    "desk:team_meeting_talked",
    "desk:team_meeting_recorded",
    "desk:team_meeting_state",
    "desk:team_meeting_seat",
    "desk:team_meeting_note",
    "desk:team_meeting_plan_seen",
    "desk:team_meeting_not_yet",
    "desk:not_yet_outcome",
    "desk:decision_done",
    "people:step_done",
    "work:disclosure_agree",
    "work:disclosure_back",
    "desk:own_plan_agree",
    "desk:own_step_done",
    "desk:own_disclosure_agree",
    "desk:own_disclosure_back",
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
    "people:acknowledge",
    "teamwork:question_bounds",
    "teamwork:question_remind",
    "teamwork:question_take_back",
    "teamwork:proposal_take_back",
    "people:take_up",
    "people:profile_right",
    "people:own_profile_right",
    "desk:take_back",
    "desk:take_up_again",
    "desk:task_done",
    "desk:gathering_seat",
    "desk:gathering_guest_back",
    "desk:gathering_decision_done",
    "desk:gathering_note_back",
    "desk:gathering_figures",
    "desk:gathering_close",
    "desk:gathering_reopen",
    "desk:gathering_call_off",
    "desk:cover_back",
    "desk:unit_decision_seen",
    "desk:group_end",
    "desk:group_member_end",
    "desk:todo_step",
    "desk:document_back",
    "work:confirm",
    "benefits:offer",
    "benefits:duty_done",
    "benefits:duties_told",
    "benefits:confirm",
    "benefits:shown",
    "benefits:discard",
    "work:lead_state",
    "work:application_interview",
    "work:appointment_missed",
    "work:appointment_cancel",
    "work:appointment_reopen",
    "work:evidence_back",
    "work:search_again",
    "work:job_reopen",
    "access:choose_place",
    "access:choose_purpose",
    "access:draft",
    "access:draft_away",
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
    "people:want_to_work",
    "people:want_to_work_thanks",
    "access:no_place",
    "teamwork:answer_link",
    "healthz",
    "readyz",
}
# Leads on to a page that other rooms help to fill.
# Handed out as a file, about a reminder that runs or a kind of meeting; each has tests
# of its own.
FILES = {
    "fidelity:piece_file",
    "fidelity:answer_file",
    "fidelity:evidence_file",
    "desk:team_meeting_paper",
    "desk:team_meeting_news",
    "desk:gathering_new",
    "integration:one_pager_pdf",
    "outcomes:adjusted",  # of two sides that are chosen: its own tests ask who may
    "outcomes:file",
    "fidelity:across_file",
    *("fidelity:report_word", "fidelity:report_pdf"),
    "fidelity:questionnaire_response",
    "outcomes:report",  # a name that every unit has, and what is chosen of it
    "outcomes:report_file",
    "outcomes:released_file",
    "facts:building",
    "benefits:scenario_print",
    "benefits:scenario_pdf",
    "desk:document",
    "work:appointment_calendar",
    "desk:put_off",
}
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


def gatherings_of(world):
    """Return what the pages of meetings are about, other than a treatment team's."""
    unit = {"unit": world.north}
    gathering = MeetingFactory(kind="vocational_unit", **unit)
    DiscussionFactory(meeting=gathering, episode=world.pat_episode)
    matter = MatterFactory(kind="vocational_unit", **unit)
    decision = TaskFactory(meeting=gathering, episode=None, **unit)
    mentoring = MeetingFactory(
        kind="field_mentoring",
        specialist=world.ada.user,
        led_by=world.ben.user,
        **unit,
    )
    return {
        "gathering": gathering.pk,
        "gathering_line": (gathering.pk, world.pat_episode.pk),
        "gathering_matter": (gathering.pk, matter.pk),
        "gathering_decision": (gathering.pk, decision.pk),
        "mentoring": mentoring.pk,
        "group": GroupFactory(**unit).pk,
    }


def agreement_of(world):
    """Return what the pages of contracts are about: North's, which Femi's desk pays."""
    agreement = AgreementFactory(
        unit=world.north, funder=world.job_centre, contract="nl-uwv-ips"
    )
    return {
        "agreement": agreement.pk,
        "contract_value": (agreement.pk, 2, "VAT_PERCENT"),
        "contract_name": "nl-uwv-ips",
        "monitor_note": MonitorNoteFactory(agreement=agreement).pk,
        **invoice_of(agreement),
        **claimed_of(agreement),
        "double": double_of(world).pk,
    }


def claimed_of(agreement):
    """Return a run with a line, and claims that are sent, rejected, disputed, waiting."""
    run = RunFactory(agreement=agreement)
    RunLineFactory(
        run=run,
        number=1,
        document={
            **ClaimFactory.build(agreement=agreement, run=run).document,
            "evidence": {
                "present": [],
                "missing": [],
                "required": [],
                "deadline": None,
            },
        },
    )
    of = {"agreement": agreement, "run": run, "contract": "nl-uwv-ips", "version": 2}
    made = {
        state: ClaimFactory(**of, state=state, is_live=state != "rejected")
        for state in ("submitted", "rejected", "disputed")
    }
    for claim in made.values():
        ClaimEntryFactory(claim=claim, state="submitted")
        ClaimEntryFactory(claim=claim, state=claim.state)
    waiting = ClaimFactory(**of)
    waiting.document["reasons"] = ["evidence_missing"]
    type(waiting).objects.system("it waits").filter(pk=waiting.pk).update(
        document=waiting.document
    )
    sent = made["submitted"]
    return {
        "run": run.pk,
        "run_line": (run.pk, 1),
        "party": (agreement.pk, "provider"),
        "claim": sent.pk,
        "claim_step": (sent.pk, "queried"),
        "claim_gap": waiting.pk,
        "rejected_claim": made["rejected"].pk,
        "disputed_claim": made["disputed"].pk,
        "claim_evidence": ClaimEvidenceFactory(claim=sent).token,
    }


def invoice_of(agreement):
    """Return an invoice and one of its files."""
    invoice = InvoiceFactory(agreement=agreement)
    return {"invoice": invoice.pk, "invoice_file": (invoice.pk, "pdf")}


def double_of(world):
    """Return a claim for a job start that two contracts would pay."""
    made = []
    for contract in ("uk-mhep-haringey-barnet", "uk-mhep-tower-hamlets"):
        case = CaseFactory(episode=world.pat_episode, contract=contract)
        paying = AgreementFactory(
            unit=world.north, funder=world.job_centre, contract=contract
        )
        claim = ClaimFactory(agreement=paying, contract=contract, case=case.token)
        made.append(claim)
    return made[0]


def review_of(unit):
    """Return what the pages of a planned review are about; nobody of the cast sits in it."""
    review = ReviewFactory(unit=unit)
    return {
        "review": review.pk,
        "review_step": (review.pk, "withdrawn"),
        "seat": SeatFactory(review=review).pk,
        "review_meeting": MetFactory(review=review).pk,
        "piece": PieceFactory(review=review).pk,
    }


@pytest.fixture
def things(world):
    job = JobFactory(episode=world.pat_episode)
    NoteFactory(episode=world.pat_episode)
    past_job = PastJobFactory(applicant=world.pat).pk
    episode = world.pat_episode
    SearchPlanFactory(episode=episode, number=1, agreed_on=date(2026, 9, 1))
    SearchPlanFactory(episode=episode, number=2, first_day=date(2026, 10, 5))
    talk = DisclosureDecisionFactory(episode=episode, agreed_on=None)
    visit = EmployerContactFactory(unit=world.north, episode=episode)
    return {
        "counselling": CounsellingFactory(episode=episode).pk,
        "benefit": BenefitFactory(episode=episode).pk,
        "payer_question": PayerQuestionFactory(episode=episode).pk,
        "calculation": CalculationFactory(
            episode=episode, confirmed_at="2026-10-05T07:00:00Z"
        ).pk,
        "plan_step": (episode.pk, PlanActionFactory(episode=episode).pk),
        "talk": (episode.pk, talk.pk),
        "visit": visit.pk,
        "section": (world.pat.pk, "a"),
        "own_section": "a",
        "past_job": (world.pat.pk, past_job),
        "own_past_job": past_job,
        "measure": "item24_community",
        "person": world.pat.pk,
        "episode": world.pat_episode.pk,
        "contact": ContactFactory(episode=world.pat_episode).pk,
        "employer": EmployerFactory(unit=world.north).pk,
        "job": job.pk,
        "lead": LeadFactory(employer__unit=world.north, title="Shelves").pk,
        "application": ApplicationFactory(episode=world.pat_episode).pk,
        "appointment": AppointmentFactory(
            episode=world.pat_episode, staff=world.ada.user
        ).pk,
        "education": EducationFactory(episode=world.pat_episode).pk,
        "ended_job": JobFactory(
            episode=world.pat_episode, last_day=date(2026, 9, 30)
        ).pk,
        "absence": AbsenceFactory(job=job).pk,
        "job_problem": JobProblemFactory(job=job).pk,
        "membership": MembershipFactory(team=world.north).pk,
        "enquiry": EnquiryFactory(unit=world.north).pk,
        "leaving": world.ada.user.pk,
        "unit": world.north.pk,
        "unit_figure": (world.north.pk, "int_shared_discussed"),
        "unit_chart": (world.north.pk, "working"),
        "unit_item": (world.north.pk, 17),
        "unit_item_rows": (world.north.pk, 17, "item17_signed_log"),
        "unit_quarter": (world.north.pk, "2026Q3"),
        "snapshot": SnapshotFactory(units=[str(world.north.pk)]).pk,
        "annotation": AnnotationFactory(unit=world.north).pk,
        **agreement_of(world),
        **review_of(world.north),
        "planned_action": PlannedActionFactory(unit=world.north).pk,
        **rated_things(world),
        "own_report": "ilc-quarterly",
        "release": ReleaseFactory(unit=world.north, profile="nhs-mhsds").pk,
        "provider": SignInProviderFactory(organisation=world.havnelund).pk,
        "audience": (world.pat.pk, "jobs"),
        "paper": (world.pat.pk, "handover"),
        "task": TaskFactory(episode=world.pat_episode).pk,
        **gatherings_of(world),
        "treatment_team": world.east.pk,
        "table": (world.east.pk, world.north.pk),
        "team_meeting": MeetingFactory(
            unit=world.north, team=world.east, day=date(2026, 10, 5)
        ).pk,
        "not_yet": NotYetReferredFactory(team=world.east).pk,
        "proposal": ProposalFactory(
            episode=world.pat_episode, created_by=world.ada.user
        ).pk,
        "question": QuestionFactory(
            episode=world.pat_episode,
            kind="jobs",
            by_team=world.north,
            of_team=world.east,
            created_by=world.ada.user,
        ).pk,
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

    return re.sub(
        r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"|name="form_key" value="[^"]*"',
        "",
        answer.content.decode(),
    )


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
