# %% [markdown]
# # Reproduce a published table
#
# A trial prints counts and what follows from them. Whoever has the counts can check the
# rest. The rows are of the EQOLISE trial (Burns and others, The Lancet 2007): two arms of
# 156 people, 18 months, *worked at least one day* and *dropped out of the service*.

# %%
from braid.method.statistics import proportions, two_groups
from braid.method.statistics.rounding import half_up

COUNTS = {
    "worked at least one day": ((85, 156), (43, 156)),
    "dropped out": ((20, 156), (70, 156)),
}

# %% [markdown]
# ## Rates with their intervals
#
# Wilson's interval does not leave 0 to 100 %. Nothing is rounded before the end, and a
# half is rounded up.

# %%
for what, arms in COUNTS.items():
    for arm, (events, people) in zip(("IPS", "vocational"), arms, strict=True):
        share = half_up(100 * events / people, 1)
        limits = proportions.wilson(events, people)
        low, high = half_up(100 * limits.low, 1), half_up(100 * limits.high, 1)
        print(f"{arm}: {what}: {events}/{people} = {share} % ({low} to {high})")

# %% [markdown]
# ## The two arms side by side
#
# The paper prints a difference of 26.9 percentage points (16.4 to 37.4) and an odds ratio
# of 3.15 (1.96 to 5.04) for work, and a difference of 32.05 points (22.65 to 41.46) for
# dropping out, the vocational arm less IPS.

# %%
(ips, vocational), (ips_lost, vocational_lost) = COUNTS.values()
work = two_groups.compare(*ips, *vocational)
lost = two_groups.compare(*vocational_lost, *ips_lost)


def shown(estimate: two_groups.Estimate, decimals: int, times: int = 1) -> str:
    """Return an estimate with its limits, rounded last."""
    parts = (estimate.value, estimate.low, estimate.high)
    value, low, high = (half_up(times * float(part), decimals) for part in parts)
    return f"{value} ({low} to {high})"


print("Work, difference in points:", shown(work.risk_difference, 1, times=100))
print("Work, odds ratio:", shown(work.odds_ratio, 2))
print("Dropping out, difference in points:", shown(lost.risk_difference, 2, times=100))
print("People with IPS for one more at work:", half_up(work.needed_to_treat.value, 1))
