"""Invoices of released claims, and the answers of funders that come as files."""
