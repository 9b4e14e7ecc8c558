"""Sections A to F: what somebody wants, has learned and has done, and whom they know."""

from django.utils.translation import gettext_lazy as _

from braid.people.choices import AnswerKind, Section
from braid.people.profile.shapes import Part, Question, Way

GOAL = Part(
    Section.GOAL,
    _("What the person wants, so that the search begins there and nowhere else."),
    AnswerKind.WORK_GOALS,
    (
        Question("dream_job", _("If everything were possible: which job?")),
        Question("first_job", _("A job that would be right to begin with")),
        Question(
            "motive",
            _("Why work? The reason, in own words"),
            help=_("Money, people, something to get up for: every reason counts."),
        ),
        Question("good_day", _("What would a good working day look like?")),
        Question("in_two_years", _("Where should it have led in two years?")),
    ),
)

EDUCATION = Part(
    Section.EDUCATION,
    _("What was learned so far, and whether there is a wish to learn more."),
    AnswerKind.JOBS,
    (
        Question("school", _("School or training finished so far"), Way.LINE),
        Question("courses", _("Courses and certificates")),
        Question("unfinished", _("Begun and not finished")),
        Question("wants_to_learn", _("Is there a wish to study or train?"), Way.YES_NO),
        Question("learn_what", _("What, where and when?")),
        Question("learns_best", _("How are new things learned best?")),
        Question(
            "learning_difficulties",
            _("What makes learning hard?"),
            help=_(
                "Reading, numbers, sitting still: so that somebody can show it well."
            ),
            kind=AnswerKind.HEALTH_AT_WORK,
        ),
    ),
)

LICENCES = Part(
    Section.LICENCES,
    _("Papers that open certain jobs."),
    AnswerKind.JOBS,
    (
        Question(
            "driving",
            _("Driving licences"),
            Way.SOME,
            choices={
                "moped": _("moped"),
                "car": _("car"),
                "trailer": _("car with trailer"),
                "lorry": _("lorry"),
                "bus": _("bus"),
                "forklift": _("forklift"),
            },
        ),
        Question(
            "licences",
            _("Other licences and cards"),
            help=_("Food hygiene, first aid, welding, security and the like."),
        ),
        Question("renewals", _("What must be renewed, and when?"), Way.LINE),
        Question("military", _("Military or civil service")),
        Question(
            "member_of",
            _("Trade union or professional body"),
            Way.LINE,
            kind=AnswerKind.CONVERSATION,  # whether somebody is in a union is guarded
        ),
    ),
)

PAST_JOBS = Part(
    Section.PAST_JOBS,
    _("What was done before, what was good about it and what was not."),
    AnswerKind.JOBS,
    (
        Question("best_job", _("Which job suited best, and what made it so?")),
        Question("unpaid_work", _("Unpaid work, helping out, own projects")),
        Question(
            "hard_to_keep",
            _("What has made it hard to keep a job?"),
            kind=AnswerKind.CONVERSATION,
        ),
        Question(
            "gaps",
            _("Times without work, and how to speak of them"),
            kind=AnswerKind.CONVERSATION,
        ),
    ),
)

STRENGTHS = Part(
    Section.STRENGTHS,
    _("What an employer gains."),
    AnswerKind.WORK_GOALS,
    (
        Question("strengths", _("What goes well, at work and elsewhere?")),
        Question("praised_for", _("What do others praise?")),
        Question(
            "skills",
            _("Skills"),
            help=_("Tools, machines, computers, animals, plants, people."),
        ),
        Question("interests", _("Interests, and what time is forgotten over")),
        Question("languages", _("Languages spoken and written"), Way.LINE),
        Question(
            "culture",
            _("Customs, faith or traditions that work should fit"),
            kind=AnswerKind.CONVERSATION,
        ),
    ),
)

NETWORK = Part(
    Section.NETWORK,
    _("People who know of work, and people who back the wish to work."),
    AnswerKind.CONVERSATION,
    (
        Question("knows_employers", _("Who knows an employer or a workplace?")),
        Question("backing", _("Who gives backing, and how?")),
        Question("family_view", _("What do those close by think of the wish to work?")),
        Question(
            "family_contact",
            _("May we speak with somebody in the family, or a friend?"),
            Way.YES_NO,
        ),
        Question(
            "family_whom", _("With whom, and how are they reached best?"), Way.LINE
        ),
        Question("family_about", _("About what, and about what not?")),
    ),
)
