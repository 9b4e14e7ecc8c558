"""Several units together: reviews over time, items over units, live items, outcomes."""
