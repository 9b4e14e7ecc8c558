"""Two organisations find out whether both ask money for one person, by tokens alone."""

import json
from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner

from braid.access import secrets
from braid.access.models import AuditEntry
from braid.funding import commands
from braid.funding.commands.claims import Double
from braid.funding.ledger import handed, matching, meeting
from braid.funding.ledger.barring import barred_claims
from braid.funding.ledger.handed import Handed, Line
from braid.funding.ledger.rules import Terms
from braid.funding.models import Match
from braid.kernel.errors import Refused
from braid.site import cli
from tests.cast import TODAY
from tests.factories.people import IdentifierFactory
from tests.funding.claims.story import DAY

PAGE = "/funding/doubles/matching/"
KEY = "k" * 32
SHARING, CPR = "Agreement 7", "010190-1234"
AGREED = meeting.Agreed(SHARING, KEY.encode(), "dk-cpr")
OTHERS = [matching.token(KEY.encode(), SHARING, f"0202{n:02}-1111") for n in range(3)]


@pytest.fixture
def pat(world, claimed, today):
    """Pat's start is claimed, and Pat has a national number."""
    IdentifierFactory(
        applicant=world.pat_episode.applicant,
        system="dk-cpr",
        value_encrypted=secrets.encrypt(CPR),
    )
    return matching.token(KEY.encode(), SHARING, CPR)


def answered(world, theirs=None, by="ben"):
    data = handed.written(theirs) if theirs else None
    return meeting.answered(
        actor=getattr(world, by).actor, agreed=AGREED, theirs=data, today=TODAY
    )


def tokens_of(*tokens: str) -> Handed:
    return Handed(kind="tokens", sharing=SHARING, organisation="Harbour", tokens=tokens)


def lines_of(*tokens: str, day: date = DAY) -> Handed:
    lines = [
        Line(
            token=token,
            contract="harbour-tariff",
            what="outcome",
            day=day,
            natures=("job_start",),
        )
        for token in tokens
    ]
    terms = (Terms(contract="harbour-tariff"),)
    return Handed(
        kind="lines",
        sharing=SHARING,
        organisation="Harbour",
        lines=tuple(lines),
        terms=terms,
    )


def test_our_tokens_name_nobody(world, pat):
    answer = answered(world)
    assert answer.file.tokens == (pat,)
    written = handed.written(answer.file).decode()
    assert "Pat" not in written
    assert "0101901234" not in written
    entry = AuditEntry.objects.filter(action="match_tokens_written")
    assert entry.exists()


def test_with_their_tokens_our_lines_are_about_those_alone_whom_both_have(world, pat):
    assert answered(world, tokens_of(*OTHERS)).file.lines == ()
    answer = answered(world, tokens_of(pat, *OTHERS))
    assert answer.people == 1
    assert {line.token for line in answer.file.lines} == {pat}
    outcomes = {line.day for line in answer.file.lines if "job_start" in line.natures}
    assert outcomes == {DAY}
    assert "800" not in handed.written(answer.file).decode()


def test_one_start_at_two_organisations_waits_for_a_steward(world, pat, claimed):
    answer = answered(world, lines_of(pat, *OTHERS))
    assert (answer.people, answer.new) == (1, 1)
    assert barred_claims([claimed]) == {claimed.pk: ("D2",)}
    (kept,) = Match.objects.system("looks")
    assert (kept.claim, kept.against) == (claimed, "harbour-tariff (Harbour)")


def test_a_file_that_is_read_twice_is_noted_once(world, pat):
    answered(world, lines_of(pat))
    assert answered(world, lines_of(pat)).new == 0
    assert Match.objects.system("looks").count() == 1


def test_a_start_on_another_day_stands_in_nobodys_way(world, pat, claimed):
    answered(world, lines_of(pat, day=date(2026, 3, 2)))
    assert barred_claims([claimed]) == {}


def test_a_steward_frees_the_claim_against_that_one_and_no_other(world, pat, claimed):
    answered(world, lines_of(pat))
    told = {"rule": "D2", "first": claimed, "second": None, "pays": claimed}
    harbour = Double(
        text="Theirs was withdrawn", against="harbour-tariff (Harbour)", **told
    )
    commands.decide_double(actor=world.sam.actor, double=harbour, today=TODAY)
    assert barred_claims([claimed]) == {}
    third = Match(
        claim=claimed, rule="D2", against="bay-tariff (Bay)", sharing="8", day=TODAY
    )
    third.save()
    assert barred_claims([claimed]) == {claimed.pk: ("D2",)}


@pytest.mark.parametrize("by", ["ada", "cora", "dev", "nia", "femi", "ola", "sam"])
def test_nobody_compares_but_who_claims_for_the_unit(world, pat, by):
    with pytest.raises(Refused):
        answered(world, by=by)


# ---- The page ------------------------------------------------------------------------------

GIVEN = {"sharing": SHARING, "key": KEY, "system": "dk-cpr"}


def upload(theirs: Handed) -> dict:
    file = BytesIO(handed.written(theirs))
    file.name = "theirs.json"
    return GIVEN | {"theirs": file}


def test_ben_takes_the_tokens_as_a_file(world, pat, as_):
    answer = as_("ben").post(PAGE, GIVEN)
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["tokens"] == [pat]
    assert KEY not in answer.content.decode()


def test_ben_reads_where_both_ask_money_and_sam_decides(world, pat, claimed, as_):
    page = as_("ben").post(PAGE, upload(lines_of(pat, *OTHERS))).content.decode()
    assert "1 person is on both sides." in page
    assert "harbour-tariff (Harbour)" in page
    assert KEY not in page
    assert "Pat" not in page
    listed = as_("sam").get("/funding/doubles/")
    assert "harbour-tariff (Harbour)" in listed.content.decode()
    address = next(
        cell.url
        for row in listed.context["table"].rows
        for cell in row
        if cell.url and "against=" in cell.url
    )
    done = as_("sam").post(
        address, {"pays": str(claimed.pk), "text": "Theirs was withdrawn"}, follow=True
    )
    assert "is paid" in done.content.decode()
    assert barred_claims([claimed]) == {}


def test_a_funder_does_not_read_against_whom(world, pat, story, claimed, as_):
    claimed.entries.create(number=9, state="submitted", day=TODAY)
    answered(world, lines_of(pat))
    page = as_("nia").get("/funding/doubles/").content.decode()
    assert "against what somebody else pays for" in page
    assert "Harbour" not in page


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(GIVEN | {"key": "short"}, id="a short key"),
        pytest.param(GIVEN | {"system": "nl-bsn"}, id="a number that nobody has"),
        pytest.param(GIVEN | {"sharing": ""}, id="no agreement"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(world, pat, as_, given):
    answer = as_("ben").post(PAGE, given)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_without_any_number_there_is_nothing_to_compare_by(world, story, as_):
    assert b"nothing to compare by" in as_("ben").get(PAGE).content


@pytest.mark.parametrize("by", ["ada", "nia", "sam", "cora"])
def test_the_page_is_for_who_claims(world, story, as_, by):
    assert as_(by).get(PAGE).status_code == 403


# ---- The command ---------------------------------------------------------------------------


def match(tmp_path, world, *words):
    key = tmp_path / "key"
    key.write_text(f"{KEY}\n")
    told = ["--as", world.ben.user.email, "--key-file", key, "--sharing", SHARING]
    told += ["--number", "dk-cpr", *words]
    return CliRunner().invoke(
        cli.main, ["funding", "match", *map(str, told)], catch_exceptions=False
    )


def test_the_command_writes_our_tokens(world, pat, tmp_path):
    out = tmp_path / "ours.json"
    done = match(tmp_path, world, "--out", out, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["people"] == 1
    assert json.loads(out.read_text())["tokens"] == [pat]


def test_the_command_tells_a_claim_by_its_number(world, pat, claimed, tmp_path):
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(handed.written(lines_of(pat)))
    done = match(tmp_path, world, theirs, "--json")
    assert json.loads(done.stdout)["found"] == [
        {"rule": "D2", "claim": claimed.number, "against": "harbour-tariff (Harbour)"}
    ]
    assert "Pat" not in done.stdout
