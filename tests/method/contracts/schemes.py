"""The schemes of the domain page as dataclasses, with bindings that are invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from braid.method.contracts import shape as s

D = Decimal
SOURCE = "invented, for a test"


def word(name, **values):
    return s.Word(word=name, **values)


def event(kind):
    return word("funder_event", kind=kind)


def known(value):
    return s.Known(value=D(value), source=SOURCE)


def open_(name):
    return s.Open(parameter=name)


def bound(contract, **values):
    """Return bindings of parameters; texts are numbers, but for none."""
    return s.Bindings(
        contract=contract.contract,
        version=contract.version,
        bindings=tuple(
            s.Binding(
                parameter=name,
                value=D(value)
                if isinstance(value, str) and value[0].isdigit()
                else value,
                source=SOURCE,
                bound_by="sam",
                day=date(2017, 1, 1),
            )
            for name, value in values.items()
        ),
    )


def contract(*milestones, **values):
    known_values = {
        "contract": "example",
        "version": 1,
        "unit": "person",
        "currency": "EUR",
        "valid_from": date(2015, 1, 1),
        "source": SOURCE,
        "entry": word("accepted"),
    }
    return s.Contract(**(known_values | values), milestones=tuple(milestones))


def milestone(name, kind, reached, **values):
    return s.Milestone(id=name, kind=kind, reached=reached, **values)


def days(n, boundary="counted", **values):
    return s.Window(n=n, of=n, unit="day", anchor="start", boundary=boundary, **values)


def mean(**comparison):
    return s.Threshold(measure="weekly_hours", statistic="mean", **comparison)


UWV_1 = contract(
    milestone(
        "placement",
        "sustained",
        word("work_resumed"),
        window=s.Window(n=1, of=1, unit="pay_period", anchor="rolling"),
        threshold=s.Threshold(
            measure="paid_hours", statistic="sum", at_least=open_("PLACEMENT_HOURS")
        ),
        conditions=(open_("PLACEMENT_REQUIREMENTS"),),
        reached_on="period_end",
        amount=open_("PLACEMENT_REMAINDER"),
    ),
    contract="nl-uwv-ips",
    vat="inclusive",
    valid_from=date(2017, 1, 1),
    valid_to=date(2018, 6, 30),
    anchor="entry",
    entry=event("consent"),
    trajectory_months=(36,),
    advance=s.Advance(base=known("8000.00"), percent=D(40), due=event("grant")),
)
UWV_2 = contract(
    milestone(
        "started",
        "event",
        event("consent"),
        cap=s.Cap(person=1),
        amount=known("8000.00"),
    ),
    contract="nl-uwv-ips",
    version=2,
    supersedes=1,
    vat="inclusive",
    valid_from=date(2018, 7, 1),
    retroactive_to=date(2017, 1, 1),
    anchor="entry",
    entry=event("consent"),
    trajectory_months=(36,),
    switch=s.Switch(
        net_advances=True,
        net_payments=True,
        offset_unstarted="new_starts",
        reclaim_from=date(2019, 7, 1),
    ),
)
SUSTAIN = {
    "exclusive_group": "sustain",
    "window": days(91),
    "requires": ("start",),
}
MHEP = contract(
    milestone(
        "engagement",
        "event",
        s.AnyOf(
            any_of=(
                word("appointments", at_least=D(3)),
                word("plan_event", kind="profile_started"),
            )
        ),
        cap=s.Cap(person=1, contract=open_("CAP_ENG")),
        amount=open_("ENG"),
    ),
    milestone(
        "start",
        "event",
        word("job_start"),
        start_minimum=s.StartMinimum(
            full_day=True,
            full_day_hours=D(8),
            part_time_below=D(30),
            part_time_hours=D(4),
        ),
        requires=("engagement",),
        cap=s.Cap(contract=open_("CAP_START")),
        amount=open_("START"),
    ),
    milestone(
        "sustain_lower",
        "sustained",
        word("in_work"),
        threshold=mean(below=D(16)),
        amount=open_("SUSTAIN_LOWER"),
        **SUSTAIN,
    ),
    milestone(
        "sustain_upper",
        "sustained",
        word("in_work"),
        threshold=mean(at_least=D(16)),
        amount=open_("SUSTAIN_UPPER"),
        **SUSTAIN,
    ),
    contract="uk-mhep-haringey-barnet",
    currency="GBP",
    valid_from=date(2019, 4, 1),
    valid_to=date(2023, 6, 30),
    cap=s.Cap(amount=known("1440000.00")),
)
MHEP_BOUND = bound(
    MHEP,
    ENG="50",
    START="300",
    SUSTAIN_LOWER="100",
    SUSTAIN_UPPER="160",
    CAP_ENG="900",
    CAP_START="400",
)
IPSPC = contract(
    milestone(
        "sustained",
        "sustained",
        word("in_work"),
        pays=False,
        window=s.Window(n=13, of=16, unit="week", week="job", anchor="rolling"),
        threshold=s.Threshold(measure="weekly_hours", statistic="each", at_least=D(7)),
        wage="at_least_minimum",
        record_also=(
            s.Threshold(measure="weekly_hours", statistic="each", at_least=D(16)),
        ),
    ),
    contract="uk-ipspc",
    kind="cost_grant",
    currency="GBP",
    exclusive_with=("uk-ipes", "uk-mhep-haringey-barnet"),
)


def earnings(name, n, of, level="twl", measure="gross", **values):
    return milestone(
        name,
        "earnings",
        word("earnings"),
        window=s.Window(n=n, of=of, unit="month", anchor="rolling"),
        threshold=s.Threshold(
            measure=measure, statistic="each", at_least=s.Level(level=level)
        ),
        **values,
    )


def phase_1(name, n, of):
    back = s.LookBack(n=n, of=of, unit="month")
    return earnings(name, n, of, look_back=back, amount=known("1850.00"))


def by_benefit(ssdi, ssi, most):
    at = {"at": "entry"}
    return (
        s.Tier(
            when=word("benefit", among=("ssdi",), **at), amount=ssdi, max_count=most[0]
        ),
        s.Tier(
            when=word("benefit", among=("ssi",), **at), amount=ssi, max_count=most[1]
        ),
    )


TTW = contract(
    phase_1("P1M1", 1, 1),
    phase_1("P1M2", 3, 6),
    phase_1("P1M3", 6, 12),
    phase_1("P1M4", 9, 18),
    earnings(
        "P2", 1, 1, "sga", tiers=by_benefit(open_("P2_SSDI"), open_("P2_SSI"), (11, 18))
    ),
    earnings(
        "OUT",
        1,
        1,
        "sga",
        "net",
        conditions=(
            s.NoneOf(none_of=(word("benefit", among=("ssdi", "ssi"), at="month"),)),
        ),
        tiers=by_benefit(known("555.00"), known("310.00"), (36, 60)),
    ),
    contract="us-ttw-mo-2025",
    currency="USD",
    valid_from=date(2025, 1, 1),
    valid_to=date(2031, 12, 31),
    entry=event("assignment"),
    levels=tuple(
        level
        for year in range(2025, 2032)
        for level in (
            s.YearLevel(name="twl", year=year, value=D("1160.00"), source=SOURCE),
            s.YearLevel(
                name="sga",
                year=year,
                when=word("statement", label="blind"),
                value=D("2700.00"),
                source=SOURCE,
            ),
            s.YearLevel(name="sga", year=year, value=D("1620.00"), source=SOURCE),
        )
    ),
    reconcile=s.Reconcile(
        after=s.After(milestone="OUT", count=12), pays="unpaid_available_milestones"
    ),
)
WISCONSIN = contract(
    milestone(
        "plan",
        "event",
        word("plan_event", kind="search_plan"),
        within_days=45,
        since=(event("purchase_order"),),
        amount=known("550.00"),
    ),
    milestone(
        "hire",
        "event",
        word("job_start"),
        tiers=(
            s.Tier(
                when=word(
                    "days_since",
                    since=(event("purchase_order"), s.Reached(milestone="plan")),
                    at_most=D(90),
                ),
                amount=known("1900.00"),
            ),
            s.Tier(amount=known("1600.00")),
        ),
    ),
    milestone(
        "retention90",
        "sustained",
        word("in_work"),
        requires=("hire",),
        window=days(90, "elapsed"),
        hold_if=(word("job_problem_open"),),
        tiers=(
            s.Tier(when=word("weekly_hours", at_least=D(35)), amount=known("2200.00")),
            s.Tier(amount=open_("RETENTION_LOWER")),
        ),
    ),
    contract="us-wi-job-development-2024",
    currency="USD",
    valid_from=date(2024, 1, 1),
    entry=event("purchase_order"),
    authorisation=s.Authorisation(months=6, extension_months=6),
)
DES = contract(
    milestone(
        "service_fee",
        "periodic",
        word("on_caseload", basis="accepted"),
        every="quarter",
        amount=open_("SERVICE_FEE"),
    ),
    milestone("start", "event", word("job_start"), pays=False),
    milestone(
        "outcome13",
        "sustained",
        word("in_work"),
        requires=("start",),
        window=days(91, gap_tolerance_days=open_("GAP_DAYS")),
        amount=open_("OUT13"),
    ),
    milestone(
        "outcome26",
        "sustained",
        word("in_work"),
        requires=("outcome13",),
        window=days(182, gap_tolerance_days=open_("GAP_DAYS")),
        amount=open_("OUT26"),
    ),
    contract="au-des-like",
    unit="episode",
    currency="AUD",
)
DES_BOUND = bound(DES, SERVICE_FEE="200", OUT13="1000", OUT26="2000", GAP_DAYS="14")


def changed(scheme, name, **values):
    """Return a scheme with one milestone changed."""
    return replace(
        scheme,
        milestones=tuple(
            replace(each, **values) if each.id == name else each
            for each in scheme.milestones
        ),
    )
