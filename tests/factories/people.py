"""Factories of the people room."""

from datetime import date

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
