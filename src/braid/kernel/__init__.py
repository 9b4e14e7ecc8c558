"""Dates, periods, money, ids and errors: values every storey speaks in. Stdlib only."""
