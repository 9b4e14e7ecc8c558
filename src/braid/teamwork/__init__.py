"""Meetings and who was there.

So far only what a roster brings. What will live here: treatment-team and unit meetings,
supervision, field mentoring, the steering group, questions between sectors."""
