"""Reviews as FHIR R4, as plain dicts.

`form.questionnaire` tells a scale, `answers.response` a review, and `answers.ratings_of`
reads the scores of a response.
"""
