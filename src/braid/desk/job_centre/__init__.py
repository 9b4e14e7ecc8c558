"""The room of the job centre: what a decision needs, and nothing of the treatment."""
