"""A person decides every place; then the text, its turns and the table change together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.voices.importing import read
from braid.voices.pseudonyms import (
    Decision,
    Name,
    Names,
    Verdict,
    apply,
    decide,
    find,
    load_packs,
    undecided,
)

TEXT = (
    "Interviewer: Hvem hjalp dig?\n"
    "Karla: Det gjorde Mette. Mettes nummer er 12 34 56 78.\n"
    "Interviewer: Og Mette igen?\n"
    "Karla: Ja 😀, på Søndergade 4."
)


def scene(text=TEXT):
    transcript = read(text.encode(), "a.txt")
    hits = find(
        transcript.text,
        load_packs(["dk"]),
        Names((Name("Mette"),)),
        transcript.speakers,
    )
    return transcript, hits


def decided(hits, verdict=Verdict.ACCEPT, by="ada"):
    return {hit.id: Decision(verdict, by) for hit in hits}


def test_all_accepted_leaves_no_name_and_keeps_the_turns():
    transcript, hits = scene()
    done = apply(transcript, hits, decided(hits))
    text = done.transcript.text
    assert text == (
        "Interviewer: Hvem hjalp dig?\n"
        "[P1]: Det gjorde [P2]. [P2] nummer er [phone].\n"
        "Interviewer: Og [P2] igen?\n"
        "[P1]: Ja 😀, på [address]."
    )
    assert [
        (turn.speaker, text[turn.words : turn.end]) for turn in done.transcript.turns
    ] == [
        ("Interviewer", "Hvem hjalp dig?"),
        ("[P1]", "Det gjorde [P2]. [P2] nummer er [phone]."),
        ("Interviewer", "Og [P2] igen?"),
        ("[P1]", "Ja 😀, på [address]."),
    ]
    assert done.table == {
        "Karla": "[P1]",
        "Mette": "[P2]",
        "Mettes": "[P2]",
        "12 34 56 78": "[phone]",
        "Søndergade 4": "[address]",
    }


def test_the_report_counts_and_never_tells():
    transcript, hits = scene()
    decisions = decided(hits)
    decisions[hits[-1].id] = Decision(Verdict.REJECT, "ben")
    report = apply(transcript, hits, decisions).report
    assert report.found == {"person": 5, "phone": 1, "address": 1}
    assert report.replaced == {"person": 5, "phone": 1}
    assert report.left == {"address": 1}
    assert report.verdicts == {"accept": 6, "reject": 1}
    assert report.authors == 2
    for said in ("Mette", "Karla", "Sønder", "12 34"):
        assert said not in repr(report)


def test_nothing_is_replaced_while_one_place_is_open():
    transcript, hits = scene()
    decisions = decided(hits[:-1])
    assert undecided(hits, decisions) == hits[-1:]
    with pytest.raises(InputFault) as refused:
        apply(transcript, hits, decisions)
    assert refused.value.reason == "undecided"
    assert str(refused.value).startswith("1 places are not decided")
    assert "Sønder" not in str(refused.value)


def test_always_reaches_the_same_words_and_a_decision_of_its_own_comes_first():
    transcript, hits = scene()
    mettes = [hit for hit in hits if hit.quote == "Mette"]
    decisions = decided([hit for hit in hits if hit.quote != "Mette"])
    decisions[mettes[0].id] = Decision(Verdict.ALWAYS, "ada")
    assert undecided(hits, decisions) == []
    assert decide(hits, decisions)[mettes[1].id] == Decision(Verdict.ALWAYS, "ada")
    decisions[mettes[1].id] = Decision(Verdict.REJECT, "ben")
    text = apply(transcript, hits, decisions).transcript.text
    assert "gjorde [P2]." in text and "Og Mette igen" in text


def test_a_change_writes_its_own_pseudonym():
    transcript, hits = scene()
    decisions = decided(hits)
    decisions[hits[1].id] = Decision(Verdict.CHANGE, "ada", "[specialist]")
    done = apply(transcript, hits, decisions)
    assert "gjorde [specialist]. [P2] nummer" in done.transcript.text


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        pytest.param(Decision(Verdict.ACCEPT, " "), "no_author", id="nobody decides"),
        pytest.param(Decision(Verdict.CHANGE, "ada"), "no_pseudonym", id="no words"),
        pytest.param(
            Decision(Verdict.CHANGE, "ada", "Maria"), "no_pseudonym", id="another name"
        ),
        pytest.param(
            Decision(Verdict.CHANGE, "ada", f"[{'x' * 70}]"), "no_pseudonym", id="long"
        ),
    ],
)
def test_a_decision_that_is_none_is_refused(decision, reason):
    _, hits = scene()
    with pytest.raises(InputFault) as refused:
        decide(hits, {hits[0].id: decision})
    assert refused.value.reason == reason


def test_decisions_and_hits_belong_to_their_text():
    transcript, hits = scene()
    with pytest.raises(InputFault) as refused:
        decide(hits, {"0-3": Decision(Verdict.ACCEPT, "ada")})
    assert refused.value.reason == "stranger"
    other = read(b"Karla: nej\nBen: ja", "a.txt")
    with pytest.raises(InputFault) as refused:
        apply(other, hits, decided(hits))
    assert refused.value.reason == "other_text"
    assert apply(transcript, [], {}).transcript == transcript


PIECES = st.sampled_from(
    ["Mette", "Mettes", " ", "\n", "Karla: ", "Ben: ", "12 34 56 78", "å"]
)


@given(
    st.lists(PIECES | st.text("aå \u030a😀", max_size=3), max_size=20).map("".join),
    st.data(),
)
def test_what_is_rejected_stays_and_what_is_accepted_goes(text, data):
    transcript, hits = scene("x\n" + text)
    decisions = {
        hit.id: Decision(
            data.draw(st.sampled_from([Verdict.ACCEPT, Verdict.REJECT])), "ada"
        )
        for hit in hits
    }
    done = apply(transcript, hits, decisions).transcript
    wanted, last = "", 0
    for hit in hits:
        kept = decisions[hit.id].verdict is Verdict.REJECT
        wanted += transcript.text[last : hit.start] + (
            hit.quote if kept else hit.suggestion
        )
        last = hit.end
    assert done.text == wanted + transcript.text[last:]
    assert len(done.turns) == len(transcript.turns)
    for before, after in zip(transcript.turns, done.turns, strict=True):
        assert 0 <= after.start <= after.words <= after.end <= len(done.text)
        if not any(before.start < h.end and h.start < before.end for h in hits):
            assert (
                done.text[after.start : after.end]
                == transcript.text[before.start : before.end]
            )
