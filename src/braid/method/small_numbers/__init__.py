"""Small numbers: what may be shown of counts so that nobody is told from them.

Not to be taken for `braid.method.disclosure`, which is about telling an employer.
"""
