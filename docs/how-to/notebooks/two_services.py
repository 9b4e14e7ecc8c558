# %% [markdown]
# # Compare two services
#
# Two folders of facts, from two installations of Braid or from any other system that
# writes the same tables. Neither a database nor settings are needed.

# %%
from braid.facts.read import Facts, measures
from braid.method import survival
from braid.method.statistics import two_groups
from braid.method.statistics.rounding import half_up

FOLDERS = {"North": "facts-of-north", "South": "facts-of-south"}

# %% [markdown]
# ## Working in the last quarter
#
# The same measure over both, so the same definition: of the people served in the quarter,
# those in a competitive job on at least one day. The last quarter of each is asked for.

# %%
counts = {}
for name, folder in FOLDERS.items():
    with Facts.read(folder) as facts:
        figure = measures.run("quarters", facts)[-1]
        working, served = figure.amounts["working"], figure.amounts["served"]
        counts[name] = int(working), int(served)
        rate = half_up(100 * figure.ratios["rate"].value, 1)
        print(f"{name}, {figure.period.period}: {working}/{served} = {rate} %")
        print(f"  left out: {dict(figure.left_out) or 'nobody'}")

difference = two_groups.compare(*counts["North"], *counts["South"]).risk_difference
low, high = (half_up(100 * limit, 1) for limit in (difference.low, difference.high))
print(f"Difference: {half_up(100 * difference.value, 1)} points ({low} to {high})")

# %% [markdown]
# ## Time to the first job
#
# The rows behind a measure are the people's own days: a row an episode, with the days to
# the first job start, or the days observed without one.

# %%
groups = {}
for name, folder in FOLDERS.items():
    with Facts.read(folder) as facts:
        found = measures.rows("time_to_first_competitive_job", facts)
    counted = [row for row in found if row["episodes"]]
    groups[name] = [
        survival.Observation(row["days"], row["event"] == 1) for row in counted
    ]
    curve = survival.kaplan_meier(groups[name])
    reached = "not reached" if curve.median is None else f"{curve.median} days"
    print(f"{name}: {curve.observed} people, median {reached}")

# %% [markdown]
# ## Do they wait equally long?
#
# The log-rank test compares whole curves. It knows nothing of who was referred where: two
# services with other people are not two arms of a trial.

# %%
tables = {name: survival.LifeTable.of(group) for name, group in groups.items()}
test = survival.log_rank(tables)
if test.p is None:
    print("Log-rank:", test.reason)
else:
    print(f"Log-rank: chi2 {half_up(test.chi2, 2)}, p {half_up(test.p, 3)}")
