"""The report of a review: on a page, as Word to be worked on, as PDF to be handed on.

`reading` gathers what somebody may read, `sheet` says it in words, `profile` draws it;
page, Word and PDF show the same sheet.
"""
