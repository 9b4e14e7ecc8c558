"""The voices lens: what the four parties say.

So far: transcripts read and pseudonymised, agreement between coders, projects of other
programs. What will live here beside them: studies, codes, matrices by party.
"""
