"""The outcomes lens.

Empty so far. What will live here: working by quarter, time to first job, tenure,
reports and comparisons.
"""
