"""The words of measures in plain Python: what each one means, row by row.

They are slow and easy to read. The Ibis expressions must agree with them.
"""
