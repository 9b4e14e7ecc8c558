"""The integration lens: do health and employment act as one, and where does practice drift?

Empty so far. What will live here: practices of integration by treatment team, the
drift monitor.
"""
