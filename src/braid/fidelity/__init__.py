"""The fidelity lens: live items and reviews.

Empty so far. What will live here: computed items with their rows, reviews with blind
ratings, consensus, report and action plan.
"""
