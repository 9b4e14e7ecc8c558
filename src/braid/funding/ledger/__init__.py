"""Who pays what from when to when, and where two would pay for one thing."""
