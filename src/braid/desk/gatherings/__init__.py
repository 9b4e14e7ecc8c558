"""Meetings of every kind but a treatment team's: one list, and one page for all."""
