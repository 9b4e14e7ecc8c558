"""Sections K and M to P: everyday life, money, and how the search is done."""

from django.utils.translation import gettext_lazy as _

from braid.people.choices import AnswerKind, Section
from braid.people.profile.shapes import Part, Question, Way

DAILY_LIFE = Part(
    Section.DAILY_LIFE,
    _("How a job has to fit into life as it is."),
    AnswerKind.WORK_GOALS,
    (
        Question(
            "transport",
            _("Ways to get to work"),
            Way.SOME,
            choices={
                "walk": _("on foot"),
                "bicycle": _("bicycle"),
                "public": _("bus or train"),
                "car": _("car"),
                "lift": _("a lift with somebody"),
            },
        ),
        Question("travel_time", _("Longest way to work, one way"), Way.LINE),
        Question("hours_wanted", _("Hours a week that would be right"), Way.LINE),
        Question(
            "times",
            _("Times that fit"),
            Way.SOME,
            choices={
                "early": _("early mornings"),
                "day": _("the day"),
                "evening": _("evenings"),
                "night": _("nights"),
                "weekend": _("weekends"),
            },
        ),
        Question(
            "pace",
            _("Pace that fits"),
            Way.ONE,
            choices={
                "calm": _("calm"),
                "steady": _("steady"),
                "busy": _("busy"),
                "mixed": _("now this, now that"),
            },
        ),
        Question(
            "surroundings",
            _("Surroundings that fit"),
            Way.SOME,
            choices={
                "alone": _("mostly alone"),
                "few": _("a few people"),
                "many": _("many people"),
                "outdoors": _("outdoors"),
                "indoors": _("indoors"),
                "quiet": _("quiet"),
                "moving": _("moving about"),
            },
        ),
        Question(
            "routine",
            _("An ordinary day: sleep, meals, fixed appointments"),
            kind=AnswerKind.CONVERSATION,
        ),
        Question(
            "housing",
            _("Home: what must be settled or kept"),
            kind=AnswerKind.CONVERSATION,
        ),
        Question(
            "care_for",
            _("Children and others to care for"),
            kind=AnswerKind.CONVERSATION,
        ),
    ),
)

BENEFITS = Part(
    Section.BENEFITS,
    _("So that nobody takes a job without knowing what it does to the income."),
    AnswerKind.BENEFITS,
    (
        Question("benefit_list", _("Benefits and other income now")),
        Question("lives_from_it", _("Who else lives from this income?"), Way.LINE),
        Question("money_worries", _("Worries about losing money")),
        Question("debts", _("Debts and fixed costs that a job must cover")),
        Question(
            "wants_counselling",
            _("Shall a counsellor work out what a job does to the income?"),
            Way.YES_NO,
        ),
        Question(
            "counselled_on",
            _("Benefits counselling: when, with whom"),
            Way.LINE,
            own=False,
        ),
    ),
)

DISCLOSURE = Part(
    Section.DISCLOSURE,
    _(
        "A first view. What an employer may be told is decided one employer at a time, "
        "and can be taken back."
    ),
    AnswerKind.CONVERSATION,
    (
        Question(
            "disclosure_view",
            _("First thought: what may an employer know?"),
            Way.ONE,
            choices={
                "nothing": _("nothing"),
                "support": _("that there is support"),
                "health": _("something about health too"),
                "differs": _("it depends on the employer"),
                "unsure": _("not sure yet"),
            },
        ),
        Question("told_before", _("What was told before, and how did it go?")),
        Question("telling_good", _("What would be good about telling?")),
        Question("telling_worry", _("What would be the worry?")),
        Question("telling_words", _("Words that feel right")),
    ),
)

SEARCH = Part(
    Section.SEARCH,
    _("Who does what in the search, and how to keep in touch."),
    AnswerKind.WORK_GOALS,
    (
        Question(
            "who_contacts",
            _("Who speaks with employers?"),
            Way.ONE,
            choices={
                "applicant": _("the applicant"),
                "specialist": _("the specialist"),
                "together": _("both together"),
                "differs": _("it differs"),
            },
        ),
        Question("not_asked", _("Employers and places that are not to be asked")),
        Question(
            "helped_with",
            _("Help is welcome with"),
            Way.SOME,
            choices={
                "finding": _("finding jobs"),
                "application": _("applications and CV"),
                "calls": _("telephone calls"),
                "interview": _("interviews"),
                "first_days": _("the first days"),
            },
        ),
        Question("meet_often", _("How often to meet"), Way.LINE),
        Question("meet_where", _("Where it is good to meet"), Way.LINE),
        Question(
            "reached_by",
            _("Reached best by"),
            Way.SOME,
            choices={
                "call": _("telephone call"),
                "text": _("text message"),
                "email": _("e-mail"),
                "letter": _("letter"),
            },
        ),
    ),
)

SOURCES = Part(
    Section.SOURCES,
    _("Who has told what is written here, and when it was read through together."),
    AnswerKind.WORK_GOALS,
    (
        Question(
            "told_by",
            _("Told by"),
            Way.SOME,
            choices={
                "applicant": _("the applicant"),
                "family": _("family or friends"),
                "clinician": _("the treatment team"),
                "caseworker": _("the job centre"),
                "employer": _("a former employer"),
                "papers": _("papers"),
            },
            own=False,
        ),
        Question("papers_seen", _("Papers that were looked at"), own=False),
        Question("not_told_yet", _("What is still to be talked about")),
    ),
)
