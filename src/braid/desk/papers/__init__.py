"""Documents about a person: chosen, looked at, made as Word or PDF, kept or handed over.

Everything was typed once, in its own record; here it is only put together.
"""
