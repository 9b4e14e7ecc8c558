"""Factories of the people room."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from braid.people import models
from tests.factories.access import OrganisationFactory, TeamFactory


class ApplicantFactory(DjangoModelFactory):
    organisation = factory.SubFactory(OrganisationFactory)
    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")

    class Meta:
        model = models.Applicant


class IdentifierFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    system = "dk-cpr"
    value_encrypted = "k1:nothing"
    value_hash = factory.Sequence(lambda n: f"{n:064x}")
    masked = "••••••1234"

    class Meta:
        model = models.Identifier


class EpisodeFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    applicant = factory.SubFactory(
        ApplicantFactory, organisation=factory.SelfAttribute("..unit.organisation")
    )
    referred_on = date(2026, 8, 3)

    class Meta:
        model = models.Episode


class EpisodeEntryFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    number = 1
    state = "referred"
    day = date(2026, 8, 3)

    class Meta:
        model = models.EpisodeEntry


class CaseloadSpellFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    first_day = date(2026, 8, 10)

    class Meta:
        model = models.CaseloadSpell


class TreatmentSpellFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    team = factory.SubFactory(TeamFactory, kind="treatment_team")
    first_day = date(2026, 8, 3)

    class Meta:
        model = models.TreatmentSpell


class RefusalFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    unit = factory.SelfAttribute("episode.unit")
    day = date(2026, 9, 1)
    stage = "referral"
    by_role = "clinician"
    reason = "not_ready"

    class Meta:
        model = models.Refusal


class NoteFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    day = date(2026, 9, 1)
    text = "Wants mornings."

    class Meta:
        model = models.Note


class CaseworkSpellFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    team = factory.SubFactory(TeamFactory, kind="job_centre")
    first_day = date(2026, 8, 3)

    class Meta:
        model = models.CaseworkSpell


class TreatmentNoteFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    team = factory.SubFactory(TeamFactory, kind="treatment_team")
    day = date(2026, 9, 14)
    sealed_text = b"sealed"

    class Meta:
        model = models.TreatmentNote


class OwnWordsFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    day = date(2026, 9, 21)
    text = "It goes well."

    class Meta:
        model = models.OwnWords


class EnquiryFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    received_at = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
    by = "self"
    name = "Somebody Outside"
    reach_at = "555 0100"

    class Meta:
        model = models.Enquiry


class ProfileAnswerFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    section = "a"
    question = factory.Sequence(lambda n: f"question_{n}")
    kind = "work_goals"
    text = "A bakery, early in the morning"

    class Meta:
        model = models.ProfileAnswer


class PastJobFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    title = "Kitchen help"
    first_year = 2015
    last_year = 2018

    class Meta:
        model = models.PastJob


class ProfileUpdateFactory(DjangoModelFactory):
    applicant = factory.SubFactory(ApplicantFactory)
    day = date(2026, 9, 21)
    because = "insight"
    by_role = "specialist"

    class Meta:
        model = models.ProfileUpdate


class SearchPlanFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    number = factory.Sequence(lambda n: n + 1)
    first_day = date(2026, 9, 1)
    goal = "A job in a bakery"

    class Meta:
        model = models.SearchPlan


class PlanSeenFactory(DjangoModelFactory):
    plan = factory.SubFactory(SearchPlanFactory)
    team = factory.SubFactory(TeamFactory, kind="treatment_team")
    day = date(2026, 9, 14)

    class Meta:
        model = models.PlanSeen


class PlanTargetFactory(DjangoModelFactory):
    plan = factory.SubFactory(SearchPlanFactory)
    kind = "occupation"
    code = "9412"

    class Meta:
        model = models.PlanTarget


class PlanActionFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    text = "Ring the bakery"
    owner = "specialist"

    class Meta:
        model = models.PlanAction


class StepDownPlanFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    agreed_on = date(2026, 9, 21)
    supporter = "The clinic"
    way_back = "Ring, and we start again the same week."
    person_agreed = True

    class Meta:
        model = models.StepDownPlan


class HandoverFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    day = date(2026, 9, 21)

    class Meta:
        model = models.Handover


class CharacteristicFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    key = "education_level"
    value = "vocational"
    kind = "work_goals"

    class Meta:
        model = models.Characteristic


class ResidenceFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    area = "Havnelund"
    first_day = date(2026, 8, 10)

    class Meta:
        model = models.Residence
