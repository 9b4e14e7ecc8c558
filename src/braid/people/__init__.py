"""Applicants, referrals, episodes and caseloads."""
