"""Files with an audience: attachments, generated letters, evidence.

Empty so far. What will live here: uploads checked by content, letters on a country's
template, evidence for claims, each with the audience that may read it.
"""
