"""The worked examples of the definitions, as facts."""

from datetime import date

from tests.method.measures.engine import loaded
from tests.method.measures.rows import episode, facts, job

Q1_END = date(2025, 3, 31)
Q2_END = date(2025, 6, 30)


def two_sites():
    """Site x served 40, of whom 18 worked; site y 10, of whom 2 did."""
    rows = []
    for site, served, working in (("x", 40, 18), ("y", 10, 2)):
        for n in range(served):
            who = f"{site}{n}"
            rows.append(episode(who, "2025-01-06", unit_id=site))
            if n < working:
                rows.append(job(who, f"shop {who}", "2025-02-03", unit_id=site))
    return loaded(facts(*rows), Q1_END)


def profiles(as_of=Q2_END):
    """Twelve profiles in the first quarter; three people left in the second."""
    return loaded(
        facts(
            *(
                episode(
                    f"p{n}",
                    "2025-01-06",
                    "2025-05-05" if n < 3 else None,
                    profile_started_on="2025-02-03",
                )
                for n in range(12)
            )
        ),
        as_of,
    )


def english_year():
    """Fifty accessed in 2024/25; 38 out of work, of whom 13 started; 2 of the year before.

    Of eight who sought another job five found one; four came to keep theirs.
    """
    rows = []
    for n in range(50):
        at_referral = (
            "out_of_work"
            if n < 38
            else "employed_seeking"
            if n < 46
            else "employed_retention"
        )
        rows.append(episode(f"p{n}", "2024-05-06", at_referral=at_referral))
        if n < 13 or 38 <= n < 43:
            rows.append(job(f"p{n}", f"shop {n}", "2024-10-07"))
    for n in range(2):
        rows.append(episode(f"q{n}", "2023-06-05"))
        rows.append(job(f"q{n}", f"cafe {n}", "2024-06-03"))
    return loaded(facts(*rows), Q1_END)
