"""Benefits counselling.

Empty so far. What will live here: the offer and its answer, verified benefits with
source and date, scenario pages, reporting duties.
"""
