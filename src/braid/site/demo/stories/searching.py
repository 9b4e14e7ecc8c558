"""People who look for work, and what stands in the way of it."""

from datetime import date

from braid.site.demo.cast import ADA
from braid.site.demo.days import DAY
from braid.site.demo.stories.scene import (
    CORA,
    TEAM,
    UNIT,
    Scene,
    called_on,
    met,
    rang,
    since,
)
from braid.site.demo.values import Holder, Life, Note, Person, Refusal, Visit


def omar(scene: Scene) -> Life:
    """Referred last week and not yet met."""
    referred = scene.recent(8, 9, 10)
    return Life(
        person=Person("Omar", "Saleh", date(2003, 3, 28), "man", "+45 00 15 62 48"),
        unit=UNIT,
        team="team-havn",
        trade="shop",
        clinician="jens-ole.kiel",
        referred_on=referred,
        referral_source="caseworker",
        referral_words="Wants an ordinary job and asked for IPS after reading about it.",
        accepted_on=scene.recent(2, 3, 4),
        holders=(
            Holder(None, referred, scene.recent(2, 3, 4) - DAY),
            *since(scene.recent(2, 3, 4)),
        ),
    )


def emil(scene: Scene) -> Life:
    """Entered three and a half weeks ago, and no employer has been met for him yet."""
    entered = scene.recent(24, 23, 22)
    return Life(
        person=Person("Emil", "Østergaard", date(2001, 9, 9), "man", "+45 00 19 73 40"),
        unit=UNIT,
        team=TEAM,
        trade="computers",
        clinician="poul.hessel",
        referred_on=entered - 15 * DAY,
        referral_source="clinician",
        referral_words="Repairs the whole ward's telephones. Wants to be paid for it.",
        accepted_on=entered - 6 * DAY,
        entered_on=entered,
        profile_started_on=entered + 7 * DAY,
        goal="I can write to people all day. Talking comes when I know them.",
        goal_seen_on=entered + 7 * DAY,
        holders=since(entered - 6 * DAY),
        quiet_from=entered,
        contacts=(
            met(
                entered,
                "First talk, in the game shop where he feels at home.",
                phase="intake",
            ),
            met(
                entered + 7 * DAY,
                "Career profile on his own laptop.",
                phase="assessment",
            ),
            met(
                scene.recent(10, 9, 8),
                "Three places he would like. None visited yet.",
                phase="assessment",
                with_clinician=True,
                place="treatment_office",
            ),
            rang(
                scene.recent(4, 3, 2), "Wrote instead. Two names of IT firms in town."
            ),
        ),
    )


def pernille(scene: Scene) -> Life:
    """Not seen for nearly four weeks, and the telephone is not answered."""
    seen = scene.recent(27, 26, 25)
    return Life(
        person=Person(
            "Pernille", "Juul", date(1983, 1, 30), "woman", "+45 00 55 61 08"
        ),
        unit=UNIT,
        team=TEAM,
        trade="office",
        clinician=CORA,
        referred_on=scene.ago(205),
        referral_source="family",
        referral_words="My wife wants to go back to work, but not to the old place.",
        accepted_on=scene.ago(196),
        entered_on=scene.ago(191),
        profile_started_on=scene.ago(180),
        goal="I was a bookkeeper who found the missing krone. I want to find it again.",
        goal_seen_on=seen,
        holders=since(scene.ago(196)),
        quiet_from=seen - 3 * DAY,
        contacts=(
            met(
                seen,
                "Short walk in the harbour. Quiet. She would like the next walk too.",
            ),
            rang(scene.ago(14), "No answer.", answered=False),
            rang(scene.ago(8), "Left a message about the walk.", answered=False),
            rang(
                scene.ago(3),
                "No answer. Cora has not heard from her either.",
                answered=False,
            ),
        ),
    )


def mai(scene: Scene) -> Life:
    """Nearly lost to “not ready”; she asked again and has an interview."""
    refused = scene.ago(80)
    return Life(
        person=Person("Mai", "Nguyen", date(1998, 2, 14), "woman", "+45 00 41 86 27"),
        unit=UNIT,
        team=TEAM,
        trade="reception",
        clinician="poul.hessel",
        referred_on=scene.ago(86),
        referral_source="self",
        referral_words="I was told to wait. I have waited. I want to work.",
        accepted_on=scene.ago(59),
        entered_on=scene.ago(55),
        profile_started_on=scene.ago(50),
        goal="I know how it is to come to a new place. I would be good at a reception.",
        goal_seen_on=scene.ago(11),
        holders=(
            Holder(None, scene.ago(86), scene.ago(59) - DAY),
            *since(scene.ago(59)),
        ),
        quiet_from=scene.ago(24),
        contacts=(
            met(scene.ago(18), "Practised the telephone until she laughed."),
            met(
                scene.ago(11),
                "Poul came along. He says that he sees the change.",
                with_clinician=True,
                place="treatment_office",
            ),
            rang(
                scene.ago(2), "Interview at the library desk. She will ring afterwards."
            ),
        ),
        visits=_visits_to_the_library(scene),
        refusals=(
            Refusal(
                refused,
                "clinician",
                "not_ready",
                "Wait until the medication has been changed.",
                "the ward doctor",
            ),
        ),
        notes=_note_about_mai(scene),
    )


def _note_about_mai(scene: Scene) -> tuple[Note, ...]:
    """Return how a no became a yes."""
    return (
        Note(
            scene.ago(59),
            ADA,
            "conversation",
            "She rang me herself three weeks after the no. Cora and I took it up at "
            "the team meeting: the only question is whether she wants to work. She does.",
        ),
    )


def _visits_to_the_library(scene: Scene) -> tuple[Visit, ...]:
    """Return how the library came to see her."""
    return (
        called_on(scene.ago(41), "library", stage="introduce", outcome="follow_up"),
        called_on(
            scene.ago(5),
            "library",
            stage="match",
            outcome="interview",
            with_hiring_role=True,
            next_step="Interview for the front desk",
            next_on=scene.today + 2 * DAY,
        ),
    )


JONAS = Person("Jonas", "Bech", date(1990, 5, 19), "man", "+45 00 90 11 72")


def jonas(scene: Scene) -> tuple[Life, Life]:
    """He left to manage alone; he is back, with a second referral."""
    return _jonas_before(scene), _jonas_again(scene)


def _jonas_before(scene: Scene) -> Life:
    left = scene.ago(410)
    return Life(
        person=JONAS,
        unit=UNIT,
        team=TEAM,
        trade="workshop",
        clinician=CORA,
        referred_on=scene.ago(640),
        referral_source="clinician",
        referral_words="Asks about work at every visit. Please call soon.",
        accepted_on=scene.ago(630),
        entered_on=scene.ago(622),
        profile_started_on=scene.ago(610),
        exited_on=left,
        exit_reason="own_wish",
        goal="I want my hands on wood again, and to be left alone a little.",
        goal_seen_on=scene.ago(450),
        holders=(Holder(ADA, scene.ago(630), left - DAY, "exit"),),
        notes=(
            Note(
                left - 3 * DAY,
                ADA,
                "conversation",
                "He wants to try alone for a while. The door is open, and he knows it.",
            ),
        ),
    )


def _jonas_again(scene: Scene) -> Life:
    entered = scene.recent(13, 12, 11)
    return Life(
        person=JONAS,
        unit=UNIT,
        team=TEAM,
        trade="workshop",
        clinician=CORA,
        referred_on=entered - 19 * DAY,
        referral_source="self",
        referral_words="You said that I could come back. I would like to.",
        accepted_on=entered - 12 * DAY,
        entered_on=entered,
        profile_started_on=entered + 2 * DAY,
        goal="A workshop with somebody to eat lunch with. I have been alone enough.",
        goal_seen_on=entered + 2 * DAY,
        holders=since(entered - 12 * DAY),
        quiet_from=entered,
        contacts=(
            met(
                entered,
                "Coffee where we used to sit. He has grown a beard.",
                phase="intake",
            ),
            met(
                scene.recent(5, 4, 3),
                "Old profile on the table. Half of it still holds.",
                phase="engagement",
            ),
        ),
    )


def rasmus(scene: Scene) -> Life:
    """Paused while he is in hospital; nobody has closed anything."""
    paused = scene.ago(22)
    return Life(
        person=Person("Rasmus", "Thorup", date(1999, 1, 25), "man", "+45 00 46 70 02"),
        unit=UNIT,
        team="team-havn",
        trade="garden",
        clinician="nadine.roth",
        referred_on=scene.ago(188),
        referral_source="clinician",
        referral_words="Wants a job before the next long winter at home.",
        accepted_on=scene.ago(180),
        entered_on=scene.ago(174),
        profile_started_on=scene.ago(166),
        goal="Outside, in all weather. Indoors I start thinking too much.",
        goal_seen_on=scene.ago(40),
        holders=since(scene.ago(180)),
        states=(("paused", paused),),
        quiet_from=paused,
        contacts=(
            met(
                scene.ago(9),
                "Visit on the ward, with his nurse. Brought seed catalogues.",
                with_clinician=True,
                place="treatment_office",
                minutes=30,
            ),
        ),
        notes=(
            Note(
                paused,
                ADA,
                "conversation",
                "Admitted on his own wish. We agreed that the place is kept and that I "
                "look in every other week.",
            ),
        ),
    )
