"""Employers, employer contacts, support contacts, jobs and their terms."""
