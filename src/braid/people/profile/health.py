"""Sections G to J and L: health and the law as far as they matter for which job fits.

They describe how a job should be, never whether somebody may have one.
"""

from django.utils.translation import gettext_lazy as _

from braid.people.choices import AnswerKind, Section
from braid.people.profile.shapes import Part, Question, Way

MENTAL_HEALTH = Part(
    Section.MENTAL_HEALTH,
    _("So that the job fits, and somebody notices in time when it gets hard."),
    AnswerKind.HEALTH_AT_WORK,
    (
        Question("symptoms_at_work", _("What can be felt or noticed at work?")),
        Question("early_signs", _("Early signs that things get harder")),
        Question("coping", _("What helps then?")),
        Question("others_do", _("What should somebody at work do, and whom to call?")),
        Question(
            "medication_day",
            _("How medicine is felt over the day"),
            help=_("Tired in the morning, dry mouth, shaking hands: at which hours?"),
        ),
        Question("better_with_work", _("What has become better through work?")),
    ),
)

PHYSICAL_HEALTH = Part(
    Section.PHYSICAL_HEALTH,
    _("What the body can do in a working day."),
    AnswerKind.HEALTH_AT_WORK,
    (
        Question("body", _("Illness or pain that matters at work")),
        Question("stamina", _("How long at a stretch: standing, walking, sitting")),
        Question("lifting", _("Lifting and carrying"), Way.LINE),
        Question("senses", _("Sight and hearing"), Way.LINE),
        Question("aids", _("Tools and breaks that help")),
    ),
)

COGNITION = Part(
    Section.COGNITION,
    _("How a task should be given, so that it goes well."),
    AnswerKind.HEALTH_AT_WORK,
    (
        Question("attention", _("Keeping at one thing: how long, and what disturbs?")),
        Question("memory", _("Remembering: what helps?")),
        Question("work_pace", _("Own pace, and what happens under pressure")),
        Question(
            "told_how",
            _("Tasks are understood best when they are"),
            Way.SOME,
            choices={
                "shown": _("shown"),
                "said": _("said"),
                "written": _("written down"),
                "pictures": _("in pictures"),
                "one_by_one": _("given one by one"),
                "repeated": _("repeated"),
            },
        ),
        Question("changes", _("Changes of plan, and several things at once")),
    ),
)

SUBSTANCE_USE = Part(
    Section.SUBSTANCE_USE,
    _(
        "Only what matters for choosing a workplace; it keeps nobody out of the service."
    ),
    AnswerKind.HEALTH_AT_WORK,
    (
        Question("use_at_work", _("Alcohol or drugs: what matters for work?")),
        Question("places_to_avoid", _("Workplaces better avoided")),
        Question("stays_well", _("What helps to stay well?")),
    ),
)

LEGAL_RECORD = Part(
    Section.LEGAL_RECORD,
    _("Which jobs ask for a record, and how to speak of it honestly."),
    AnswerKind.HEALTH_AT_WORK,
    (
        Question("has_record", _("Is there something on the record?"), Way.YES_NO),
        Question("record_what", _("What, and when?")),
        Question("record_limits", _("Which jobs does it close, and until when?")),
        Question("record_words", _("How to explain it, in a few words")),
    ),
)
