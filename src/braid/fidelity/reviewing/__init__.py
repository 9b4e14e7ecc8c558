"""A review from its plan to its last day: days, seats, agenda, pieces, sample, evidence."""
