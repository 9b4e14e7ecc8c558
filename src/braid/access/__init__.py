"""Organisations, teams, memberships, sign-in, the policy and the audit."""
