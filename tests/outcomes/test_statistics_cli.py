"""`braid outcomes compare` and `survival`: documents, lines for people, and faults."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braid.method.statistics.rounding import half_up
from braid.outcomes import statistics_files
from braid.site import cli
from tests.method.statistics import published_rows as published
from tests.method.survival_cast import A, B, columns


def braid(*words):
    return CliRunner().invoke(
        cli.main, ["outcomes", *(str(word) for word in words)], catch_exceptions=False
    )


def document(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.stdout
    return json.loads(done.stdout)


@pytest.fixture
def write(tmp_path):
    """Write a file as text or as bytes and return its path."""

    def written(content, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def counts(*arms):
    return "\n".join(["id,arm,events,n", *arms, ""])


def durations(*groups):
    lines = [
        f"{days},{int(event)},{name}"
        for name, seen in groups
        for days, event in zip(*columns(seen), strict=True)
    ]
    return "\n".join(["duration,event,arm", *lines, ""])


BOTH = durations(("A", A), ("B", B))


# ---- compare -----------------------------------------------------------------------------


def contests():
    """One file for each id, definition and window, the arms as its contrasts name them."""
    known = published.counted()
    found = {}
    for *key, arm in known:
        found.setdefault(tuple(key), []).append(arm)
    for row in published.accepted():
        if "|" in row["arm"]:
            first = row["arm"].split("|")[0]
            arms = found[published.key(row)]
            arms.sort(key=lambda arm, first=first: arm != first)
    return {key: arms for key, arms in found.items() if len(arms) > 1}


CONTESTS = [
    pytest.param(key, arms, id=" ".join(key)) for key, arms in contests().items()
]


@pytest.mark.parametrize(("key", "arms"), CONTESTS)
def test_published_counts_give_what_was_published(write, key, arms):
    known = published.counted()
    lines = [
        f"{key[0]},{arm},{known[*key, arm].events},{known[*key, arm].n}" for arm in arms
    ]
    found = document("compare", write(counts(*lines)))
    assert [each["arms"] for each in found] == [[arms[0], other] for other in arms[1:]]
    met = 0
    for row in published.accepted():
        if published.key(row) == key:
            met += _is_met(row, found)
    assert met >= len(arms)


def _is_met(row, found):
    value, low, high = published.printed(row)
    decimals = int(row["decimals"])
    if row["statistic"] == "proportion":
        rates = {
            arm: rate
            for each in found
            for arm, rate in zip(each["arms"], each["rate"], strict=True)
        }
        assert half_up(rates[row["arm"]] * 100, decimals) == value
        return True
    (each,) = (one for one in found if "|".join(one["arms"]) == row["arm"])
    if row["statistic"] == "chi_square_no_continuity":
        assert half_up(each["chi2"], decimals) == value
    elif row["statistic"] == "nnt":
        assert half_up(each["nnt"], decimals) == value
    else:
        is_ratio = row["statistic"] == "odds_ratio"
        name, times = ("odds_ratio", 1) if is_ratio else ("risk_difference", 100)
        for key, printed in (("value", value), ("low", low), ("high", high)):
            if printed is not None:
                assert half_up(each[name][key] * times, decimals) == printed
    return True


def test_compare_holds_the_first_arm_against_each_later_one(write):
    path = write(
        counts("H,IPS,51,69", "K,a,1,2", "H,PSR,12,66", "K,b,1,3", "H,STD,19,69")
    )
    found = document("compare", path)
    assert [(each["id"], *each["arms"]) for each in found] == [
        ("H", "IPS", "PSR"),
        ("H", "IPS", "STD"),
        ("K", "a", "b"),
    ]


def test_compare_is_a_document_of_proportions(write):
    (found,) = document("compare", write(counts("A1,IPS,85,156", "A1,VS,43,156")))
    assert set(found) == {
        *("id", "arms", "rate", "rate_interval", "risk_difference", "odds_ratio"),
        *("risk_ratio", "chi2", "p", "nnt", "nnt_ranges"),
    }
    assert found["rate"] == pytest.approx([85 / 156, 43 / 156])
    assert found["risk_difference"] == {
        "value": pytest.approx(0.269231, abs=5e-7),
        "low": pytest.approx(0.164239, abs=5e-7),
        "high": pytest.approx(0.374222, abs=5e-7),
    }
    assert found["rate_interval"]["method"] == "wilson"
    assert found["rate_interval"]["limits"][0]["low"] == pytest.approx(
        0.466586, abs=5e-7
    )


@pytest.mark.parametrize("method", ["wald", "clopper_pearson"])
def test_compare_takes_another_interval_and_names_it(write, method):
    path = write(counts("A1,IPS,85,156", "A1,VS,43,156"))
    (found,) = document("compare", path, "--interval", method)
    assert found["rate_interval"]["method"] == method
    said = braid("compare", path, "--interval", method).stdout
    assert method.replace("_", "-").title() in said


def test_compare_says_why_something_is_null(write):
    (found,) = document("compare", write(counts("Z,a,0,10", "Z,b,0,12")))
    empty = {"value": None, "low": None, "high": None}
    assert (found["odds_ratio"], found["risk_ratio"]) == (empty, empty)
    assert (found["chi2"], found["p"], found["nnt"]) == (None, None, None)
    assert found["undefined_because"]["odds_ratio"] == "zero_cell"
    assert found["undefined_because"]["nnt"] == "no_difference"


def test_compare_adds_half_an_event_when_asked_and_says_so(write):
    path = write(counts("Z,a,0,10", "Z,b,3,10"))
    (found,) = document("compare", path, "--haldane")
    assert found["odds_ratio"]["correction"] == "haldane"
    assert "half an event added" in braid("compare", path, "--haldane").stdout


def test_compare_speaks_to_people(write):
    path = write(counts("A12,LITE,24,59", "A12,IPS,27,59"))
    assert braid("compare", path).stdout.splitlines() == [
        "A12: LITE against IPS",
        "  LITE: 24 of 59, 40.7 % (Wilson 29.1 to 53.4)",
        "  IPS: 27 of 59, 45.8 % (Wilson 33.7 to 58.3)",
        "  risk difference, points: -5.1 (-22.9 to 12.8)",
        "  odds ratio: 0.81 (0.39 to 1.69)",
        "  risk ratio: 0.89 (0.59 to 1.35)",
        "  chi-square without continuity correction, 1 df: 0.31, p 0.58",
        "  number needed to treat: -19.67 (-∞ to -4.36 and 7.83 to ∞)",
        "",
    ]


def test_compare_tells_people_what_cannot_be_worked_out(write):
    said = braid("compare", write(counts("O,a,0,0", "O,b,2,3"))).stdout
    assert "a: nobody, so no rate" in said
    assert "odds ratio: – A group has nobody in it." in said


# ---- survival ----------------------------------------------------------------------------


def test_survival_is_a_document_of_curves(write):
    found = document("survival", write(BOTH), "--by", "arm")
    a, b = found["curves"]
    assert (a["group"], a["n"], a["events"], a["median"]) == ("A", 12, 6, 200)
    assert a["times"] == [20, 35, 90, 120, 200]
    assert a["survival"] == pytest.approx(
        [0.916667, 0.75, 0.65625, 0.5625, 0.45], abs=5e-7
    )
    assert a["low"] == pytest.approx(
        [0.538977, 0.408416, 0.320412, 0.243681, 0.154887], abs=5e-7
    )
    assert a["high"] == pytest.approx(
        [0.987826, 0.911720, 0.855657, 0.790992, 0.710438], abs=5e-7
    )
    assert (a["median_limits"], a["rmst"]) == ([35, None], pytest.approx(292.6875))
    assert (b["median"], b["undefined_because"]) == (None, {"median": "not_reached"})
    assert b["rmst"] == pytest.approx(422.5926, abs=5e-5)
    assert found["horizon"] == 540
    assert found["logrank"] == {
        "chi2": pytest.approx(1.790747, abs=5e-7),
        "df": 1,
        "p": pytest.approx(0.180835, abs=5e-7),
    }


def test_survival_of_one_group_has_no_test(write):
    found = document("survival", write(durations(("A", A))))
    (curve,) = found["curves"]
    assert (curve["group"], curve["n"]) == (None, 12)
    assert found["logrank"] == {"chi2": None, "df": 0, "p": None}
    assert found["undefined_because"] == {"logrank": "one_group"}


def test_survival_restricts_the_mean_to_a_horizon(write):
    found = document("survival", write(BOTH), "--by", "arm", "--horizon", 365)
    assert found["horizon"] == 365
    means = [curve["rmst"] for curve in found["curves"]]
    assert means == pytest.approx([213.9375, 305.9259], abs=5e-5)


def test_survival_beyond_all_follow_up_has_no_mean_and_says_why(write):
    path = write(BOTH)
    found = document("survival", path, "--horizon", 541)["curves"][0]
    assert found["rmst"] is None
    assert found["undefined_because"]["rmst"] == "not_followed_long_enough"
    assert (
        "Nobody was followed that long"
        in braid("survival", path, "--horizon", 541).stdout
    )


def test_survival_has_no_limits_where_nobody_is_left(write):
    (found,) = document("survival", write("duration,event\n10,1\n20,1\n"))["curves"]
    assert (found["survival"], found["low"][-1], found["high"][-1]) == (
        [0.5, 0],
        None,
        None,
    )


def test_survival_compares_to_the_smallest_of_the_largest_times(write):
    text = BOTH + "300,0,C\n10,1,C\n"
    found = document("survival", write(text), "--by", "arm")
    assert (found["horizon"], found["logrank"]["df"]) == (300, 2)


def test_survival_speaks_to_people(write):
    said = braid("survival", write(BOTH), "--by", "arm").stdout.splitlines()
    assert said[:4] == [
        "A: 12 people, 6 with the event",
        "  median (Kaplan-Meier), days: 200 (35 to not reached)",
        "  mean restricted to day 540, days: 292.7",
        "  day 20: 12 at risk, S 0.9167 (0.5390 to 0.9878)",
    ]
    assert said[-1] == "log-rank: chi-square 1.79, 1 df, p 0.18"


def test_survival_does_not_print_a_thousand_lines(write):
    text = "duration,event\n" + "".join(f"{day},1\n" for day in range(1, 101))
    said = braid("survival", write(text)).stdout
    assert "… 60 more days with events; --json has all of them" in said


def test_survival_holds_other_columns_equal(write):
    people = [
        (n * 7 % 90 + 1, n % 4 != 0, "AB"[n % 2], 20 + n * 13 % 40) for n in range(80)
    ]
    text = "duration,event,arm,age\n" + "".join(
        f"{days},{int(event)},{arm},{age}\n" for days, event, arm, age in people
    )
    path = write(text)
    model = document("survival", path, "--by", "arm", "--adjust", "age")["adjusted"]
    assert [(each["column"], each["level"]) for each in model["hazard_ratios"]] == [
        ("arm", "B"),
        ("age", None),
    ]
    assert (model["n"], model["left_out"]) == (80, 0)
    said = braid("survival", path, "--by", "arm", "--adjust", "age").stdout
    assert "arm B against A: " in said


def test_survival_says_that_the_extra_is_absent(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "lifelines", None)
    done = braid("survival", write(BOTH), "--adjust", "arm", "--json")
    assert done.exit_code == 2
    error = json.loads(done.stdout)["error"]
    assert error["reason"] == "extra_missing"
    assert "braid-ips[stats]" in error["message"]


# ---- Files that are not as they should be ------------------------------------------------

FAULTS = [
    pytest.param("compare", "", [(None, None, "file_empty")], id="empty"),
    pytest.param(
        "compare", "\n \n", [(None, None, "file_empty")], id="only blank lines"
    ),
    pytest.param(
        "compare", "id,arm,events,n\n", [(None, None, "no_rows")], id="no rows"
    ),
    pytest.param(
        "compare",
        "id,arm\nA,b\n",
        [(1, "events", "column_missing"), (1, "n", "column_missing")],
        id="missing columns",
    ),
    pytest.param(
        "compare",
        "id,arm,events,n,n\nA,b,1,2,3\n",
        [(1, "n", "column_twice")],
        id="a column twice",
    ),
    pytest.param(
        "compare",
        counts("A,a,5,4", "A,b,-1,9", "A,c,x,2026-06-31", "A,d,,1.5", "A,e,1e3,٣"),
        [
            (2, "events", "events_exceed_n"),
            (3, "events", "negative"),
            (4, "events", "not_a_number"),
            (4, "n", "not_a_number"),
            (5, "events", "blank"),
            (5, "n", "not_a_number"),
            (6, "events", "not_a_number"),
            (6, "n", "not_a_number"),
        ],
        id="numbers that are none, all at once",
    ),
    pytest.param(
        "compare",
        counts("A,a,1,4", "A,a,2,4"),
        [(3, "arm", "arm_twice")],
        id="an arm twice",
    ),
    pytest.param(
        "compare",
        counts("A,a,1,4", "A,b,1,4", "B,a,1,4"),
        [(4, "arm", "one_arm")],
        id="one arm only",
    ),
    pytest.param(
        "compare",
        counts(",a,1,4", "A,,1,4", "A,b,1,4,9"),
        [
            (2, "id", "blank"),
            (3, "arm", "blank"),
            (4, None, "too_many_cells"),
            (4, "arm", "one_arm"),
        ],
        id="names that are blank, and a cell too many",
    ),
    pytest.param(
        "compare",
        "id,arm,events,n\nA,bé,1,2\nA,c,1,2\n".encode("latin-1"),
        [(2, None, "not_utf8")],
        id="another encoding",
    ),
    pytest.param(
        "compare", "id,arm\n".encode("utf-16"), [(1, None, "not_utf8")], id="UTF-16"
    ),
    pytest.param("compare", b"id\0arm\n", [(None, None, "not_text")], id="no text"),
    pytest.param(
        "compare",
        'id,arm,events,n\nA,"b,1,2\n',
        [(2, None, "quotes_unfit")],
        id="a quotation mark that is not closed",
    ),
    pytest.param(
        "survival",
        "duration,event\n-3,1\n5,2\n2026-06-31,\n7.5,yes\n",
        [
            (2, "duration", "negative"),
            (3, "event", "not_0_or_1"),
            (4, "duration", "not_a_number"),
            (4, "event", "not_0_or_1"),
            (5, "duration", "not_a_number"),
            (5, "event", "not_0_or_1"),
        ],
        id="days and events that are none",
    ),
]


@pytest.mark.parametrize(("command", "content", "faults"), FAULTS)
def test_all_that_is_wrong_is_told_at_once(write, command, content, faults):
    path = write(content)
    done = braid(command, path, "--json")
    assert done.exit_code == 2
    error = json.loads(done.stdout)["error"]
    told = [(each["row"], each["column"], each["rule"]) for each in error["faults"]]
    assert (told, error["number"]) == (faults, len(faults))
    assert (error["code"], error["reason"]) == ("input_fault", "file_unfit")
    spoken = braid(command, path)
    assert (spoken.exit_code, spoken.stdout) == (2, "")
    for each in error["faults"]:
        assert each["message"] in spoken.stderr
        if each["row"] is not None:
            assert each["message"].startswith(f"Row {each['row']}")
        if each["column"] is not None:
            assert f"column '{each['column']}'" in each["message"]


def test_a_missing_group_or_column_is_told(write):
    path = write("duration,event,arm\n5,1,a\n6,0,\n")
    error = json.loads(braid("survival", path, "--by", "arm", "--json").stdout)["error"]
    (fault,) = error["faults"]
    assert (fault["row"], fault["column"], fault["rule"]) == (3, "arm", "blank")
    other = json.loads(braid("survival", path, "--by", "age", "--json").stdout)["error"]
    assert [each["rule"] for each in other["faults"]] == ["column_missing"]


def test_a_value_is_never_repeated(write):
    secret = "Pat Miller 010190"
    done = braid("compare", write(counts(f"A,{secret},{secret},3", "B,x,9,3")))
    assert secret not in done.stderr


def test_a_huge_file_is_not_read(write, monkeypatch):
    monkeypatch.setattr(statistics_files, "LARGEST", 50)
    done = braid("compare", write(counts(*["A,a,1,4"] * 10)), "--json")
    (fault,) = json.loads(done.stdout)["error"]["faults"]
    assert fault["rule"] == "file_too_large"


def test_a_thousand_faults_are_counted_and_a_hundred_shown(write):
    done = braid("compare", write(counts(*(f"A,{n},x,1" for n in range(1000)))))
    assert done.stderr.splitlines()[-1] == "900 more of these."
    assert len(done.stderr.splitlines()) == 101


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_is_none_is_told(tmp_path, name):
    done = braid("compare", tmp_path / name, "--json")
    (fault,) = json.loads(done.stdout)["error"]["faults"]
    assert (done.exit_code, fault["rule"]) == (2, "file_unreadable")


LAYOUTS = [
    pytest.param(lambda text: text.replace("\n", "\r\n"), id="CR and LF"),
    pytest.param(lambda text: text.replace("\n", "\r"), id="CR alone"),
    pytest.param(lambda text: "\ufeff" + text, id="a byte order mark"),
    pytest.param(lambda text: text.replace(",", ";"), id="semicolons"),
    pytest.param(lambda text: text.replace(",", "\t"), id="tabs"),
    pytest.param(lambda text: text.replace(",", " , "), id="spaces"),
    pytest.param(lambda text: text.rstrip("\n"), id="no end of the last line"),
    pytest.param(lambda text: text.replace("\n", "\n\n"), id="blank lines"),
    pytest.param(lambda text: text.replace("id,arm", "ID,Arm"), id="capitals"),
    pytest.param(
        lambda text: text.replace("156", "156.0"), id="whole numbers as 156.0"
    ),
    pytest.param(
        lambda text: text.replace("\n", ",note\n"), id="a further column that says more"
    ),
]


@pytest.mark.parametrize("changed", LAYOUTS)
def test_the_same_table_in_other_clothes(write, changed):
    text = counts("A1,IPS,85,156", "A1,VS,43,156")
    expected = document("compare", write(text))
    assert document("compare", write(changed(text), "other.csv")) == expected


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("command", ["compare", "survival"])
def test_no_file_breaks_a_command(write, command, content):
    done = braid(command, write(content), "--json")
    assert done.exit_code in (0, 2)
    json.loads(done.stdout)


def test_neither_django_nor_numpy_is_loaded_for_help_or_for_counts(write):
    path = write(counts("A1,IPS,85,156", "A1,VS,43,156"))
    script = (
        "import sys; from braid.site import cli\n"
        f"try: cli.main(['outcomes', 'compare', {str(path)!r}, '--json'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print({'django', 'numpy', 'lifelines'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "set()"
